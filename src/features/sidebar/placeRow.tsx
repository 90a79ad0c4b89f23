import { useLingui } from '@lingui/react/macro';
import ChevronDown from 'lucide-react/icons/chevron-down';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Folder from 'lucide-react/icons/folder';
import Inbox from 'lucide-react/icons/inbox';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { addressOf } from '../../domain/place.ts';
import type { TaskFolder, TaskGroup } from '../../domain/task.ts';
import { IconButton } from '../../ui/button.tsx';
import styles from './placeRow.module.css';

type Tools = {
  /** Only the row that the tree's one tab stop is on lets Tab reach its button. */
  isFocusTarget: boolean;
  onMore: (button: HTMLElement) => void;
};

function More({ name, isFocusTarget, onMore }: Tools & { name: string }) {
  const { t } = useLingui();
  return (
    <IconButton
      label={t`More for ${name}`}
      icon={<Ellipsis aria-hidden />}
      className={styles.more}
      hasTooltip={false}
      aria-haspopup="menu"
      excludeFromTabOrder={!isFocusTarget}
      onPress={(event) => {
        if (event.target instanceof HTMLElement) onMore(event.target);
      }}
    />
  );
}

type FolderRowProps = Tools & {
  folder: TaskFolder;
  open: number;
  isCurrent: boolean;
  onNavigate?: (() => void) | undefined;
  /** The name being typed, in place of the link. */
  field?: ReactNode;
};

export function FolderIcon({ folder }: { folder: Pick<TaskFolder, 'isDefault'> | null }) {
  const Icon = folder?.isDefault === true ? Inbox : Folder;
  return <Icon aria-hidden className={styles.icon} />;
}

export function FolderRow({ folder, open, isCurrent, onNavigate, field, ...tools }: FolderRowProps) {
  if (field !== undefined) return <NewRow>{field}</NewRow>;
  return (
    <div className={styles.row} data-current={isCurrent || undefined}>
      <Link
        to={addressOf.folder({ mailbox: 'me', id: folder.id })}
        tabIndex={-1}
        className={styles.link}
        aria-label={folder.name}
        onClick={onNavigate}
      >
        <FolderIcon folder={folder} />
        <span className={styles.name} title={folder.name}>
          {folder.name}
        </span>
        {open > 0 && <span className={styles.count}>{open}</span>}
      </Link>
      <More name={folder.name} {...tools} />
    </div>
  );
}

/** A folder row whose name is being typed. */
export function NewRow({ children, isGroup = false }: { children: ReactNode; isGroup?: boolean }) {
  return (
    <div className={`${styles.row} ${styles.editing} ${isGroup ? styles.groupEditing : ''}`}>
      {!isGroup && <FolderIcon folder={null} />}
      {children}
    </div>
  );
}

type GroupRowProps = Tools & {
  group: TaskGroup;
  open: number;
  isOpen: boolean;
  onToggle: () => void;
  field?: ReactNode;
};

export function GroupRow({ group, open, isOpen, onToggle, field, ...tools }: GroupRowProps) {
  if (field !== undefined) return <NewRow isGroup>{field}</NewRow>;
  return (
    <div className={`${styles.row} ${styles.group}`}>
      <button type="button" tabIndex={-1} aria-expanded={isOpen} className={styles.link} onClick={onToggle}>
        <ChevronDown aria-hidden className={styles.chevron} data-open={isOpen || undefined} />
        <span className={styles.name} title={group.name}>
          {group.name}
        </span>
        {!isOpen && open > 0 && <span className={styles.count}>{open}</span>}
      </button>
      <More name={group.name} {...tools} />
    </div>
  );
}
