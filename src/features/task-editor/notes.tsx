import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { useStableKey } from '../../data/pending.ts';
import type { Task } from '../../domain/task.ts';
import { BodyFrame } from '../../ui/bodyFrame.tsx';
import type { TaskEdits } from './useTaskEdits.ts';
import { useGrowingText } from './useGrowingText.ts';
import { useSavedText, type Typing } from './useSavedText.ts';
import styles from './notes.module.css';

type Props = { task: Task; edits: TaskEdits; isReadOnly: boolean; onTyping: (typing: Typing) => void };

/** The body: plain text to write in; formatted text is shown as it came, and not changed. */
export function Notes({ task, edits, isReadOnly, onTyping }: Props) {
  const { t } = useLingui();
  const headId = useId();
  return (
    <section className={styles.notes} aria-labelledby={headId}>
      <h3 id={headId} className={styles.head}>{t`Notes`}</h3>
      {task.body.contentType === 'html' && task.body.content !== '' ? (
        <>
          <BodyFrame html={task.body.content} label={t`Notes`} />
          <p className={styles.hint}>{t`These notes are formatted. They are shown here and cannot be changed yet.`}</p>
        </>
      ) : (
        <PlainNotes task={task} edits={edits} isReadOnly={isReadOnly} onTyping={onTyping} />
      )}
    </section>
  );
}

function PlainNotes({ task, edits, isReadOnly, onTyping }: Props) {
  const { t } = useLingui();
  const keyOf = useStableKey();
  const notes = useSavedText({
    draftKey: `notes:${keyOf(task.id)}`,
    saved: task.body.content,
    save: (content) => edits.save({ body: { contentType: 'text', content } }),
    onTyping,
  });
  const area = useGrowingText(notes.text);
  return (
    <>
      <textarea
        ref={area}
        rows={4}
        dir="auto"
        aria-label={t`Notes`}
        placeholder={isReadOnly ? t`No notes` : t`Add notes`}
        readOnly={isReadOnly}
        className={styles.text}
        value={notes.text}
        onChange={(event) => notes.onChange(event.target.value)}
        onBlur={notes.onBlur}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          event.currentTarget.closest<HTMLElement>('[data-task-editor]')?.focus();
        }}
      />
      {notes.failed && (
        <p className={styles.problem}>{t`This device could not keep the change. Free some space and type again.`}</p>
      )}
    </>
  );
}
