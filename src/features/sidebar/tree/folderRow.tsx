import { Plural, useLingui } from '@lingui/react/macro';
import ChevronDown from 'lucide-react/icons/chevron-down';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Folder from 'lucide-react/icons/folder';
import Inbox from 'lucide-react/icons/inbox';
import Users from 'lucide-react/icons/users';
import { use } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';
import type { TaskFolder, TaskGroup } from '../../../domain/task/task.ts';
import { Avatar } from '../../../ui/controls/avatar.tsx';
import { IconButton } from '../../../ui/controls/button.tsx';
import { IsTabStop } from './isTabStop.ts';
import styles from './folderRow.module.css';

type RowProps = {
  onMore: (button: HTMLElement) => void;
  /** The name being typed, in place of the row. */
  field?: ReactNode;
};

function MoreButton({ name, onMore }: Pick<RowProps, 'onMore'> & { name: string }) {
  const isTabStop = use(IsTabStop);
  const { t } = useLingui();
  return (
    <IconButton
      label={t`More for ${name}`}
      icon={<Ellipsis aria-hidden />}
      className={styles.more}
      hasTooltip={false}
      aria-haspopup="menu"
      excludeFromTabOrder={!isTabStop}
      onPress={(event) => {
        if (event.target instanceof HTMLElement) onMore(event.target);
      }}
    />
  );
}

/** The number of open tasks, with its noun for screen readers. */
function Count({ open }: { open: number }) {
  const noun = <Plural value={open} one="open task" other="open tasks" />;
  return (
    <span className={styles.count}>
      {open} <span className="hidden-visually">{noun}</span>
    </span>
  );
}

type FolderRowProps = RowProps & {
  folder: TaskFolder;
  open: number;
  isCurrent: boolean;
  /** Number of people it is shared with. */
  people: number;
  onNavigate?: (() => void) | undefined;
};

export function FolderIcon({ folder }: { folder: Pick<TaskFolder, 'isDefault'> | null }) {
  const Icon = folder?.isDefault === true ? Inbox : Folder;
  return <Icon aria-hidden className={styles.icon} />;
}

export function FolderRow({ folder, open, isCurrent, people, onNavigate, field, onMore }: FolderRowProps) {
  if (field !== undefined) return <NewFolderRow>{field}</NewFolderRow>;
  return (
    <div className={styles.row} data-current={isCurrent || undefined}>
      <Link
        to={appUrls.folder({ mailbox: 'me', id: folder.id })}
        tabIndex={-1}
        className={styles.link}
        onClick={onNavigate}
      >
        <FolderIcon folder={folder} />
        <span className={styles.name} dir="auto" title={folder.name}>
          {folder.name}
        </span>{' '}
        {people > 0 && <Users aria-hidden className={styles.shared} />}
        {open > 0 && <Count open={open} />}
      </Link>
      <MoreButton name={folder.name} onMore={onMore} />
    </div>
  );
}

/** A folder row whose name is being typed. */
export function NewFolderRow({ children, isGroup = false }: { children: ReactNode; isGroup?: boolean }) {
  return (
    <div className={`${styles.row} ${styles.editing} ${isGroup ? styles.groupEditing : ''}`}>
      {!isGroup && <FolderIcon folder={null} />}
      {children}
    </div>
  );
}

type SharedRowProps = Pick<RowProps, 'onMore'> & {
  shared: SharedFolder;
  /** Number of open tasks. */
  open: number;
  isCurrent: boolean;
  onNavigate: (() => void) | undefined;
};

/** A shared folder, with its owner's avatar as the icon. */
export function SharedFolderRow({ shared, open, isCurrent, onNavigate, onMore }: SharedRowProps) {
  const { t } = useLingui();
  const { owner, folder } = shared;
  const who = owner.name || owner.address;
  return (
    <div className={styles.row} data-current={isCurrent || undefined}>
      <Link
        to={appUrls.folder({ mailbox: owner.address, id: folder.id })}
        tabIndex={-1}
        className={styles.link}
        onClick={onNavigate}
      >
        <Avatar name={who} size={18} />
        <span className={styles.name} dir="auto" title={t`${folder.name}, shared by ${who}`}>
          {folder.name}
        </span>{' '}
        {open > 0 && <Count open={open} />}
      </Link>
      <MoreButton name={folder.name} onMore={onMore} />
    </div>
  );
}

type GroupRowProps = Pick<RowProps, 'field'> & {
  group: Pick<TaskGroup, 'name'>;
  /** Absent for the group of shared folders. */
  onMore?: RowProps['onMore'];
  open: number;
  isOpen: boolean;
  onToggle: () => void;
};

/** The chevron is decorative: the tree item carries `aria-expanded` and handles the keys. */
export function GroupRow({ group, open, isOpen, onToggle, field, onMore }: GroupRowProps) {
  if (field !== undefined) return <NewFolderRow isGroup>{field}</NewFolderRow>;
  return (
    <div className={`${styles.row} ${styles.group}`}>
      <button type="button" tabIndex={-1} className={styles.link} onClick={onToggle}>
        <ChevronDown aria-hidden className={styles.chevron} data-open={isOpen || undefined} />
        <span className={styles.name} dir="auto" title={group.name}>
          {group.name}
        </span>{' '}
        {!isOpen && open > 0 && <Count open={open} />}
      </button>
      {onMore !== undefined && <MoreButton name={group.name} onMore={onMore} />}
    </div>
  );
}
