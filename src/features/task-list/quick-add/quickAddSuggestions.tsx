import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { foldText } from '../../../domain/text/foldText.ts';
import type { FolderChoice } from './quickAddProps.ts';
import styles from './quickAddChips.module.css';

/** A name that can complete what is typed. */
type Suggestion = {
  name: string;
  /** The whole draft with the name in it, and where the caret is then. */
  draft: string;
  caret: number;
};

const mostSuggestions = 6;

/** The names that complete a `#` or `@` word before the caret. */
function suggestionsAt(
  draft: string,
  caret: number,
  { categories, folders }: { categories: readonly string[]; folders: readonly string[] },
): readonly Suggestion[] {
  const before = draft.slice(Math.max(0, caret - 300), caret);
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
    const start = `${draft.slice(0, caret - whole.length)}${token} `;
    return { name, draft: start + draft.slice(caret).trimStart(), caret: start.length };
  });
}

type Props = {
  field: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  setDraft: (text: string) => void;
  categories: readonly string[];
  folders: readonly FolderChoice[];
};

/**
 * Completes `#` and `@` words below the field, which keeps the focus: the arrows choose a name, Tab takes the first, Enter
 * only a chosen one. Listens to the field itself, so that the field needs none of this before it is loaded.
 */
export function QuickAddSuggestions({ field, draft, setDraft, categories, folders }: Props) {
  const { t } = useLingui();
  const id = useId();
  /** Null until something is typed: the caret is at the end. */
  const [caret, setCaret] = useState<number | null>(null);
  const [highlighted, setHighlighted] = useState(-1);
  /** The text for which the list was closed. */
  const [closedFor, setClosedFor] = useState<string>();
  const names = { categories, folders: folders.map(({ name }) => name) };
  const suggestions = closedFor === draft ? [] : suggestionsAt(draft, caret ?? draft.length, names);
  const isOpen = suggestions.length > 0;
  const activeId = isOpen && highlighted >= 0 ? `${id}${highlighted}` : null;

  const moved = useRef<Suggestion>(undefined);
  useLayoutEffect(() => {
    const { current: chosen } = moved;
    if (chosen?.draft !== draft) return;
    moved.current = undefined;
    field.current?.setSelectionRange(chosen.caret, chosen.caret);
  }, [draft, field]);
  const choose = (suggestion: Suggestion) => {
    moved.current = suggestion;
    setCaret(suggestion.caret);
    setHighlighted(-1);
    setDraft(suggestion.draft);
    field.current?.focus();
  };
  const onInput = useEffectEvent(() => {
    setCaret(field.current?.selectionStart ?? null);
    setHighlighted(-1);
  });
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isOpen || event.isComposing) return;
    const chosen = suggestions[highlighted] ?? (event.key === 'Tab' && !event.shiftKey ? suggestions[0] : undefined);
    if (event.key === 'ArrowDown') setHighlighted((highlighted + 1) % suggestions.length);
    else if (event.key === 'ArrowUp') setHighlighted(highlighted <= 0 ? suggestions.length - 1 : highlighted - 1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) choose(chosen);
    else if (event.key === 'Escape') setClosedFor(draft);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const { current: element } = field;
    const input = () => onInput();
    const keyDown = (event: KeyboardEvent) => onKeyDown(event);
    element?.addEventListener('input', input);
    element?.addEventListener('keydown', keyDown);
    return () => {
      element?.removeEventListener('input', input);
      element?.removeEventListener('keydown', keyDown);
    };
  }, [field]);
  useEffect(() => {
    const { current: element } = field;
    if (element === null) return;
    element.setAttribute('aria-autocomplete', 'list');
    if (isOpen) element.setAttribute('aria-controls', id);
    if (activeId !== null) element.setAttribute('aria-activedescendant', activeId);
    return () => {
      for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant']) element.removeAttribute(name);
    };
  }, [field, id, isOpen, activeId]);

  if (!isOpen) return null;
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
          onClick={() => choose(suggestion)}
        >
          {suggestion.name}
        </button>
      ))}
    </div>
  );
}
