import { useRef, useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';
import type { TaskFolder, TaskGroup } from '../../../domain/task/task.ts';
import { createChunk } from '../../../ui/loading/lazyChunk.ts';
import { useSurface } from '../../../ui/overlays/useLazySurface.ts';
import type { Editing } from '../state/useFolderEdits.ts';

const surface = createChunk(() => import('./folderMenu.tsx'));

export type OwnPlace = { kind: 'group'; group: TaskGroup } | { kind: 'folder'; folder: TaskFolder };
export type PlaceRef = OwnPlace | { kind: 'shared'; shared: SharedFolder };

export type PlaceMenuOptions = {
  start: (editing: Editing) => void;
  askDelete: (place: OwnPlace) => void;
  askLeave: (shared: SharedFolder) => void;
  /** Shows the people of an own folder. */
  onShare: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
};

/** The one menu of the tree, for whichever row asked for it: from its button, by right-click or by the menu key. */
export function usePlaceMenu(options: PlaceMenuOptions) {
  const [place, setPlace] = useState<PlaceRef>();
  const [isOpen, setIsOpen] = useState(false);
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const trigger = useRef<HTMLElement | null>(null);

  function open(which: PlaceRef, from: HTMLElement, point: { x: number; y: number } | null) {
    trigger.current = from;
    setPlace(which);
    setAt(point);
    setIsOpen(true);
  }

  const loaded = useSurface(surface, isOpen, () => setIsOpen(false));
  const menu: ReactNode = place !== undefined && loaded !== null && (
    <loaded.PlaceMenu
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
    openAtButton: (which: PlaceRef, button: HTMLElement) => open(which, button, null),
    openAtPointer(which: PlaceRef, event: MouseEvent<HTMLElement>) {
      event.preventDefault();
      // The menu key has no pointer: its event comes from the focused row itself.
      const hasPoint = event.clientX !== 0 || event.clientY !== 0;
      open(which, event.currentTarget, hasPoint ? { x: event.clientX, y: event.clientY } : null);
    },
  };
}
