import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useStableKey } from '../../../data/outbox/usePendingChanges.ts';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';
import type { TaskFolder } from '../../../domain/task/task.ts';
import { createLazyChunk } from '../../../ui/loading/lazyChunk.ts';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { useClosedGroups } from '../state/closedGroups.ts';
import { FolderRow, GroupRow, NewFolderRow, SharedFolderRow } from './folderRow.tsx';
import type { GroupWithFolders } from '../../../domain/listing/groupedFolders.ts';
import { openTasksInGroup } from '../state/folderNameRules.ts';
import { TreeView, type TreeNode } from './treeView.tsx';
import type { FolderEdits } from '../state/useFolderEdits.ts';
import { useDropTargets } from '../drag-drop/useDropTargets.ts';
import { useFolderMenu, type OwnFolderRef, type FolderRef } from '../menus/useFolderMenu.tsx';
import type { FolderTreeData } from '../state/useFolderTree.ts';
import { useProtectedReason } from '../menus/useProtectedReason.ts';
import styles from './folderTree.module.css';

type Props = {
  places: FolderTreeData;
  edits: FolderEdits;
  onShare: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
  onNavigate?: (() => void) | undefined;
};

const deleteQuestion = createLazyChunk(() => import('../menus/deleteFolderDialog.tsx'));
const nameField = createLazyChunk(() => import('./nameField.tsx'));
const leaveQuestion = createLazyChunk(() => import('../menus/leaveFolderDialog.tsx'));

/** The row that holds what others share; no id of the service is like it. */
const sharedId = 'shared-with-me';

/** Groups and their folders: to go to, to name, to delete. */
export function FolderTree({ places, edits, onShare, onNavigate }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { session } = useDeps();
  const { closed, setOpen } = useClosedGroups(session.account.key);
  const [deleting, setDeleting] = useState<OwnFolderRef>();
  const [leaving, setLeaving] = useState<SharedFolder>();
  const toDelete = useLazySurface(deleteQuestion, deleting !== undefined, () => setDeleting(undefined));
  const toLeave = useLazySurface(leaveQuestion, leaving !== undefined, () => setLeaving(undefined));
  const menu = useFolderMenu({ start: edits.start, askDelete: setDeleting, askLeave: setLeaving, onShare });
  const { editing } = edits;
  const naming = useLazySurface(nameField, editing !== null, edits.stop);
  const root = useRef<HTMLDivElement>(null);
  useDropTargets(root, { places, closed, setOpen });
  const keyOf = useStableKey();
  const protectedWords = useProtectedReason();

  function find(id: string): FolderRef | undefined {
    const folder = places.folders.find((each) => each.id === id);
    if (folder !== undefined) return { kind: 'folder', folder };
    const shared = places.shared.find((each) => each.folder.id === id);
    if (shared !== undefined) return { kind: 'shared', shared };
    const group = places.groups.find((each) => each.id === id);
    return group === undefined ? undefined : { kind: 'group', group };
  }
  /** The place, where it may be changed; where not, it is said why. */
  const own = (id: string): OwnFolderRef | undefined => {
    const place = find(id);
    if (place?.kind === 'shared') {
      const { folder, owner } = place.shared;
      toasts.show({ text: t`“${folder.name}” is shared with you. Only ${owner.name || owner.address} renames it.` });
      return undefined;
    }
    const isDefault = place?.kind === 'folder' ? place.folder.isDefault : place?.group.isDefault;
    if (place === undefined || isDefault !== true) return place;
    toasts.show({ text: protectedWords(place) });
    return undefined;
  };

  function openRow(id: string, isInNewTab: boolean) {
    const place = find(id);
    if (place?.kind === 'group' || id === sharedId) setOpen(id, closed.has(id));
    if (place === undefined || place.kind === 'group') return;
    const mailbox = place.kind === 'shared' ? place.shared.owner.address : 'me';
    const address = appUrls.folder({ mailbox, id });
    if (isInNewTab) window.open(address, '_blank', 'noopener');
    else {
      void navigate(address);
      onNavigate?.();
    }
  }

  const spokenName = (name: string, open: number) =>
    open === 0 ? name : t`${name}, ${plural(open, { one: '# open task', other: '# open tasks' })}`;

  function folderNode(folder: TaskFolder): TreeNode {
    const open = places.counts.folders.get(folder.id)?.open ?? 0;
    const people = places.sharedOut.get(folder.id) ?? 0;
    const isCurrent = folder.id === places.openFolderId;
    const { name } = folder;
    const field = editing?.kind === 'renameFolder' && editing.id === folder.id && naming && (
      <naming.NameField
        label={t`New name for ${name}`}
        initial={name}
        problemWith={(typed) => edits.folderProblem(typed, folder.id)}
        onSave={(typed) => edits.saveFolderName(folder, typed)}
        onCancel={edits.stop}
      />
    );
    return {
      id: folder.id,
      key: keyOf(folder.id),
      name,
      spoken:
        people === 0
          ? spokenName(name, open)
          : t`${spokenName(name, open)}, ${plural(people, { one: 'shared with # person', other: 'shared with # people' })}`,
      isCurrent,
      row: (
        <FolderRow
          folder={folder}
          open={open}
          isCurrent={isCurrent}
          people={people}
          onMore={(button) => menu.openAtButton({ kind: 'folder', folder }, button)}
          onNavigate={onNavigate}
          field={field || undefined}
        />
      ),
    };
  }

  function groupNode({ group, folders }: GroupWithFolders): TreeNode {
    const isNaming = editing?.kind === 'newFolder' && editing.groupKey === group.groupKey;
    // A new folder's field is shown even in a closed group.
    const isOpen = isNaming || !closed.has(group.id);
    const open = openTasksInGroup(folders, places.counts.folders);
    const { name } = group;
    const field = editing?.kind === 'renameGroup' && editing.id === group.id && naming && (
      <naming.NameField
        label={t`New name for ${name}`}
        initial={name}
        problemWith={edits.groupProblem}
        onSave={(typed) => edits.saveGroupName(group, typed)}
        onCancel={edits.stop}
      />
    );
    const children = folders.map(folderNode);
    return {
      id: group.id,
      key: keyOf(group.id),
      name,
      spoken: folders.length === 0 ? t`${name}, no folders` : spokenName(name, open),
      isOpen,
      row: (
        <GroupRow
          group={group}
          open={open}
          isOpen={isOpen}
          onToggle={() => setOpen(group.id, !isOpen)}
          onMore={(button) => menu.openAtButton({ kind: 'group', group }, button)}
          field={field || undefined}
        />
      ),
      children: isNaming ? [...children, newFolderNode(group.groupKey)] : children,
      empty: <p className={styles.empty}>{t`No folders`}</p>,
    };
  }

  function newFolderNode(groupKey: string): TreeNode {
    return {
      id: 'new-folder',
      key: 'new-folder',
      name: '',
      spoken: t`New folder`,
      row: (
        <NewFolderRow>
          {naming && (
            <naming.NameField
              label={t`Name of the new folder`}
              initial=""
              problemWith={(typed) => edits.folderProblem(typed)}
              onSave={(typed) => edits.saveNewFolder(typed, groupKey)}
              onCancel={edits.stop}
            />
          )}
        </NewFolderRow>
      ),
    };
  }

  const newGroupNode: TreeNode = {
    id: 'new-group',
    key: 'new-group',
    name: '',
    spoken: t`New group`,
    row: (
      <NewFolderRow isGroup>
        {naming && (
          <naming.NameField
            label={t`Name of the new group`}
            initial=""
            problemWith={edits.groupProblem}
            onSave={(typed) => edits.saveNewGroup(typed)}
            onCancel={edits.stop}
          />
        )}
      </NewFolderRow>
    ),
  };

  function sharedNode(shared: SharedFolder): TreeNode {
    const { id, name } = shared.folder;
    const who = shared.owner.name || shared.owner.address;
    const isCurrent = id === places.openSharedId;
    return {
      id,
      key: id,
      name,
      spoken: shared.role === 'read' ? t`${name}, shared by ${who}, to look at` : t`${name}, shared by ${who}`,
      isCurrent,
      row: (
        <SharedFolderRow
          shared={shared}
          isCurrent={isCurrent}
          onMore={(button) => menu.openAtButton({ kind: 'shared', shared }, button)}
          onNavigate={onNavigate}
        />
      ),
    };
  }

  function sharedGroup(): TreeNode {
    const name = t`Shared with me`;
    const isOpen = !closed.has(sharedId);
    return {
      id: sharedId,
      key: sharedId,
      name,
      spoken: name,
      isOpen,
      row: <GroupRow group={{ name }} open={0} isOpen={isOpen} onToggle={() => setOpen(sharedId, !isOpen)} />,
      children: places.shared.map(sharedNode),
    };
  }

  const ownNodes = places.places.map(groupNode);
  const nodes = places.shared.length === 0 ? ownNodes : [...ownNodes, sharedGroup()];
  return (
    <>
      <div ref={root}>
        <TreeView
          label={t`Folders`}
          nodes={editing?.kind === 'newGroup' ? [...nodes, newGroupNode] : nodes}
          newId={edits.created}
          onToggle={setOpen}
          onOpen={openRow}
          onRename={(id) => {
            const place = own(id);
            if (place !== undefined) edits.start({ kind: place.kind === 'group' ? 'renameGroup' : 'renameFolder', id });
          }}
          onDelete={(id) => {
            const place = find(id);
            if (place?.kind === 'shared') setLeaving(place.shared);
            else setDeleting(own(id));
          }}
          onMenu={(id, event) => {
            const place = find(id);
            if (place !== undefined) menu.openAtPointer(place, event);
          }}
        />
      </div>
      {menu.menu}
      {leaving !== undefined && toLeave !== null && (
        <toLeave.LeaveFolderDialog
          shared={leaving}
          isOpen={leaving.folder.id === places.openSharedId}
          onDone={() => setLeaving(undefined)}
        />
      )}
      {deleting !== undefined && toDelete !== null && (
        <toDelete.DeleteFolderDialog place={deleting} places={places} onDone={() => setDeleting(undefined)} />
      )}
    </>
  );
}
