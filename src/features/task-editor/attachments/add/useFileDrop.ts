import { useEffectEvent, useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';
import { isFileDrag, readDroppedItems } from '../../../../ui/browser/fileDrop.ts';
import type { DroppedItems } from '../../../../ui/browser/fileDrop.ts';

/**
 * Receives files dropped on the element or pasted into it; returns how many are dragged over it, null when none are. A
 * paste with text goes to its field.
 */
export function useFileDrop(
  root: RefObject<HTMLElement | null>,
  isEnabled: boolean,
  onDropped: (dropped: DroppedItems) => void,
): number | null {
  const [draggedCount, setDraggedCount] = useState<number | null>(null);
  const notify = useEffectEvent(onDropped);

  // A layout effect, so that drops work from the first paint on.
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null || !isEnabled) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    // Entering a child fires `dragenter` before the previous `dragleave`.
    let depth = 0;
    element.addEventListener(
      'dragenter',
      (event) => {
        if (!isAccepted(event)) return;
        event.preventDefault();
        depth += 1;
        setDraggedCount(countIn(event));
      },
      { signal },
    );
    element.addEventListener(
      'dragover',
      (event) => {
        if (!isAccepted(event) || event.dataTransfer === null) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      { signal },
    );
    element.addEventListener(
      'dragleave',
      (event) => {
        if (!isAccepted(event)) return;
        depth = Math.max(0, depth - 1);
        if (depth === 0) setDraggedCount(null);
      },
      { signal },
    );
    element.addEventListener(
      'drop',
      (event) => {
        depth = 0;
        setDraggedCount(null);
        if (!isAccepted(event) || event.dataTransfer === null) return;
        event.preventDefault();
        notify(readDroppedItems(event.dataTransfer));
      },
      { signal },
    );
    element.addEventListener(
      'paste',
      (event) => {
        const { clipboardData } = event;
        if (clipboardData === null || clipboardData.files.length === 0) return;
        // Copied table cells include a picture of themselves; a copied picture includes markup but no text.
        if (isInField(event) && clipboardData.getData('text/plain') !== '') return;
        event.preventDefault();
        notify({ files: [...clipboardData.files], folders: [], link: null });
      },
      { signal },
    );
    return () => stop.abort();
  }, [root, isEnabled]);
  return isEnabled ? draggedCount : null;
}

const isInField = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;

/** Files from anywhere; links only where no field would take them as text. */
function isAccepted(event: DragEvent): boolean {
  const isLink = event.dataTransfer?.types.includes('text/uri-list') === true;
  return isFileDrag(event) || (isLink && !isInField(event));
}

const countIn = ({ dataTransfer }: DragEvent) =>
  [...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file').length;
