import { useRef, useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';
import type { TaskFolder, TaskGroup } from '../../../domain/task/task.ts';
import { createLazyChunk } from '../../../ui/loading/lazyChunk.ts';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import type { FolderEdit } from '../state/useFolderEdits.ts';

const surface = createLazyChunk(() => import('./folderMenu.tsx'));

export type OwnFolderRef = { kind: 'group'; group: TaskGroup } | { kind: 'folder'; folder: TaskFolder };
export type FolderRef = OwnFolderRef | { kind: 'shared'; shared: SharedFolder };

export type FolderMenuOptions = {
  start: (editing: FolderEdit) => void;
  askDelete: (place: OwnFolderRef) => void;
  askLeave: (shared: SharedFolder) => void;
  /** Shows the people of an own folder. */
  onShare: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
};

/** The one menu of the tree, for whichever row asked for it: from its button, by right-click or by the menu key. */
export function useFolderMenu(options: FolderMenuOptions) {
  const [place, setPlace] = useState<FolderRef>();
  const [isOpen, setIsOpen] = useState(false);
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const trigger = useRef<HTMLElement | null>(null);

  function open(which: FolderRef, from: HTMLElement, point: { x: number; y: number } | null) {
    trigger.current = from;
    setPlace(which);
    setAt(point);
    setIsOpen(true);
  }

  const loaded = useLazySurface(surface, isOpen, () => setIsOpen(false));
  const menu: ReactNode = place !== undefined && loaded !== null && (
    <loaded.FolderMenu
      place={place}
      {...options}
      triggerRef={trigger}
      at={at}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
    />
  );
  return {
    menu,
    openAtButton: (which: FolderRef, button: HTMLElement) => open(which, button, null),
    openAtPointer(which: FolderRef, event: MouseEvent<HTMLElement>) {
      event.preventDefault();
      // The menu key has no pointer: its event comes from the focused row itself.
      const hasPoint = event.clientX !== 0 || event.clientY !== 0;
      open(which, event.currentTarget, hasPoint ? { x: event.clientX, y: event.clientY } : null);
    },
  };
}
