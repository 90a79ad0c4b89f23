import { useLingui } from '@lingui/react/macro';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Folder from 'lucide-react/icons/folder';
import Inbox from 'lucide-react/icons/inbox';
import LinkIcon from 'lucide-react/icons/link';
import SquareArrow from 'lucide-react/icons/square-arrow-out-up-right';
import Trash from 'lucide-react/icons/trash-2';
import X from 'lucide-react/icons/x';
import { Link, useHref } from 'react-router';
import { addressOf } from '../../domain/place.ts';
import type { Task, TaskFolder } from '../../domain/task.ts';
import { IconButton } from '../../ui/button.tsx';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { toasts } from '../../ui/toast.tsx';
import styles from './editorBar.module.css';

type Props = {
  folder: TaskFolder | undefined;
  /** Absent while there is nothing to act on. */
  task?: Task | undefined;
  isSheet: boolean;
  onDelete?: (() => void) | undefined;
  onClose: () => void;
};

/** Where the task is, and what can be done with it as a whole. The sheet keeps Delete at its foot. */
export function EditorBar({ folder, task, isSheet, onDelete, onClose }: Props) {
  const { t } = useLingui();
  return (
    <header className={styles.bar}>
      {folder === undefined ? (
        <span className={styles.folder} />
      ) : (
        <Link to={addressOf.folder({ mailbox: 'me', id: folder.id })} className={styles.folder}>
          {folder.isDefault ? <Inbox aria-hidden /> : <Folder aria-hidden />}
          <span className={styles.name}>{folder.name}</span>
        </Link>
      )}
      {!isSheet && onDelete !== undefined && (
        <IconButton label={t`Delete`} keys="Delete" icon={<Trash aria-hidden />} onPress={onDelete} />
      )}
      {task !== undefined && <More task={task} />}
      <IconButton label={t`Close`} keys="Escape" icon={<X aria-hidden />} onPress={onClose} />
    </header>
  );
}

function More({ task }: { task: Task }) {
  const { t } = useLingui();
  const href = useHref(addressOf.task({ mailbox: 'me', id: task.folderId }, task.id));

  function copy() {
    navigator.clipboard.writeText(new URL(href, window.location.href).href).then(
      () => toasts.show({ text: t`Link copied` }),
      () => toasts.show({ kind: 'error', text: t`The link was not copied: this browser does not allow it.` }),
    );
  }

  const items: readonly MenuEntry[] = [
    { id: 'link', label: t`Copy link`, icon: <LinkIcon aria-hidden />, onAction: copy },
    {
      id: 'tab',
      label: t`Open in a new tab`,
      icon: <SquareArrow aria-hidden />,
      onAction: () => window.open(href, '_blank', 'noopener'),
    },
  ];
  return <MenuButton label={t`More`} icon={<Ellipsis aria-hidden />} items={items} />;
}
