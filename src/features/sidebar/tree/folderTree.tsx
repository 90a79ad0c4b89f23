import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';
import type { TaskFolder } from '../../../domain/task/task.ts';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import { useDropTargets } from '../drag-drop/useDropTargets.ts';
import type { OwnFolderRef } from '../menus/folderRef.ts';
import { useFolderMenu } from '../menus/useFolderMenu.tsx';
import { useClosedGroups } from '../state/closedGroups.ts';
import type { FolderEdits } from '../state/useFolderEdits.ts';
import type { FolderTreeData } from '../state/useFolderTree.ts';
import { TreeView } from './treeView.tsx';
import { useFolderNodes } from './useFolderNodes.tsx';
import { useTreePlaces } from './useTreePlaces.ts';

type Props = {
  places: FolderTreeData;
  edits: FolderEdits;
  onShare: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
  onNavigate?: (() => void) | undefined;
};

const deleteDialogChunk = createLazyChunk(() => import('../menus/deleteFolderDialog.tsx'));
const leaveDialogChunk = createLazyChunk(() => import('../menus/leaveFolderDialog.tsx'));

/** Groups and their folders: to open, to rename, to delete. */
export function FolderTree({ places, edits, onShare, onNavigate }: Props) {
  const { t } = useLingui();
  const { session } = useDeps();
  const { closed, setOpen } = useClosedGroups(session.account.key);
  const [deleting, setDeleting] = useState<OwnFolderRef>();
  const [leaving, setLeaving] = useState<SharedFolder>();
  const deleteDialog = useLazySurface(deleteDialogChunk, deleting !== undefined, () => setDeleting(undefined));
  const leaveDialog = useLazySurface(leaveDialogChunk, leaving !== undefined, () => setLeaving(undefined));
  const menu = useFolderMenu({ start: edits.start, askDelete: setDeleting, askLeave: setLeaving, onShare });
  const nodes = useFolderNodes({ places, edits, closed, setOpen, onMore: menu.openAtButton, onNavigate });
  const root = useRef<HTMLDivElement>(null);
  useDropTargets(root, { places, closed, setOpen });
  const { find, findEditable, activate } = useTreePlaces({ places, closed, setOpen, onNavigate });

  return (
    <>
      <div ref={root}>
        <TreeView
          label={t`Folders`}
          nodes={nodes}
          newId={edits.created}
          onToggle={setOpen}
          onOpen={activate}
          onRename={(id) => {
            const place = findEditable(id);
            if (place !== undefined) edits.start({ kind: place.kind === 'group' ? 'renameGroup' : 'renameFolder', id });
          }}
          onDelete={(id) => {
            const place = find(id);
            if (place?.kind === 'shared') setLeaving(place.shared);
            else setDeleting(findEditable(id));
          }}
          onMenu={(id, event) => {
            const place = find(id);
            if (place !== undefined) menu.openAtPointer(place, event);
          }}
        />
      </div>
      {menu.menu}
      {leaving !== undefined && leaveDialog !== null && (
        <leaveDialog.LeaveFolderDialog
          shared={leaving}
          isOpen={leaving.folder.id === places.openSharedId}
          onDone={() => setLeaving(undefined)}
        />
      )}
      {deleting !== undefined && deleteDialog !== null && (
        <deleteDialog.DeleteFolderDialog place={deleting} places={places} onDone={() => setDeleting(undefined)} />
      )}
    </>
  );
}
