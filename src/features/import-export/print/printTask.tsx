import { useLingui } from '@lingui/react/macro';
import { useAttachments } from '../../../data/attachments/useAttachments.ts';
import { useFolder } from '../../../data/folders/useFolders.ts';
import { useTask } from '../../../data/tasks/useTasks.ts';
import type { Mailbox, Place, Task } from '../../../domain/task/task.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { fileSizeLabel } from '../../../ui/labels/fileSizeLabel.ts';
import { PrintNotes } from './printNotes.tsx';
import { usePrintLabels } from './usePrintLabels.ts';
import styles from './print.module.css';

/** One task with all its values. */
export function PrintTask({ id, folder }: { id: string; folder: Place | null }) {
  const mailbox = folder?.mailbox ?? 'me';
  const { task } = useTask(id, folder?.id, mailbox);
  return task === undefined ? null : <Whole task={task} mailbox={mailbox} />;
}

function Whole({ task, mailbox }: { task: Task; mailbox: Mailbox }) {
  const { t } = useLingui();
  const { factsOf } = usePrintLabels();
  const locale = useDateLocale();
  const folder = useFolder({ mailbox, id: task.folderId });
  const { attachments } = useAttachments(task, mailbox);
  return (
    <article>
      <header className={styles.head}>
        <h1>{task.subject === '' ? t`No subject` : task.subject}</h1>
        <p>{folder?.name}</p>
      </header>
      <dl className={styles.facts}>
        {factsOf(task).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <PrintNotes body={task.body} />
      {attachments.length > 0 && (
        <section>
          <h2>{t`Attachments`}</h2>
          <ul className={styles.files}>
            {attachments.map(({ attachment }) => (
              <li key={attachment.id}>
                {attachment.name}
                {attachment.kind === 'file' && ` (${fileSizeLabel(attachment.size, locale)})`}
                {attachment.kind === 'reference' && ` – ${attachment.sourceUrl}`}
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}
