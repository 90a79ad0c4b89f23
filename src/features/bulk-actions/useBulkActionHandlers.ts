import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import type { BatchRunner } from './useBatchJob.tsx';
import { useDateHandlers } from './useDateHandlers.ts';
import type { MoveTarget } from './useMoveTargets.ts';
import { usePropertyHandlers } from './usePropertyHandlers.ts';

/** The actions that need no answer first, and those that have theirs: one change a task, and the message for all of them. */
export function useBulkActionHandlers(mailbox: Mailbox, runner: BatchRunner) {
  const { t } = useLingui();
  const { run, plan } = runner;
  const dates = useDateHandlers(mailbox, runner);
  const properties = usePropertyHandlers(mailbox, runner);
  const name = ([only]: readonly Task[]) => truncateName(only?.subject ?? '');

  return {
    ...dates,
    ...properties,

    complete: (tasks: readonly Task[]) =>
      run({
        tasks,
        planOf: (task) => (task.status === 'completed' ? null : plan.complete(mailbox, task)),
        progressLabel: t`${plural(tasks.length, { one: 'Completing # task', other: 'Completing # tasks' })}`,
        doneLabel: (count) =>
          tasks.length === 1
            ? t`Completed “${name(tasks)}”`
            : t`${plural(count, { one: 'Completed # task', other: 'Completed # tasks' })}`,
      }),

    remove: (tasks: readonly Task[]) =>
      run({
        tasks,
        planOf: (task) => plan.remove(mailbox, task),
        progressLabel: t`${plural(tasks.length, { one: 'Deleting # task', other: 'Deleting # tasks' })}`,
        doneLabel: (count) =>
          tasks.length === 1
            ? t`Deleted “${name(tasks)}”`
            : t`${plural(count, { one: 'Deleted # task', other: 'Deleted # tasks' })}`,
      }),

    move(tasks: readonly Task[], to: Pick<MoveTarget, 'id' | 'name'>) {
      const folder = truncateName(to.name);
      return run({
        tasks,
        planOf: (task) => (task.folderId === to.id ? null : plan.move(mailbox, task, to.id)),
        progressLabel: t`${plural(tasks.length, { one: 'Moving # task', other: 'Moving # tasks' })}`,
        doneLabel: (count) =>
          tasks.length === 1
            ? t`Moved “${name(tasks)}” to “${folder}”`
            : t`${plural(count, { one: `Moved # task to “${folder}”`, other: `Moved # tasks to “${folder}”` })}`,
      });
    },
  };
}
