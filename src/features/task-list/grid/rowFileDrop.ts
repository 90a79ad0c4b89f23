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

/** Attaches files dropped on a row to its task, through its editor. */
export function useRowDrops(grid: RefObject<HTMLElement | null>, { isReadOnly, taskOf, onOpen }: Input): void {
  const keyOf = useStableKey();
  const taskUnder = useEffectEvent((row: HTMLElement | null) => (row === null || isReadOnly ? undefined : taskOf(row)));
  const attachFiles = useEffectEvent((task: Task, data: DataTransfer) => {
    queueDroppedFiles({ ...readDroppedItems(data), task: keyOf(task.id) });
    onOpen(task);
  });
  // A layout effect: rows accept drops from their first paint.
  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    const listeners = new AbortController();
    const { signal } = listeners;
    let marked: HTMLElement | null = null;
    const mark = (row: HTMLElement | null) => {
      marked?.removeAttribute('data-drop');
      marked = row;
      marked?.setAttribute('data-drop', '');
    };
    const rowUnder = ({ target }: DragEvent) => (target === null ? null : rowElementOf(target));
    element.addEventListener(
      'dragover',
      (event) => {
        if (!isFileDrag(event) || event.dataTransfer === null) return;
        const row = rowUnder(event);
        const task = taskUnder(row);
        mark(task === undefined ? null : row);
        if (task === undefined) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      { signal },
    );
    element.addEventListener(
      'dragleave',
      ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) mark(null);
      },
      { signal },
    );
    element.addEventListener(
      'drop',
      (event) => {
        mark(null);
        if (!isFileDrag(event) || event.dataTransfer === null) return;
        const task = taskUnder(rowUnder(event));
        if (task === undefined) return;
        event.preventDefault();
        attachFiles(task, event.dataTransfer);
      },
      { signal },
    );
    return () => {
      mark(null);
      listeners.abort();
    };
  }, [grid]);
}
