import type { DragEvent } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { draggedTasksType, useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import type { Importance, Mailbox, Task } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';
import { useLazyChunk } from '../../../ui/loading/lazyChunk.ts';
import type { TaskCommand } from '../grid/gridKeys.ts';
import { lazyDragImage } from '../selection/lazySelection.ts';
import { nextImportance } from './useTaskActions.ts';
import type { RowTarget } from '../grid/taskGrid.tsx';
import type { SelectionState } from '../selection/useSelection.ts';

type Command = Exclude<TaskCommand, 'open' | 'link'> | 'duplicate';

type Input = {
  mailbox: Mailbox;
  /** Null where tasks are only to be looked at. */
  selection: SelectionState | null;
  /** Closes the task, if it is the open one. */
  close: (task: Task) => void;
};

/** Errands of the list: for the selection, for one task, and by dragging. */
export function useSelectionCommands({ mailbox, selection, close }: Input) {
  const { capabilities } = useDeps();
  const errands = useBulkActions();
  const drawn = useLazyChunk(lazyDragImage, false);
  const selected = selection?.tasks ?? [];
  const [first] = selected;
  const importance = selected.every((task) => task.importance === first?.importance)
    ? (first?.importance ?? null)
    : null;

  const closeAll = (tasks: readonly Task[]) => {
    for (const task of tasks) close(task);
  };
  const setImportance = (level: Importance, tasks = selected) =>
    errands.enqueue({ kind: 'importance', mailbox, tasks, importance: level });

  function forTasks(command: Command, tasks: readonly Task[]) {
    if (tasks.length === 0) return;
    switch (command) {
      case 'toggle':
        errands.enqueue({ kind: 'complete', mailbox, tasks });
        break;
      case 'remove':
        closeAll(tasks);
        errands.enqueue({ kind: 'delete', mailbox, tasks });
        break;
      case 'purge':
        if (capabilities.purge) errands.enqueue({ kind: 'purge', mailbox, tasks, onPurged: () => closeAll(tasks) });
        break;
      case 'move':
        if (capabilities.move) errands.enqueue({ kind: 'pickFolder', mailbox, tasks });
        break;
      case 'due':
        errands.enqueue({ kind: 'pickDue', mailbox, tasks });
        break;
      case 'categories':
        errands.enqueue({ kind: 'pickCategories', mailbox, tasks });
        break;
      case 'importance':
        setImportance(importance === null ? 'high' : nextImportance(importance), tasks);
        break;
      case 'duplicate':
        errands.enqueue({ kind: 'duplicate', mailbox, tasks });
    }
  }

  return {
    /** That all selected tasks have; null where they differ. */
    importance,
    setImportance,
    setDue: (day: Day | null) => errands.enqueue({ kind: 'due', mailbox, tasks: selected, day }),
    forTasks,
    forSelected(command: Command) {
      forTasks(command, selected);
      // What is done is done: the rows leave, or stand somewhere else.
      if (command === 'toggle' || command === 'remove' || command === 'duplicate') selection?.act({ kind: 'clear' });
    },
    /** Carries the selection when the row is part of it, else the row alone. */
    drag: capabilities.move
      ? (event: DragEvent, { task }: RowTarget) => {
          const tasks = selected.includes(task) ? selected : [task];
          event.dataTransfer.setData(draggedTasksType, '');
          event.dataTransfer.setData('text/plain', tasks.map(({ subject }) => subject).join('\n'));
          event.dataTransfer.effectAllowed = 'move';
          errands.setDragged({ mailbox, tasks });
          if (drawn.state === 'here') drawn.part.showDragImage(event, task.subject, tasks.length);
        }
      : undefined,
    drop: () => errands.setDragged(null),
  };
}
