import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import FolderIcon from 'lucide-react/icons/folder';
import RestoreIcon from 'lucide-react/icons/rotate-ccw';
import TrashIcon from 'lucide-react/icons/trash-2';
import type { BinItem, PendingBinItem } from '../../data/bin/useBin.ts';
import { useFolder } from '../../data/folders/useFolders.ts';
import { useToday } from '../../data/account/useTimeZone.ts';
import { dateOf } from '../../domain/time/time.ts';
import { IconButton } from '../../ui/controls/button.tsx';
import { shortDay } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import styles from './binPage.module.css';

type Props = {
  item: BinItem;
  isChosen: boolean;
  isOffline: boolean;
  onChoose: (isChosen: boolean) => void;
  onRestore: () => void;
  onPurge: () => void;
};

/** One deleted item: its name, where it was, when it was deleted, and how long it is kept. */
export function BinRow({ item, isChosen, isOffline, onChoose, onRestore, onPurge }: Props) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const name = item.name === '' ? t`No subject` : item.name;
  const deleted = shortDay(dateOf(item.deletedAt, zone), today, locale);
  const until = shortDay(dateOf(item.keptUntil, zone), today, locale);
  const origin =
    item.kind === 'folder'
      ? t`${plural(item.taskCount, { 0: 'Folder without tasks', one: 'Folder with # task', other: 'Folder with # tasks' })}`
      : item.folderName === null
        ? t`Its folder was deleted: it is restored to the default folder`
        : t`From ${item.folderName}`;
  return (
    <li className={styles['row']} data-chosen={isChosen || undefined}>
      <label className={styles['choice']}>
        <input
          type="checkbox"
          className={styles['box']}
          checked={isChosen}
          onChange={({ target }) => onChoose(target.checked)}
        />
        {item.kind === 'folder' && <FolderIcon aria-hidden className={styles['icon']} />}
        <span className={styles['details']}>
          <span className={styles['name']} dir="auto">
            {name}
          </span>
          <span className={styles['line']}>
            {origin} · {t`deleted ${deleted}`} · {t`kept until ${until}`}
          </span>
        </span>
      </label>
      <IconButton label={t`Restore “${name}”`} icon={<RestoreIcon aria-hidden />} onPress={onRestore} />
      <IconButton
        label={t`Delete “${name}” permanently`}
        icon={<TrashIcon aria-hidden />}
        isDisabled={isOffline}
        onPress={onPurge}
      />
    </li>
  );
}

/** An item whose deletion is not sent yet. It is restored offline; deleting it permanently needs the service. */
export function PendingBinRow({ item, onRestore }: { item: PendingBinItem; onRestore: () => void }) {
  const { t } = useLingui();
  const folder = useFolder({ mailbox: 'me', id: item.folderId ?? '' });
  const name = item.name === '' ? t`No subject` : item.name;
  const origin = item.kind === 'folder' ? t`Folder` : folder === undefined ? t`Task` : t`From ${folder.name}`;
  return (
    <li className={styles['row']}>
      <span className={styles['choice']}>
        {item.kind === 'folder' && <FolderIcon aria-hidden className={styles['icon']} />}
        <span className={styles['details']}>
          <span className={styles['name']} dir="auto">
            {name}
          </span>
          <span className={styles['line']}>
            {origin} · {t`deleted just now, not synced yet`}
          </span>
        </span>
      </span>
      <IconButton label={t`Restore “${name}”`} icon={<RestoreIcon aria-hidden />} onPress={onRestore} />
    </li>
  );
}
