import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Importance, Task, TaskStatus } from '../../domain/task/task.ts';
import { applyCategoryChoice } from './categorySelection.ts';
import type { CategoryChoice } from './categorySelection.ts';
import type { RunBatch } from './useBatchJob.ts';

/** Changes of status, importance and categories: one change a task, and the message for all of them. */
export function usePropertyHandlers(run: RunBatch) {
  const { t } = useLingui();

  return {
    /** Not for completing: that moves a series to its next occurrence. */
    setStatus(tasks: readonly Task[], status: Exclude<TaskStatus, 'completed'>) {
      const labels = {
        notStarted: t`not started`,
        inProgress: t`in progress`,
        waitingOnOthers: t`waiting on others`,
        deferred: t`deferred`,
      };
      const state = labels[status];
      return run({
        items: tasks,
        commandOf: (task) => (task.status === status ? null : { kind: 'updateTask', task, patch: { status } }),
        progressLabel: t`${plural(tasks.length, { one: 'Changing # task', other: 'Changing # tasks' })}`,
        message: (count) => t`${plural(count, { one: `# task is ${state} now`, other: `# tasks are ${state} now` })}`,
      });
    },

    setImportance(tasks: readonly Task[], importance: Importance) {
      const labels = { low: t`low`, normal: t`normal`, high: t`high` };
      const level = labels[importance];
      return run({
        items: tasks,
        commandOf: (task) =>
          task.importance === importance ? null : { kind: 'updateTask', task, patch: { importance } },
        progressLabel: t`${plural(tasks.length, { one: 'Changing # task', other: 'Changing # tasks' })}`,
        message: (count) =>
          t`${plural(count, { one: `# task has ${level} importance now`, other: `# tasks have ${level} importance now` })}`,
      });
    },

    setCategories: (tasks: readonly Task[], choice: CategoryChoice) =>
      run({
        items: tasks,
        commandOf(task) {
          const categories = applyCategoryChoice(task, choice);
          return categories === null ? null : { kind: 'updateTask', task, patch: { categories: [...categories] } };
        },
        progressLabel: t`${plural(tasks.length, { one: 'Changing # task', other: 'Changing # tasks' })}`,
        message: (count) =>
          t`${plural(count, { one: 'Changed the categories of # task', other: 'Changed the categories of # tasks' })}`,
      }),
  };
}
