import { useEffect, useEffectEvent } from 'react';
import type { RefObject } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useErrands } from '../../../data/tasks/useBulkActions.ts';
import { createChunk, useChunk } from '../../../ui/loading/lazyChunk.ts';
import type { DropPlaces } from './dropTargets.ts';
import type { Places } from '../state/useFolderTree.ts';

const chunk = createChunk(() => import('./dropTargets.ts'));

type Input = { places: Places; closed: ReadonlySet<string>; setOpen: (id: string, isOpen: boolean) => void };

/** Lets tasks and folders be dropped onto the tree, where the server can move them. */
export function useDrops(root: RefObject<HTMLElement | null>, { places, closed, setOpen }: Input): void {
  const { can } = useDeps();
  const { ask, carried } = useErrands();
  const loaded = useChunk(chunk, false);
  // Whatever is picked up may be on its way here.
  useEffect(() => {
    window.addEventListener('dragstart', chunk.load);
    return () => window.removeEventListener('dragstart', chunk.load);
  }, []);
  const now = useEffectEvent((): DropPlaces => ({
    folder: (id) => places.folders.find((folder) => folder.id === id),
    group(id) {
      const group = places.groups.find((one) => one.id === id);
      return group && { groupKey: group.groupKey, isOpen: !closed.has(id) };
    },
    carried,
    open: (id) => setOpen(id, true),
    moveTasks: (inHand, toFolderId) => ask({ kind: 'move', ...inHand, toFolderId }),
    moveFolder(id, toGroup) {
      const name = places.folders.find((folder) => folder.id === id)?.name ?? '';
      ask({ kind: 'moveFolder', id, name, toGroup });
    },
  }));
  const part = loaded.state === 'here' && can.move ? loaded.part : null;
  useEffect(() => {
    const tree = root.current;
    return part === null || tree === null ? undefined : part.watchDrops(tree, () => now());
  }, [root, part]);
}
