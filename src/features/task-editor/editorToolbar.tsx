import { useLingui } from '@lingui/react/macro';
import CopyIcon from 'lucide-react/icons/copy';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Folder from 'lucide-react/icons/folder';
import MoveIcon from 'lucide-react/icons/folder-input';
import Inbox from 'lucide-react/icons/inbox';
import LinkIcon from 'lucide-react/icons/link';
import Paperclip from 'lucide-react/icons/paperclip';
import Printer from 'lucide-react/icons/printer';
import SquareArrow from 'lucide-react/icons/square-arrow-out-up-right';
import Trash from 'lucide-react/icons/trash-2';
import X from 'lucide-react/icons/x';
import Share from 'lucide-react/icons/share-2';
import { Link, useHref } from 'react-router';
import { useLinkTo } from '../../data/sharing/useLinkTo.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import type { Place, Task, TaskFolder } from '../../domain/task/task.ts';
import { IconButton } from '../../ui/controls/button.tsx';
import { MenuButton, type MenuEntry } from '../../ui/overlays/menu.tsx';
import { requestPrint } from '../../ui/browser/printRequest.ts';
import { useLinkActions } from '../../ui/browser/linkActions.ts';
import type { TaskBulkActions } from './editing/useTaskBulkActions.ts';
import styles from './editorToolbar.module.css';

type Props = {
  /** Of the folder, whose name may not be known. */
  place: Place;
  folder: Pick<TaskFolder, 'name' | 'isDefault'> | undefined;
  /** Absent while no task is shown. */
  task?: Task | undefined;
  isSheet: boolean;
  /** Absent where the task is read-only. */
  bulkActions?: TaskBulkActions | undefined;
  onAttach?: (() => void) | undefined;
  onDelete?: (() => void) | undefined;
  onClose: () => void;
};

/** The task's folder and the actions on the whole task. The phone's sheet has Attach and Delete in its footer. */
export function EditorToolbar({ place, folder, task, isSheet, bulkActions, onAttach, onDelete, onClose }: Props) {
  const { t } = useLingui();
  return (
    <header className={styles.bar}>
      {folder === undefined ? (
        <span className={styles.folder} />
      ) : (
        <Link to={appUrls.folder(place)} className={styles.folder}>
          {folder.isDefault ? <Inbox aria-hidden /> : <Folder aria-hidden />}
          <span className={styles.name}>{folder.name}</span>
        </Link>
      )}
      {!isSheet && onAttach !== undefined && (
        <IconButton label={t`Attach a file`} keys="A" icon={<Paperclip aria-hidden />} onPress={onAttach} />
      )}
      {!isSheet && onDelete !== undefined && (
        <IconButton label={t`Delete`} keys="Delete" icon={<Trash aria-hidden />} onPress={onDelete} />
      )}
      {task !== undefined && <More place={place} task={task} bulkActions={bulkActions} />}
      <IconButton label={t`Close`} keys="Escape" icon={<X aria-hidden />} onPress={onClose} />
    </header>
  );
}

type MoreProps = { place: Place; task: Task; bulkActions: TaskBulkActions | undefined };

function More({ place, task, bulkActions }: MoreProps) {
  const { t } = useLingui();
  const href = useHref(appUrls.task(place, task.id));
  const linkTo = useLinkTo();
  const { copy, share } = useLinkActions();

  const move: readonly MenuEntry[] =
    bulkActions?.move === undefined
      ? []
      : [
          {
            id: 'move',
            label: t`Move to folder`,
            icon: <MoveIcon aria-hidden />,
            keys: 'M',
            onAction: bulkActions.move,
          },
        ];
  const duplicate: readonly MenuEntry[] =
    bulkActions === undefined
      ? []
      : [
          {
            id: 'duplicate',
            label: t`Duplicate`,
            icon: <CopyIcon aria-hidden />,
            onAction: bulkActions.duplicate,
          },
          { kind: 'divider', id: 'afterDuplicate' },
        ];
  const purge: readonly MenuEntry[] =
    bulkActions?.purge === undefined
      ? []
      : [
          { kind: 'divider', id: 'beforePurge' },
          {
            id: 'purge',
            label: t`Delete permanently`,
            icon: <Trash aria-hidden />,
            keys: 'Shift+Delete',
            isDanger: true,
            onAction: bulkActions.purge,
          },
        ];
  const items: readonly MenuEntry[] = [
    ...move,
    ...duplicate,
    {
      id: 'link',
      label: t`Copy link`,
      icon: <LinkIcon aria-hidden />,
      keys: 'L',
      onAction: () => copy(linkTo(place, task.id)),
    },
    ...(share === undefined
      ? []
      : [
          {
            id: 'share',
            label: t`Share link`,
            icon: <Share aria-hidden />,
            onAction: () => share(task.subject, linkTo(place, task.id)),
          },
        ]),
    {
      id: 'tab',
      label: t`Open in a new tab`,
      icon: <SquareArrow aria-hidden />,
      onAction: () => window.open(href, '_blank', 'noopener'),
    },
    { id: 'print', label: t`Print`, icon: <Printer aria-hidden />, onAction: () => requestPrint({ kind: 'task' }) },
    ...purge,
  ];
  return <MenuButton label={t`More`} icon={<Ellipsis aria-hidden />} items={items} />;
}
