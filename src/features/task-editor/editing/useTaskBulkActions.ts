import { useDeps } from '../../../data/dataProvider.tsx';
import { useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';

/** What is asked for here and done elsewhere, as it is from the list; what the server has no way for is absent. */
export type TaskBulkActions = {
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
    move: capabilities.move ? () => enqueue({ kind: 'pickFolder', ...about }) : undefined,
    duplicate: () => enqueue({ kind: 'duplicate', ...about }),
    purge: capabilities.purge ? () => enqueue({ kind: 'purge', ...about, onPurged: whenGone }) : undefined,
  };
}
