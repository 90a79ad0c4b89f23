import { limits } from '../../domain/limits.ts';
import { joinLines } from '../../domain/text/trimText.ts';
import { useLingui } from '@lingui/react/macro';
import { useId, useRef } from 'react';
import { useStableKey } from '../../data/outbox/usePendingChanges.ts';
import type { Task } from '../../domain/task/task.ts';
import { Tooltip } from '../../ui/popovers/tooltip.tsx';
import { StatusRing } from '../../ui/controls/statusRing.tsx';
import { Button } from 'react-aria-components/Button';
import { truncateName } from '../../ui/labels/truncateName.ts';
import type { TaskEdits } from './editing/useTaskEdits.ts';
import { useAutosave, type AutosaveState } from './editing/useAutosave.ts';
import { useAutoGrow } from './editing/useAutoGrow.ts';
import styles from './subjectField.module.css';

type Props = { task: Task; edits: TaskEdits; isReadOnly: boolean; onTyping: (typing: AutosaveState) => void };

/** The ring and the subject. Enter leaves the field, Escape the task; neither loses what was typed. */
export function SubjectField({ task, edits, isReadOnly, onTyping }: Props) {
  const { t } = useLingui();
  const keyOf = useStableKey();
  const problemId = useId();
  const subject = useAutosave({
    draftKey: `subject:${keyOf(task.id)}`,
    saved: task.subject,
    save: (text) => edits.save({ subject: text }),
    problemWith(text) {
      const { length } = text;
      if (text.trim() === '') return t`A task needs a subject. “${truncateName(task.subject)}” stays until it has one.`;
      if (length <= limits.subject) return null;
      return t`A subject has up to ${limits.subject} characters; this one has ${length}. It is not saved until it is shorter.`;
    },
    keepsDraft: (text) => text.trim() !== '',
    onTyping,
  });
  const ring = useRef<HTMLButtonElement>(null);
  const area = useAutoGrow(subject.text);
  const isDone = task.status === 'completed';
  const label = isDone ? t`Reopen` : t`Complete`;
  const { problem } = subject;

  return (
    <div className={styles.head}>
      {isReadOnly ? (
        <span className={styles.ring}>
          <StatusRing status={task.status} size={22} />
        </span>
      ) : (
        <Tooltip label={label} keys="Space">
          <Button
            ref={ring}
            aria-label={label}
            className={styles.ring ?? ''}
            onPress={() => (isDone ? edits.reopen() : edits.complete())}
          >
            <StatusRing status={task.status} size={22} />
          </Button>
        </Tooltip>
      )}
      <div className={styles.text}>
        <textarea
          ref={area}
          rows={1}
          readOnly={isReadOnly}
          dir="auto"
          aria-label={t`Subject`}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : problemId}
          className={styles.subject}
          data-done={isDone || undefined}
          enterKeyHint="done"
          value={subject.text}
          onChange={(event) => subject.onChange(joinLines(event.target.value))}
          onBlur={() => {
            // Spaces at the ends go when the typing is over, not under the cursor.
            if (subject.text.trim() !== subject.text && subject.isValid) subject.onChange(subject.text.trim());
            else subject.onBlur();
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            // Escape goes back to the list, as from everywhere in the task.
            if (event.key !== 'Enter') return;
            event.preventDefault();
            event.stopPropagation();
            // What is wrong here is put right here: only Escape leaves it for now.
            if (subject.text.trim() === '') return;
            (ring.current ?? event.currentTarget.closest<HTMLElement>('[data-task-editor]'))?.focus();
          }}
        />
        {problem !== null && (
          <p id={problemId} className={styles.problem}>
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}
