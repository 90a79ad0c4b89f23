import { useEffectEvent, useLayoutEffect } from 'react';
import type { RefObject } from 'react';
import { queueDroppedFiles } from '../../../data/attachments/useDroppedFiles.ts';
import { useStableKey } from '../../../data/outbox/usePendingChanges.ts';
import type { Task } from '../../../domain/task/task.ts';
import { isFileDrag, readDroppedItems } from '../../../ui/browser/fileDrop.ts';
import { rowElementOf } from '../row/rowActions.ts';

type Input = {
  isReadOnly: boolean;
  taskOf: (row: HTMLElement) => Task | undefined;
  onOpen: (task: Task) => void;
};

/** Files that are dropped on a row are its task's: its editor opens and takes them. */
export function useRowDrops(grid: RefObject<HTMLElement | null>, { isReadOnly, taskOf, onOpen }: Input): void {
  const keyOf = useStableKey();
  const over = useEffectEvent((row: HTMLElement | null) => (row === null || isReadOnly ? undefined : taskOf(row)));
  const take = useEffectEvent((task: Task, data: DataTransfer) => {
    queueDroppedFiles({ ...readDroppedItems(data), task: keyOf(task.id) });
    onOpen(task);
  });
  // Before a row is painted: nothing that can be dropped on it is too early.
  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    let lit: HTMLElement | null = null;
    const light = (row: HTMLElement | null) => {
      lit?.removeAttribute('data-drop');
      lit = row;
      lit?.setAttribute('data-drop', '');
    };
    const rowUnder = ({ target }: DragEvent) => (target === null ? null : rowElementOf(target));
    element.addEventListener(
      'dragover',
      (event) => {
        if (!isFileDrag(event) || event.dataTransfer === null) return;
        const row = rowUnder(event);
        const task = over(row);
        light(task === undefined ? null : row);
        if (task === undefined) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      { signal },
    );
    element.addEventListener(
      'dragleave',
      ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) light(null);
      },
      { signal },
    );
    element.addEventListener(
      'drop',
      (event) => {
        light(null);
        if (!isFileDrag(event) || event.dataTransfer === null) return;
        const task = over(rowUnder(event));
        if (task === undefined) return;
        event.preventDefault();
        take(task, event.dataTransfer);
      },
      { signal },
    );
    return () => {
      light(null);
      stop.abort();
    };
  }, [grid]);
}
