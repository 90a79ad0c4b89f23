import { useDeps } from '../../../data/dataProvider.tsx';
import { useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';
import type { TaskProperty } from '../../../domain/task/taskKeys.ts';

/** What is asked for here and done elsewhere, as it is from the list; what the server has no way for is absent. */
export type TaskBulkActions = {
  /** Asks for the value of a property. */
  pick: (property: TaskProperty) => void;
  move: (() => void) | undefined;
  duplicate: () => void;
  purge: (() => void) | undefined;
};

/** @param whenGone called when the task was deleted for good. */
export function useTaskBulkActions(mailbox: Mailbox, task: Task, whenGone: () => void): TaskBulkActions {
  const { capabilities } = useDeps();
  const { enqueue } = useBulkActions();
  const about = { mailbox, tasks: [task] };
  return {
    pick: (property) => enqueue({ kind: 'pick', property, ...about }),
    move: capabilities.move ? () => enqueue({ kind: 'pick', property: 'move', ...about }) : undefined,
    duplicate: () => enqueue({ kind: 'duplicate', ...about }),
    purge: capabilities.purge ? () => enqueue({ kind: 'purge', ...about, onPurged: whenGone }) : undefined,
  };
}
