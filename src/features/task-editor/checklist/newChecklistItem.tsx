import { useLingui } from '@lingui/react/macro';
import PlusIcon from 'lucide-react/icons/plus';
import { useEffect, useRef } from 'react';
import { useDraft } from '../../../data/account/useDraft.ts';
import { runAfterPress } from '../../../ui/browser/afterPress.ts';
import { parsePastedItems } from './pastedItems.ts';
import styles from './checklist.module.css';

type Props = { taskId: string; isFirst: boolean; onAdd: (texts: readonly string[]) => void; onLeave: () => void };

/** Where a line is added at the end: Enter adds and stays; several pasted lines are several items. Leaving adds, too. */
export function NewChecklistItem({ taskId, isFirst, onAdd, onLeave }: Props) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [text = '', setText, clear] = useDraft(`item:${taskId}`);
  const isWanted = useRef(isFirst);
  useEffect(() => {
    if (isWanted.current) field.current?.focus();
  }, []);

  function addItems() {
    if (text.trim() !== '') onAdd([text]);
    clear();
  }

  return (
    <div className={styles.item}>
      <PlusIcon className={styles.plus} aria-hidden />
      <input
        ref={field}
        type="text"
        className={styles.text}
        aria-label={t`Add item`}
        placeholder={t`Add item`}
        dir="auto"
        autoComplete="off"
        enterKeyHint="enter"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          const items = parsePastedItems(event.clipboardData.getData('text/plain'));
          if (items.length < 2) return;
          event.preventDefault();
          onAdd(text.trim() === '' ? items : [text, ...items]);
          clear();
        }}
        onBlur={() => {
          runAfterPress(() => {
            addItems();
            onLeave();
          });
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Enter') addItems();
          // Leaving adds what is typed: Escape loses no words.
          else event.currentTarget.closest<HTMLElement>('[data-task-editor]')?.focus();
        }}
      />
    </div>
  );
}
