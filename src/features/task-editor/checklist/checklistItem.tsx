import { useLingui } from '@lingui/react/macro';
import DownIcon from 'lucide-react/icons/arrow-down';
import UpIcon from 'lucide-react/icons/arrow-up';
import XIcon from 'lucide-react/icons/x';
import { memo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { ChecklistLine } from '../../../domain/notes/htmlLines.ts';
import { IconButton } from '../../../ui/controls/button.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { parsePastedItems } from './pastedItems.ts';
import { useAutoGrow } from '../editing/useAutoGrow.ts';
import styles from './checklist.module.css';

type Props = {
  line: ChecklistLine;
  /** Its place in the list, from 1. */
  number: number;
  count: number;
  isReadOnly: boolean;
  /** `at` counts from 0. Always the same function. */
  onAct: (at: number, act: ChecklistItemAction) => void;
};

/** What is asked of a line. */
export type ChecklistItemAction =
  | { kind: 'done'; isDone: boolean }
  | { kind: 'text'; text: string }
  /** Becomes several; the cursor goes into the last of them, after `caret` letters. */
  | { kind: 'split'; first: string; others: readonly string[]; caret: number }
  /** Goes to the end of the line before. */
  | { kind: 'join' }
  | { kind: 'move'; by: 1 | -1 }
  | { kind: 'remove' }
  | { kind: 'leave' };

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/**
 * One line: Enter divides it where the cursor is, Backspace at its beginning joins it to the one before, Alt with an arrow moves
 * it, Ctrl+Enter ticks.
 */
export const ChecklistItem = memo(function CheckItem({ line, number, count, isReadOnly, onAct }: Props) {
  const { t } = useLingui();
  // Spaces that the body does not keep, while they are being typed.
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed !== null && oneLine(typed) === line.text ? typed : line.text;
  const field = useAutoGrow(text);
  const act = (what: ChecklistItemAction) => onAct(number - 1, what);
  const name = line.text === '' ? t`Item ${number}` : truncateName(line.text);

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    const { key, altKey, currentTarget: field } = event;
    const { selectionStart: from, selectionEnd: to } = field;
    const isPlain = !event.ctrlKey && !event.metaKey && !altKey;
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) act({ kind: 'done', isDone: !line.isDone });
    else if (key === 'Enter' && isPlain)
      act({ kind: 'split', first: text.slice(0, from), others: [text.slice(to)], caret: 0 });
    else if (key === 'Backspace' && isPlain && line.text === '' && text === '') act({ kind: 'remove' });
    else if (key === 'Backspace' && isPlain && to === 0 && number > 1) act({ kind: 'join' });
    else if (altKey && key === 'ArrowUp') act({ kind: 'move', by: -1 });
    else if (altKey && key === 'ArrowDown') act({ kind: 'move', by: 1 });
    else if (key === 'Escape') field.closest<HTMLElement>('[data-task-editor]')?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <li className={styles.item} data-check-line data-done={line.isDone || undefined}>
      {/* More than the box can be pressed: a fingertip is wider. */}
      <label className={styles.tick}>
        <input
          type="checkbox"
          className={styles.box}
          aria-label={name}
          checked={line.isDone}
          disabled={isReadOnly}
          onChange={(event) => act({ kind: 'done', isDone: event.target.checked })}
        />
      </label>
      <textarea
        ref={field}
        rows={1}
        className={styles.text}
        aria-label={t`Item ${number} of ${count}`}
        dir="auto"
        autoComplete="off"
        enterKeyHint="next"
        readOnly={isReadOnly}
        value={text}
        onFocus={({ currentTarget }) => {
          // Reached by Tab, a field begins at its beginning: Enter would make the next line before this one.
          const { selectionEnd, value } = currentTarget;
          if (selectionEnd === 0) currentTarget.setSelectionRange(value.length, value.length);
        }}
        onChange={(event) => {
          // A line of a checklist is one line, also where a dropped or pasted text ends in another.
          const words = event.target.value.replaceAll(/[\r\n]+/g, ' ');
          setTyped(words);
          act({ kind: 'text', text: words });
        }}
        onPaste={(event) => {
          const [first, ...others] = parsePastedItems(event.clipboardData.getData('text/plain'));
          if (first === undefined || others.length === 0) return;
          event.preventDefault();
          const { selectionStart, selectionEnd } = event.currentTarget;
          const before = text.slice(0, selectionStart);
          const after = text.slice(selectionEnd);
          const last = others.at(-1) ?? '';
          act({
            kind: 'split',
            first: before + first,
            others: others.toSpliced(-1, 1, last + after),
            caret: last.length,
          });
        }}
        onBlur={() => {
          setTyped(null);
          act({ kind: 'leave' });
        }}
        onKeyDown={onKeyDown}
      />
      {!isReadOnly && (
        <span className={styles.tools}>
          {number > 1 && (
            <IconButton
              label={t`Move up: ${name}`}
              hasTooltip={false}
              icon={<UpIcon aria-hidden />}
              onPress={() => act({ kind: 'move', by: -1 })}
            />
          )}
          {number < count && (
            <IconButton
              label={t`Move down: ${name}`}
              hasTooltip={false}
              icon={<DownIcon aria-hidden />}
              onPress={() => act({ kind: 'move', by: 1 })}
            />
          )}
          <IconButton
            label={t`Remove: ${name}`}
            hasTooltip={false}
            icon={<XIcon aria-hidden />}
            onPress={() => act({ kind: 'remove' })}
          />
        </span>
      )}
    </li>
  );
}, isSame);

/** Lines are read anew with every change of the body; most of them say what they said. */
function isSame(a: Props, b: Props): boolean {
  return (
    a.line.isDone === b.line.isDone &&
    a.line.text === b.line.text &&
    a.number === b.number &&
    a.count === b.count &&
    a.isReadOnly === b.isReadOnly
  );
}
