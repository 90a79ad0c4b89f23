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
  const { can } = useDeps();
  const { ask } = useBulkActions();
  const about = { mailbox, tasks: [task] };
  return {
    move: can.move ? () => ask({ kind: 'pickFolder', ...about }) : undefined,
    duplicate: () => ask({ kind: 'duplicate', ...about }),
    purge: can.purge ? () => ask({ kind: 'purge', ...about, whenGone }) : undefined,
  };
}
