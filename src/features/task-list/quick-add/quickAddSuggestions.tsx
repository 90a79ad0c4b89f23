import { useLingui } from '@lingui/react/macro';
import { foldText } from '../../../domain/text/foldText.ts';
import styles from './quickAddChips.module.css';

/** A name that can complete what is typed. */
export type Suggestion = {
  name: string;
  /** The whole draft with the name in it, and where the caret is then. */
  draft: string;
  caret: number;
};

const mostSuggestions = 6;

/** The names that complete a `#` or `@` word before the caret. */
export function suggestionsAt(
  draft: string,
  caret: number,
  { categories, folders }: { categories: readonly string[]; folders: readonly string[] },
): readonly Suggestion[] {
  const before = draft.slice(0, caret);
  const typed = /(?<!\S)([#@])(?:"([^"\n]{0,255})|([^\s"#@]{0,255}))$/.exec(before);
  if (typed === null || /^\S/.test(draft.slice(caret))) return [];
  const [whole, sign, quoted, plain] = typed;
  const begun = foldText(quoted ?? plain ?? '');
  const names = sign === '#' ? categories : folders;
  const startsWord = (name: string) =>
    foldText(name)
      .split(' ')
      .some((_word, at, words) => words.slice(at).join(' ').startsWith(begun));
  const found = names.filter((name) => startsWord(name) && !name.includes('"'));
  // Nothing is left to complete.
  if (found.length === 1 && found[0] !== undefined && foldText(found[0]) === begun && quoted === undefined) return [];
  return found.slice(0, mostSuggestions).map((name) => {
    const token = /^[\p{L}\p{M}\p{N}_-]+$/u.test(name) ? `${sign}${name}` : `${sign}"${name}"`;
    const start = `${before.slice(0, before.length - whole.length)}${token} `;
    return { name, draft: start + draft.slice(caret).trimStart(), caret: start.length };
  });
}

type Props = {
  id: string;
  suggestions: readonly Suggestion[];
  /** The one that Enter takes; -1 for none. */
  highlighted: number;
  onChoose: (suggestion: Suggestion) => void;
};

/** Names below the field, which keeps the focus: the arrows choose, Tab takes the first. */
export function QuickAddSuggestions({ id, suggestions, highlighted, onChoose }: Props) {
  const { t } = useLingui();
  return (
    <div id={id} role="listbox" aria-label={t`Suggestions`} className={styles.suggestions}>
      {suggestions.map((suggestion, at) => (
        <button
          key={suggestion.name}
          id={`${id}${at}`}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={at === highlighted}
          className={styles.suggestion}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(suggestion)}
        >
          {suggestion.name}
        </button>
      ))}
    </div>
  );
}
