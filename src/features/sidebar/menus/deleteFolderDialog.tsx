import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useNavigate } from 'react-router';
import { useTaskCommands } from '../../../data/tasks/useTaskCommands.ts';
import { useTasks } from '../../../data/tasks/useTasks.ts';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import type { TaskFolder, TaskGroup } from '../../../domain/task/task.ts';
import { ConfirmDialog } from '../../../ui/overlays/dialog.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import type { FolderTreeData } from '../state/useFolderTree.ts';
import type { OwnFolderRef } from './folderRef.ts';

type Props = { place: OwnFolderRef; places: FolderTreeData; onDone: () => void };

/** Asks before a folder or group is deleted, because that has no undo (docs/design.md#confirmation-and-undo). */
export function DeleteFolderDialog({ place, ...rest }: Props) {
  return place.kind === 'folder' ? (
    <DeleteFolder folder={place.folder} {...rest} />
  ) : (
    <DeleteGroup group={place.group} {...rest} />
  );
}

type FolderProps = Omit<Props, 'place'> & { folder: TaskFolder };

function DeleteFolder({ folder, places, onDone }: FolderProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { run } = useTaskCommands();
  const { data: listing, isPending } = useTasks({ mailbox: 'me', id: folder.id });
  const name = truncateName(folder.name);
  const size = listing.byId.size;
  const isEmpty = !isPending && size === 0;
  const title = isPending
    ? t`Delete “${name}” and its tasks?`
    : t`${plural(size, { 0: `Delete “${name}”?`, one: `Delete “${name}” and its # task?`, other: `Delete “${name}” and its # tasks?` })}`;

  function confirm() {
    onDone();
    const home = places.folders.find((each) => each.isDefault);
    const wasOpen = places.openFolderId === folder.id;
    void run({ kind: 'deleteFolder', id: folder.id }).saved.then((saved) =>
      saved !== null && wasOpen && home !== undefined
        ? navigate(appUrls.folder({ mailbox: 'me', id: home.id }))
        : undefined,
    );
  }

  return (
    <ConfirmDialog
      isOpen
      isDanger
      title={title}
      body={isEmpty ? t`It holds no tasks. The folder goes to the Bin.` : t`The folder and its tasks go to the Bin.`}
      confirmLabel={t`Delete folder`}
      cancelLabel={t`Cancel`}
      onConfirm={confirm}
      onCancel={onDone}
    />
  );
}

type GroupProps = Omit<Props, 'place'> & { group: TaskGroup };

function DeleteGroup({ group, places, onDone }: GroupProps) {
  const { t } = useLingui();
  const { run } = useTaskCommands();
  const name = truncateName(group.name);
  const inside = places.places.find((each) => each.group.id === group.id)?.folders.length ?? 0;
  const home = places.groups.find((each) => each.isDefault)?.name ?? '';

  function confirm() {
    onDone();
    run({ kind: 'deleteGroup', id: group.id });
  }

  return (
    <ConfirmDialog
      isOpen
      isDanger
      title={t`Delete the group “${name}”?`}
      body={t`${plural(inside, {
        0: 'It holds no folders.',
        one: `Its folder moves to ${home}. No task is deleted.`,
        other: `Its # folders move to ${home}. No task is deleted.`,
      })}`}
      confirmLabel={t`Delete group`}
      cancelLabel={t`Cancel`}
      onConfirm={confirm}
      onCancel={onDone}
    />
  );
}
