import { useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import type { Mailbox, Task, TaskBody } from '../../../domain/task/task.ts';
import { Button } from '../../../ui/controls/button.tsx';
import type { LazyState } from '../../../domain/async/lazyChunk.ts';
import type * as RichTextPart from '../../../ui/richText/richTextEditor.tsx';
import { NotesViewer } from './notesViewer.tsx';
import styles from './notes.module.css';

type Props = {
  task: Task;
  mailbox: Mailbox;
  /** The notes without the checklist at their end. */
  body: TaskBody;
  rich: LazyState<typeof RichTextPart>;
  isReadOnly: boolean;
  /** Without what editing would remove, at the person's request: takes the focus. */
  isNew: boolean;
  /** What began the editor, in a field without formatting. */
  start: RichTextPart.EditorStart | null;
  toolbarSlot: HTMLElement | null;
  onChange: (body: TaskBody) => void;
  onBlur: () => void;
  onFiles: (files: readonly File[]) => void;
  /** Edited anyway, without what cannot be. */
  onSimplify: (html: string) => void;
};

const none: ReadonlySet<RichTextPart.FormattingLoss> = new Set();

/**
 * Formatted words. Those that the editor can hold are edited in place; those that it cannot, such as tables from a mail, are
 * shown as they came, until somebody asks to edit them without.
 */
export function FormattedNotes(props: Props) {
  const { t } = useLingui();
  const { task, mailbox, body, rich, isReadOnly, isNew, onChange, onBlur, onSimplify } = props;
  const { content: html } = body;
  const part = rich.state === 'here' ? rich.part : null;
  // What the editor wrote it can hold: looking through a long text at every key would be felt.
  const [written, setWritten] = useState<string | null>(null);
  const isOwn = html === written;
  const losses = useMemo(
    () => (part === null ? null : isOwn || body.contentType === 'text' ? none : part.findFormattingLosses(html)),
    [part, html, isOwn, body.contentType],
  );
  if (isReadOnly || part === null || losses === null) {
    if (html.trim() === '') return isReadOnly ? <p className={styles.hint}>{t`No notes`}</p> : null;
    return <NotesViewer task={task} mailbox={mailbox} html={html} />;
  }
  if (losses.size === 0) {
    return (
      <part.RichTextEditor
        body={body}
        label={t`Notes`}
        placeholder={t`Add notes`}
        toolbarSlot={props.toolbarSlot}
        start={props.start}
        autoFocus={isNew}
        onChange={(next) => {
          setWritten(next.content);
          onChange(next);
        }}
        onBlur={onBlur}
        onFiles={props.onFiles}
        onEscape={(element) => element.closest<HTMLElement>('[data-task-editor]')?.focus()}
      />
    );
  }
  const words = {
    tables: t`tables`,
    pictures: t`pictures`,
    looks: t`colours, fonts and alignment`,
    other: t`some formatting`,
  };
  const lost = [...losses].map((loss) => words[loss]).join(', ');
  return (
    <>
      <NotesViewer task={task} mailbox={mailbox} html={html} />
      <div className={styles.notice}>
        <p className={styles.hint}>{t`Shown as they came. Editing them here takes away: ${lost}.`}</p>
        <Button variant="secondary" onPress={() => onSimplify(part.simplifyHtml(html))}>{t`Edit without`}</Button>
      </div>
    </>
  );
}
