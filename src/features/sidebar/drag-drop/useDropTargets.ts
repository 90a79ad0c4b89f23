import { useEffect, useEffectEvent } from 'react';
import type { RefObject } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { useLazyChunk } from '../../../ui/loading/useLazyChunk.ts';
import type { DropTargets } from './dropTargets.ts';
import type { FolderTreeData } from '../state/useFolderTree.ts';
import { useMoveFolder } from '../state/useMoveFolder.ts';

const dropTargetsChunk = createLazyChunk(() => import('./dropTargets.ts'));

type Input = { places: FolderTreeData; closed: ReadonlySet<string>; setOpen: (id: string, isOpen: boolean) => void };

/** Lets tasks and folders be dropped onto the tree, where the server can move them. */
export function useDropTargets(root: RefObject<HTMLElement | null>, { places, closed, setOpen }: Input): void {
  const { capabilities } = useDeps();
  const { enqueue, dragged: carried } = useBulkActions();
  const moveFolder = useMoveFolder();
  const loaded = useLazyChunk(dropTargetsChunk, false);
  // Any drag may end on the tree.
  useEffect(() => {
    window.addEventListener('dragstart', dropTargetsChunk.load);
    return () => window.removeEventListener('dragstart', dropTargetsChunk.load);
  }, []);
  const currentTargets = useEffectEvent((): DropTargets => ({
    folder: (id) => places.folders.find((folder) => folder.id === id),
    group(id) {
      const group = places.groups.find((one) => one.id === id);
      return group && { groupKey: group.groupKey, isOpen: !closed.has(id) };
    },
    draggedTasks: carried,
    open: (id) => setOpen(id, true),
    moveTasks: (dragged, toFolderId) => enqueue({ kind: 'move', ...dragged, toFolderId }),
    moveFolder(id, toGroup) {
      const folder = places.folders.find((one) => one.id === id);
      if (folder !== undefined) moveFolder(folder, toGroup);
    },
  }));
  const part = loaded.state === 'here' && capabilities.move ? loaded.part : null;
  useEffect(() => {
    const tree = root.current;
    return part === null || tree === null ? undefined : part.registerDropTargets(tree, () => currentTargets());
  }, [root, part]);
}
