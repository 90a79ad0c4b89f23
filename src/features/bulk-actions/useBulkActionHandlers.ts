import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Task, TaskStatus } from '../../domain/task/task.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import type { RunBatch } from './useBatchJob.ts';
import { useDateHandlers } from './useDateHandlers.ts';
import type { MoveTarget } from './useMoveTargets.ts';
import { usePropertyHandlers } from './usePropertyHandlers.ts';

/** The actions that need no answer first, and those that have theirs: one change a task, and the message for all of them. */
export function useBulkActionHandlers(run: RunBatch) {
  const { t } = useLingui();
  const dates = useDateHandlers(run);
  const properties = usePropertyHandlers(run);
  const name = ([only]: readonly Task[]) => truncateName(only?.subject ?? '');

  const complete = (tasks: readonly Task[]) =>
    run({
      items: tasks,
      commandOf: (task) => (task.status === 'completed' ? null : { kind: 'completeTask', task }),
      progressLabel: t`${plural(tasks.length, { one: 'Completing # task', other: 'Completing # tasks' })}`,
    });

  return {
    ...dates,
    ...properties,
    complete,

    chooseStatus: (tasks: readonly Task[], status: TaskStatus) =>
      status === 'completed' ? complete(tasks) : properties.setStatus(tasks, status),

    remove: (tasks: readonly Task[]) =>
      run({
        items: tasks,
        commandOf: (task) => ({ kind: 'deleteTask', task }),
        progressLabel: t`${plural(tasks.length, { one: 'Deleting # task', other: 'Deleting # tasks' })}`,
      }),

    move(tasks: readonly Task[], to: Pick<MoveTarget, 'id' | 'name'>) {
      const folder = truncateName(to.name);
      return run({
        items: tasks,
        commandOf: (task) => (task.folderId === to.id ? null : { kind: 'moveTask', task, toFolderId: to.id }),
        progressLabel: t`${plural(tasks.length, { one: 'Moving # task', other: 'Moving # tasks' })}`,
        message: (count) =>
          tasks.length === 1
            ? t`Moved “${name(tasks)}” to “${folder}”`
            : t`${plural(count, { one: `Moved # task to “${folder}”`, other: `Moved # tasks to “${folder}”` })}`,
      });
    },
  };
}
