import { useEffectEvent, useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';
import { isFileDrag, readDroppedItems } from '../../../../ui/browser/fileDrop.ts';
import type { DroppedItems } from '../../../../ui/browser/fileDrop.ts';

/**
 * Takes files that are dropped on the element or pasted in it; answers how many hang over it, null when none do. A paste with
 * words goes where the words go.
 */
export function useFileDrop(
  root: RefObject<HTMLElement | null>,
  isEnabled: boolean,
  take: (dropped: DroppedItems) => void,
): number | null {
  const [over, setOver] = useState<number | null>(null);
  const onTake = useEffectEvent(take);

  // Before the element is painted: nothing that is dropped on it is too early.
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null || !isEnabled) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    // Each child that the pointer crosses says enter before the last one says leave.
    let depth = 0;
    element.addEventListener(
      'dragenter',
      (event) => {
        if (!isTakable(event)) return;
        event.preventDefault();
        depth += 1;
        setOver(countIn(event));
      },
      { signal },
    );
    element.addEventListener(
      'dragover',
      (event) => {
        if (!isTakable(event) || event.dataTransfer === null) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      { signal },
    );
    element.addEventListener(
      'dragleave',
      (event) => {
        if (!isTakable(event)) return;
        depth = Math.max(0, depth - 1);
        if (depth === 0) setOver(null);
      },
      { signal },
    );
    element.addEventListener(
      'drop',
      (event) => {
        depth = 0;
        setOver(null);
        if (!isTakable(event) || event.dataTransfer === null) return;
        event.preventDefault();
        onTake(readDroppedItems(event.dataTransfer));
      },
      { signal },
    );
    element.addEventListener(
      'paste',
      (event) => {
        const { clipboardData } = event;
        if (clipboardData === null || clipboardData.files.length === 0) return;
        // What is copied from a table brings a picture of itself along; a picture copied from a page brings markup, and no words.
        if (isInField(event) && clipboardData.getData('text/plain') !== '') return;
        event.preventDefault();
        onTake({ files: [...clipboardData.files], folders: [], link: null });
      },
      { signal },
    );
    return () => stop.abort();
  }, [root, isEnabled]);
  return isEnabled ? over : null;
}

const isInField = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;

/** Files from anywhere; links only where no field would take them as text. */
function isTakable(event: DragEvent): boolean {
  const isLink = event.dataTransfer?.types.includes('text/uri-list') === true;
  return isFileDrag(event) || (isLink && !isInField(event));
}

const countIn = ({ dataTransfer }: DragEvent) =>
  [...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file').length;
