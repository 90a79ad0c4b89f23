import type { DragEvent } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { draggedTasksType, useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import type { Importance, Mailbox, Task } from '../../../domain/task/task.ts';
import type { TaskKeyCommand } from '../../../domain/task/taskKeys.ts';
import type { Day } from '../../../domain/time/time.ts';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { useLazyChunk } from '../../../ui/loading/useLazyChunk.ts';
import type { RowTarget } from '../row/rowTarget.ts';
import type { SelectionState } from '../selection/useSelection.ts';

export type SelectionCommand = TaskKeyCommand | 'duplicate';

/** Until it is loaded, the browser draws the drag image. */
const dragImageChunk = createLazyChunk(() => import('../grid/dragImage.ts'));

type Input = {
  mailbox: Mailbox;
  /** Null in a read-only list. */
  selection: SelectionState | null;
  /** Closes the task where it is the open one. */
  close: (task: Task) => void;
  open: (task: Task) => void;
};

/** Bulk actions of the list: for the selection, for one task, and by dragging. */
export function useSelectionCommands({ mailbox, selection, close, open }: Input) {
  const { capabilities } = useDeps();
  const bulkActions = useBulkActions();
  const dragImage = useLazyChunk(dragImageChunk, false);
  const selected = selection?.tasks ?? [];
  const [first] = selected;
  const importance = selected.every((task) => task.importance === first?.importance)
    ? (first?.importance ?? null)
    : null;

  const closeAll = (tasks: readonly Task[]) => {
    for (const task of tasks) close(task);
  };
  const setImportance = (level: Importance) =>
    bulkActions.enqueue({ kind: 'importance', mailbox, tasks: selected, importance: level });

  function forTasks(command: SelectionCommand, tasks: readonly Task[]) {
    if (tasks.length === 0) return;
    switch (command) {
      case 'toggle':
        bulkActions.enqueue({ kind: 'complete', mailbox, tasks });
        break;
      case 'remove':
        closeAll(tasks);
        bulkActions.enqueue({ kind: 'delete', mailbox, tasks });
        break;
      case 'purge':
        if (capabilities.purge) bulkActions.enqueue({ kind: 'purge', mailbox, tasks, onPurged: () => closeAll(tasks) });
        break;
      case 'duplicate':
        bulkActions.enqueue({ kind: 'duplicate', mailbox, tasks });
        break;
      default:
        bulkActions.enqueue({ kind: 'pick', property: command, mailbox, tasks, onOpen: open });
    }
  }

  return {
    /** The importance of all selected tasks; null where they differ. */
    importance,
    setImportance,
    setDue: (day: Day | null) => bulkActions.enqueue({ kind: 'due', mailbox, tasks: selected, day }),
    forTasks,
    forSelected(command: SelectionCommand) {
      forTasks(command, selected);
      // Afterwards the selected rows are removed or elsewhere in the list.
      if (command === 'toggle' || command === 'remove' || command === 'duplicate') selection?.act({ kind: 'clear' });
    },
    /** Drags the selection when the row is part of it, else the row alone. */
    drag: capabilities.move
      ? (event: DragEvent, { task }: RowTarget) => {
          const tasks = selected.includes(task) ? selected : [task];
          event.dataTransfer.setData(draggedTasksType, '');
          event.dataTransfer.setData('text/plain', tasks.map(({ subject }) => subject).join('\n'));
          event.dataTransfer.effectAllowed = 'move';
          bulkActions.setDragged({ mailbox, tasks });
          if (dragImage.state === 'here') dragImage.part.showDragImage(event, task.subject, tasks.length);
        }
      : undefined,
    drop: () => bulkActions.setDragged(null),
  };
}
