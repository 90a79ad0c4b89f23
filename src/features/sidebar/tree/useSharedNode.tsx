import { useLingui } from '@lingui/react/macro';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';
import { GroupRow, SharedFolderRow } from './folderRow.tsx';
import type { FolderNodesInput } from './folderNodesInput.ts';
import type { TreeNode } from './treeNode.ts';
import { useSpokenNames } from './useSpokenNames.ts';

/** The id of the row above the shared folders; no id of the service equals it. */
export const sharedGroupId = 'shared-with-me';

/** The node of the folders that others share; null when there are none. */
export function useSharedNode({ places, closed, setOpen, onMore, onNavigate }: FolderNodesInput): TreeNode | null {
  const { t } = useLingui();
  const spoken = useSpokenNames();
  if (places.shared.length === 0) return null;

  function folderNode(shared: SharedFolder): TreeNode {
    const { id, name } = shared.folder;
    const isCurrent = id === places.openSharedId;
    const open = places.counts.folders.get(id)?.open ?? 0;
    const row = (
      <SharedFolderRow
        shared={shared}
        open={open}
        isCurrent={isCurrent}
        onMore={(button) => onMore({ kind: 'shared', shared }, button)}
        onNavigate={onNavigate}
      />
    );
    return { id, key: id, name, spoken: spoken.shared(shared, open), isCurrent, row };
  }

  const name = t`Shared with me`;
  const isOpen = !closed.has(sharedGroupId);
  const openInAll = places.shared.reduce(
    (sum, { folder }) => sum + (places.counts.folders.get(folder.id)?.open ?? 0),
    0,
  );
  return {
    id: sharedGroupId,
    key: sharedGroupId,
    name,
    spoken: spoken.group(name, places.shared.length, openInAll),
    isOpen,
    row: (
      <GroupRow group={{ name }} open={openInAll} isOpen={isOpen} onToggle={() => setOpen(sharedGroupId, !isOpen)} />
    ),
    children: places.shared.map(folderNode),
  };
}
