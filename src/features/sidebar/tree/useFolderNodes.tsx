import { useLingui } from '@lingui/react/macro';
import { useStableKey } from '../../../data/outbox/usePendingChanges.ts';
import type { GroupWithFolders } from '../../../domain/listing/groupedFolders.ts';
import type { TaskFolder } from '../../../domain/task/task.ts';
import { openTasksInGroup } from '../state/folderNameRules.ts';
import { FolderRow, GroupRow, NewFolderRow } from './folderRow.tsx';
import { NewFolderField, NewGroupField, RenameFolderField, RenameGroupField, useNameField } from './treeNameField.tsx';
import type { FolderNodesInput } from './folderNodesInput.ts';
import type { TreeNode } from './treeNode.ts';
import { useSharedNode } from './useSharedNode.tsx';
import { useSpokenNames } from './useSpokenNames.ts';
import styles from './folderTree.module.css';

/** The nodes of the tree: own groups with their folders, then what others share. */
export function useFolderNodes(input: FolderNodesInput): readonly TreeNode[] {
  const { places, edits, closed, setOpen, onMore, onNavigate } = input;
  const { t } = useLingui();
  const { editing } = edits;
  const nameField = useNameField(edits);
  const keyOf = useStableKey();
  const spoken = useSpokenNames();
  const sharedNode = useSharedNode(input);

  function folderNode(folder: TaskFolder): TreeNode {
    const open = places.counts.folders.get(folder.id)?.open ?? 0;
    const people = places.sharedOut.get(folder.id) ?? 0;
    const isCurrent = folder.id === places.openFolderId;
    const isRenaming = editing?.kind === 'renameFolder' && editing.id === folder.id;
    const row = (
      <FolderRow
        folder={folder}
        open={open}
        isCurrent={isCurrent}
        people={people}
        onMore={(button) => onMore({ kind: 'folder', folder }, button)}
        onNavigate={onNavigate}
        field={
          isRenaming && nameField !== null ? (
            <RenameFolderField part={nameField} edits={edits} folder={folder} />
          ) : undefined
        }
      />
    );
    const { id, name } = folder;
    return { id, key: keyOf(id), name, spoken: spoken.folder(name, open, people), isCurrent, row };
  }

  function groupNode({ group, folders }: GroupWithFolders): TreeNode {
    const isAdding = editing?.kind === 'newFolder' && editing.groupKey === group.groupKey;
    // A new folder's field is shown even in a closed group.
    const isOpen = isAdding || !closed.has(group.id);
    const open = openTasksInGroup(folders, places.counts.folders);
    const isRenaming = editing?.kind === 'renameGroup' && editing.id === group.id;
    const row = (
      <GroupRow
        group={group}
        open={open}
        isOpen={isOpen}
        onToggle={() => setOpen(group.id, !isOpen)}
        onMore={(button) => onMore({ kind: 'group', group }, button)}
        field={
          isRenaming && nameField !== null ? (
            <RenameGroupField part={nameField} edits={edits} group={group} />
          ) : undefined
        }
      />
    );
    const children = folders.map(folderNode);
    return {
      id: group.id,
      key: keyOf(group.id),
      name: group.name,
      spoken: spoken.group(group.name, folders.length, open),
      isOpen,
      row,
      children: isAdding ? [...children, newFolderNode(group.groupKey)] : children,
      empty: <p className={styles.empty}>{t`No folders`}</p>,
    };
  }

  function newFolderNode(groupKey: string): TreeNode {
    const field = nameField && <NewFolderField part={nameField} edits={edits} groupKey={groupKey} />;
    const row = <NewFolderRow>{field}</NewFolderRow>;
    return { id: 'new-folder', key: 'new-folder', name: '', spoken: t`New folder`, row };
  }

  function newGroupNode(): TreeNode {
    const row = <NewFolderRow isGroup>{nameField && <NewGroupField part={nameField} edits={edits} />}</NewFolderRow>;
    return { id: 'new-group', key: 'new-group', name: '', spoken: t`New group`, row };
  }

  return [
    ...places.places.map(groupNode),
    ...(sharedNode === null ? [] : [sharedNode]),
    ...(editing?.kind === 'newGroup' ? [newGroupNode()] : []),
  ];
}
