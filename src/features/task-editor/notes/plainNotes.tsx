import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { splitNotes } from '../../../domain/notes/checklistEdit.ts';
import type { TaskBody } from '../../../domain/task/task.ts';
import { useAutoGrow } from '../editing/useAutoGrow.ts';
import styles from './notes.module.css';

type Props = { body: TaskBody; isReadOnly: boolean; onChange: (content: string) => void; onBlur: () => void };

/** Plain words. A line with a box that is typed here goes to the checklist when the field is left, not under the cursor. */
export function PlainNotes({ body, isReadOnly, onChange, onBlur }: Props) {
  const { t } = useLingui();
  const split = splitNotes(body);
  const [typed, setTyped] = useState<string | null>(null);
  const isOwn = typed !== null && body.content.startsWith(typed);
  const notes = isOwn ? typed : split.notes;
  const rest = isOwn ? body.content.slice(typed.length) : split.between + split.list;
  const area = useAutoGrow(notes);
  return (
    <textarea
      ref={area}
      rows={3}
      dir="auto"
      aria-label={t`Notes`}
      placeholder={isReadOnly ? t`No notes` : t`Add notes`}
      readOnly={isReadOnly}
      className={styles.text}
      value={notes}
      onFocus={() => setTyped(split.notes)}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(joined(target.value, rest));
      }}
      onBlur={() => {
        setTyped(null);
        onBlur();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        event.currentTarget.closest<HTMLElement>('[data-task-editor]')?.focus();
      }}
    />
  );
}

/** The checklist begins a line of its own, and is all there is when nothing stands before it. */
function joined(notes: string, rest: string): string {
  const list = rest.replace(/^(?:\r\n|\r|\n)/, '');
  if (list === '') return notes;
  const gap = rest.slice(0, rest.length - list.length) || '\n';
  return notes === '' ? list : notes + gap + list;
}
