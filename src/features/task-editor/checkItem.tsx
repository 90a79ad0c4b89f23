import { useLingui } from '@lingui/react/macro';
import DownIcon from 'lucide-react/icons/arrow-down';
import UpIcon from 'lucide-react/icons/arrow-up';
import XIcon from 'lucide-react/icons/x';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { CheckLine } from '../../domain/checklist.ts';
import { IconButton } from '../../ui/button.tsx';
import { nameInWords } from '../../ui/names.ts';
import { pastedItems } from './pastedItems.ts';
import styles from './checklist.module.css';

type Props = {
  line: CheckLine;
  /** Its place in the list, from 1. */
  number: number;
  count: number;
  isReadOnly: boolean;
  onDone: (isDone: boolean) => void;
  onText: (text: string) => void;
  onAdd: (texts: readonly string[]) => void;
  onPaste: (first: string, others: readonly string[]) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  onBlur: () => void;
};

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** One line: Enter makes the next, Backspace in an empty one takes it away, Alt with an arrow moves it, Ctrl+Enter ticks. */
export function CheckItem(props: Props) {
  const { line, number, count, isReadOnly, onDone, onText, onAdd, onPaste, onMove, onRemove, onBlur } = props;
  const { t } = useLingui();
  // Spaces that the body does not keep, while they are being typed.
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed !== null && oneLine(typed) === line.text ? typed : line.text;
  const name = line.text === '' ? t`Item ${number}` : nameInWords(line.text);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const { key, altKey } = event;
    const isPlain = !event.ctrlKey && !event.metaKey && !altKey;
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) onDone(!line.isDone);
    else if (key === 'Enter' && isPlain) onAdd(['']);
    else if (key === 'Backspace' && isPlain && line.text === '' && text === '') onRemove();
    else if (altKey && key === 'ArrowUp') onMove(-1);
    else if (altKey && key === 'ArrowDown') onMove(1);
    else if (key === 'Escape') event.currentTarget.closest<HTMLElement>('[data-task-editor]')?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <li className={styles.item} data-done={line.isDone || undefined}>
      <input
        type="checkbox"
        className={styles.box}
        aria-label={name}
        checked={line.isDone}
        disabled={isReadOnly}
        onChange={(event) => onDone(event.target.checked)}
      />
      <input
        type="text"
        className={styles.text}
        aria-label={t`Item ${number} of ${count}`}
        dir="auto"
        autoComplete="off"
        enterKeyHint="next"
        readOnly={isReadOnly}
        value={text}
        onChange={(event) => {
          setTyped(event.target.value);
          onText(event.target.value);
        }}
        onPaste={(event) => {
          const [first, ...others] = pastedItems(event.clipboardData.getData('text/plain'));
          if (first === undefined || others.length === 0) return;
          event.preventDefault();
          const { selectionStart, selectionEnd } = event.currentTarget;
          const before = text.slice(0, selectionStart ?? text.length);
          onPaste(
            before + first,
            others.toSpliced(-1, 1, (others.at(-1) ?? '') + text.slice(selectionEnd ?? text.length)),
          );
        }}
        onBlur={() => {
          setTyped(null);
          onBlur();
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
              onPress={() => onMove(-1)}
            />
          )}
          {number < count && (
            <IconButton
              label={t`Move down: ${name}`}
              hasTooltip={false}
              icon={<DownIcon aria-hidden />}
              onPress={() => onMove(1)}
            />
          )}
          <IconButton label={t`Remove: ${name}`} hasTooltip={false} icon={<XIcon aria-hidden />} onPress={onRemove} />
        </span>
      )}
    </li>
  );
}
