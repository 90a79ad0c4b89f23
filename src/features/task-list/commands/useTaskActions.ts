import { useRef } from 'react';
import { useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import { useTaskCommands } from '../../../data/tasks/useTaskCommands.ts';
import type { Importance, Mailbox, Task } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';

export type TaskActions = {
  /** `onUndo` is called when the completion is undone, by any control or key. */
  complete: (task: Task, onUndo: () => void) => void;
  /** Undoes a completion of this list. */
  undoComplete: (task: Task) => void;
  reopen: (task: Task) => void;
  remove: (task: Task) => void;
  setDue: (task: Task, day: Day | null) => void;
  setImportance: (task: Task, importance: Importance) => void;
  /** Undoes the last command; false when there is none. */
  undo: () => boolean;
};

/** Commands of one task in the list. */
export function useTaskActions(mailbox: Mailbox): TaskActions {
  const { run, undoLast } = useTaskCommands(mailbox);
  const { enqueue } = useBulkActions();
  /** The undo of each completion, by task id. */
  const completions = useRef(new Map<string, () => void>());

  return {
    complete(task, onUndo) {
      const { undo } = run({ kind: 'completeTask', task }, { onUndo });
      completions.current.set(task.id, undo);
    },
    undoComplete: (task) => completions.current.get(task.id)?.(),
    reopen: (task) => void run({ kind: 'reopenTask', task }),
    remove: (task) => void run({ kind: 'deleteTask', task }),
    setDue: (task, day) => enqueue({ kind: 'due', mailbox, tasks: [task], day }),
    setImportance: (task, importance) => void run({ kind: 'updateTask', task, patch: { importance } }),
    undo: undoLast,
  };
}
