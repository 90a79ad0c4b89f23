import { Plural, Trans, useLingui } from '@lingui/react/macro';
import PlusIcon from 'lucide-react/icons/plus';
import { useEffect, useId, useImperativeHandle, useRef } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { useDraft } from '../../data/drafts.ts';
import { Button } from '../../ui/button.tsx';
import { Keys } from '../../ui/kbd.tsx';
import { linesOf } from './pastedLines.ts';
import styles from './quickAdd.module.css';

export type QuickAddHandle = { focus: () => void };

export type QuickAddProps = {
  /** Names the draft: what was typed here waits here. */
  place: string;
  /** Where tasks go when that is not where the list is. */
  folderName: string | undefined;
  /** Whether it is known yet where tasks go. Enter before that waits; the words stay in the field. */
  isReady: boolean;
  onAdd: (subjects: readonly string[]) => void;
  /** Escape left the field; what was typed stays as a draft. */
  onLeave: () => void;
  ref?: Ref<QuickAddHandle>;
};

/**
 * The field above the list. Enter adds and stays, so that tasks can be typed one after another; several lines, as a paste
 * brings them, become several tasks. What is typed is a draft from the first letter (architecture.md §8, rule 13).
 */
export function QuickAdd({ place, folderName, isReady, onAdd, onLeave, ref }: QuickAddProps) {
  const { t } = useLingui();
  const [draft = '', setDraft, clearDraft] = useDraft(`quickAdd:${place}`);
  const field = useRef<HTMLTextAreaElement>(null);
  const offer = useId();
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));

  const lines = linesOf(draft);
  const isList = lines.length > 1;
  const label = folderName === undefined ? t`Add a task` : t`Add a task to ${folderName}`;

  /** Entered before it was known where to. */
  const waiting = useRef<readonly string[]>(undefined);
  const add = (subjects: readonly string[]) => {
    field.current?.focus();
    if (subjects.length === 0) return;
    if (!isReady) {
      waiting.current = subjects;
      return;
    }
    clearDraft();
    onAdd(subjects);
  };
  useEffect(() => {
    const { current: entered } = waiting;
    if (!isReady || entered === undefined) return;
    waiting.current = undefined;
    clearDraft();
    onAdd(entered);
  }, [isReady, clearDraft, onAdd]);

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also ends the choice of a character in some scripts: that one is not ours.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      add(lines);
    } else if (event.key === 'Escape') {
      field.current?.blur();
      onLeave();
    }
  };

  return (
    <div className={styles['add']}>
      <div className={styles['box']} onPointerDown={(event) => focusOn(field.current, event)}>
        <PlusIcon className={styles['plus']} aria-hidden />
        <textarea
          ref={field}
          rows={Math.min(8, draft.split('\n').length)}
          dir="auto"
          value={draft}
          aria-label={label}
          aria-describedby={isList ? offer : undefined}
          aria-keyshortcuts="N"
          placeholder={label}
          enterKeyHint="done"
          autoComplete="off"
          className={styles['field']}
          onChange={(event) => {
            waiting.current = undefined;
            setDraft(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <span className={styles['hint']}>
          <Keys keys={draft === '' ? 'N' : 'Enter'} />
        </span>
      </div>
      {isList && (
        <div className={styles['offer']}>
          <span id={offer}>
            <Trans>Each line becomes a task.</Trans>
          </span>
          <Button variant="quiet" onPress={() => add([lines.join(' ')])}>
            <Trans>Add as one task</Trans>
          </Button>
          <Button variant="primary" onPress={() => add(lines)}>
            <Plural value={lines.length} one="Add # task" other="Add # tasks" />
          </Button>
        </div>
      )}
    </div>
  );
}

/** The whole box is the field: a press beside the words puts the caret into it. */
function focusOn(field: HTMLTextAreaElement | null, event: { target: EventTarget; preventDefault: () => void }) {
  if (event.target === field) return;
  event.preventDefault();
  field?.focus();
}
