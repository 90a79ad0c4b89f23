import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import Paperclip from 'lucide-react/icons/paperclip';
import { useState } from 'react';
import { useFolders } from '../../data/folders/useFolders.ts';
import { useGroups } from '../../data/folders/useGroups.ts';
import { useToday } from '../../data/account/useTimeZone.ts';
import { groupFolders } from '../../domain/listing/groupedFolders.ts';
import type { TaskFolder } from '../../domain/task/task.ts';
import { isDay, type Day } from '../../domain/time/time.ts';
import { Button } from '../../ui/controls/button.tsx';
import { dateLabel } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { Select } from '../../ui/controls/select.tsx';
import { fileSizeLabel } from '../../ui/labels/fileSizeLabel.ts';
import type { SharedTaskDraft } from './tasksFromShare.ts';
import styles from './shareTargetPreview.module.css';

/** Previewed tasks; the rest is counted. */
const maxShownTasks = 20;
/** Previewed characters of the notes; all of them are added. */
const maxShownNotes = 4_000;

type Props = {
  tasks: readonly SharedTaskDraft[];
  isAdding: boolean;
  onAdd: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
  onDiscard: () => void;
};

/** The shared content before it becomes tasks: choose the folder, or discard it. */
export function ShareTargetPreview({ tasks, isAdding, onAdd, onDiscard }: Props) {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const { groups } = useGroups();
  const { folders, failure, retry } = useFolders();
  const [chosen, setChosen] = useState<string>();
  const places = groupFolders(groups, folders, i18n.locale).flatMap((group) => group.folders);
  const folder = places.find(({ id }) => id === chosen) ?? places.find(({ isDefault }) => isDefault) ?? places[0];
  const folderName = folder?.name ?? '';
  const count = tasks.length;
  const more = count - maxShownTasks;
  const title = t`${plural(count, { one: 'Add this to your tasks?', other: 'Add these # to your tasks?' })}`;
  return (
    <main className={styles.page} aria-label={title}>
      <div className={styles.column}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.text}>{t`It comes from another app. Nothing is added until you confirm.`}</p>
        <ul className={styles.tasks}>
          {tasks.slice(0, maxShownTasks).map((task, at) => (
            <SharedTaskRow key={at} task={task} locale={locale} />
          ))}
        </ul>
        {more > 0 && <p className={styles.text}>{t`${plural(more, { one: 'and # more', other: 'and # more' })}`}</p>}
        {folder === undefined && failure !== null && (
          <p className={styles.text} role="status">
            {t`Your folders are not on this device yet. What was shared is kept here; try again when you are online.`}
          </p>
        )}
        <div className={styles.actions}>
          {folder === undefined ? (
            <Button variant="primary" isBusy={failure === null} onPress={retry}>{t`Try again`}</Button>
          ) : (
            <>
              <Select
                label={t`Folder`}
                items={places.map(({ id, name }) => ({ value: id, label: name }))}
                value={folder.id}
                onChange={setChosen}
                isDisabled={isAdding}
                isBoxed
              />
              <Button variant="primary" isBusy={isAdding} onPress={() => onAdd(folder)}>
                {t`Add to ${folderName}`}
              </Button>
            </>
          )}
          <Button variant="quiet" isDisabled={isAdding} onPress={onDiscard}>{t`Discard`}</Button>
        </div>
      </div>
    </main>
  );
}

function SharedTaskRow({ task: { patch, files }, locale }: { task: SharedTaskDraft; locale: string }) {
  const { t } = useLingui();
  const { today } = useToday();
  const due = dayOf(patch.due?.local);
  const day = due === undefined ? '' : dateLabel(due, today, locale);
  return (
    <li className={styles.task}>
      <p className={styles.name} dir="auto">
        {truncateName(patch.subject)}
      </p>
      {due !== undefined && <p className={styles.meta}>{t`Due ${day}`}</p>}
      {patch.body !== undefined && (
        // Untrusted text: shown as text only.
        <p className={styles.notes} dir="auto">
          {patch.body.content.length > maxShownNotes
            ? `${patch.body.content.slice(0, maxShownNotes)}…`
            : patch.body.content}
        </p>
      )}
      {files.length > 0 && (
        <ul className={styles.files} aria-label={t`Files`}>
          {files.map((file, at) => (
            <li key={at}>
              <Paperclip aria-hidden />
              <span dir="auto">{file.name}</span>
              <span className={styles.meta}>{fileSizeLabel(file.size, locale)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function dayOf(local: string | undefined): Day | undefined {
  const day = local?.slice(0, 10);
  return day !== undefined && isDay(day) ? day : undefined;
}
