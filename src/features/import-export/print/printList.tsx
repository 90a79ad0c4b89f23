import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useFolder } from '../../../data/folders/useFolders.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useTasks } from '../../../data/tasks/useTasks.ts';
import { useTaskView } from '../../../data/tasks/useTaskViews.ts';
import type { Listing } from '../../../domain/listing/listing.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { Place, Task } from '../../../domain/task/task.ts';
import { longDay } from '../../../ui/labels/dateLabels.ts';
import { sectionLabel, viewLabels } from '../../../ui/labels/listLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { PrintNotes } from './printNotes.tsx';
import { usePrintLabels } from './usePrintLabels.ts';
import styles from './print.module.css';

/** A folder: open tasks first, completed ones last. */
export function PrintFolder({ place }: { place: Place }) {
  const { t } = useLingui();
  const { data: listing } = useTasks(place);
  const folder = useFolder(place);
  return <ListOnPaper title={folder?.name ?? t`Tasks`} listing={listing} hasFolders={false} />;
}

/** A smart view of all folders. */
export function PrintView({ name }: { name: ViewName }) {
  const { i18n } = useLingui();
  const { today, zone } = useToday();
  const { data: listing } = useTaskView(name, today, zone);
  return <ListOnPaper title={i18n._(viewLabels[name])} listing={listing} hasFolders />;
}

function ListOnPaper({ title, listing, hasFolders }: { title: string; listing: Listing; hasFolders: boolean }) {
  const { t, i18n } = useLingui();
  const { today } = useToday();
  const locale = useDateLocale();
  const count = t`${plural(listing.open, { one: '# open task', other: '# open tasks' })}`;
  return (
    <>
      <header className={styles.head}>
        <h1>{title}</h1>
        <p>
          {longDay(today, today, locale)} {today.slice(0, 4)} · {count}
        </p>
      </header>
      {listing.sections.map(({ key, tasks }) => (
        <section key={key}>
          <h2>{sectionLabel(i18n, key, today, locale)}</h2>
          <ul className={styles.list}>
            {tasks.map((task) => (
              <RowOnPaper key={task.id} task={task} folder={hasFolders ? <FolderName id={task.folderId} /> : null} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function FolderName({ id }: { id: string }) {
  return useFolder({ mailbox: 'me', id })?.name ?? null;
}

function RowOnPaper({ task, folder }: { task: Task; folder: ReactNode }) {
  const { t } = useLingui();
  const { lineOf } = usePrintLabels();
  const isDone = task.status === 'completed';
  const line = lineOf(task);
  return (
    <li className={styles.row} data-done={isDone || undefined}>
      <span className={styles.box} role="img" aria-label={isDone ? t`Completed` : t`Open`}>
        {isDone ? '✓' : ''}
      </span>
      <div className={styles.text}>
        <p className={styles.subject}>
          {task.importance === 'high' && <strong>! </strong>}
          {task.subject === '' ? t`No subject` : task.subject}
        </p>
        {(line !== '' || folder !== null) && (
          <p className={styles.line}>
            {folder}
            {folder !== null && line !== '' && ' · '}
            {line}
          </p>
        )}
        {!isDone && <PrintNotes body={task.body} />}
      </div>
    </li>
  );
}
