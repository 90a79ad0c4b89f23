import { useRef, useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import type { FolderMenuOptions, FolderRef } from './folderRef.ts';

const menuChunk = createLazyChunk(() => import('./folderMenu.tsx'));

/** The one menu of the tree's rows: opened by a row's button, by right-click or by the menu key. */
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

  const loaded = useLazySurface(menuChunk, isOpen, () => setIsOpen(false));
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
      // The menu key has no pointer position: its event comes from the focused row.
      const hasPoint = event.clientX !== 0 || event.clientY !== 0;
      open(which, event.currentTarget, hasPoint ? { x: event.clientX, y: event.clientY } : null);
    },
  };
}
