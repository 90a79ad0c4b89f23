import { useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import type { Mailbox, Task } from '../../../domain/task/task.ts';
import { Button } from '../../../ui/controls/button.tsx';
import type { LazyState } from '../../../domain/async/lazyChunk.ts';
import type * as RichTextPart from '../../../ui/richText/richTextEditor.tsx';
import { NotesViewer } from './notesViewer.tsx';
import styles from './notes.module.css';

type Props = {
  task: Task;
  mailbox: Mailbox;
  html: string;
  rich: LazyState<typeof RichTextPart>;
  isReadOnly: boolean;
  isNew: boolean;
  onChange: (html: string) => void;
  onBlur: () => void;
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
  const { task, mailbox, html, rich, isReadOnly, isNew, onChange, onBlur, onSimplify } = props;
  const part = rich.state === 'here' ? rich.part : null;
  // What the editor wrote it can hold: looking through a long text at every key would be felt.
  const [written, setWritten] = useState<string | null>(null);
  const isOwn = html === written;
  const losses = useMemo(
    () => (part === null ? null : isOwn ? none : part.findFormattingLosses(html)),
    [part, html, isOwn],
  );
  if (isReadOnly || part === null || losses === null) {
    if (html.trim() === '') return isReadOnly ? <p className={styles.hint}>{t`No notes`}</p> : null;
    return <NotesViewer task={task} mailbox={mailbox} html={html} />;
  }
  if (losses.size === 0) {
    return (
      <part.RichTextEditor
        html={html}
        label={t`Notes`}
        placeholder={t`Add notes`}
        autoFocus={isNew}
        onChange={(next) => {
          setWritten(next);
          onChange(next);
        }}
        onBlur={onBlur}
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
