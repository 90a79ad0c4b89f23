import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../data/account/useTimeZone.ts';
import type { Mailbox, Task, TaskStatus } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import { shortDay } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { applyCategoryChoice } from './categorySelection.ts';
import type { CategoryChoice } from './categorySelection.ts';
import { datePatch, postponePatch } from './datePatch.ts';
import type { MoveTarget } from './useMoveTargets.ts';
import type { useBatchJob } from './useBatchJob.tsx';

/** The errands that ask nothing, and what comes of those that did: one change for each task, and the words for it. */
export function useBulkActionHandlers(
  mailbox: Mailbox,
  { work, steps }: Pick<ReturnType<typeof useBatchJob>, 'work' | 'steps'>,
) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const name = ([only]: readonly Task[]) => truncateName(only?.subject ?? '');

  return {
    complete: (tasks: readonly Task[]) =>
      work({
        tasks,
        stepOf: (task) => (task.status === 'completed' ? null : steps.complete(mailbox, task)),
        doing: t`${plural(tasks.length, { one: 'Completing # task', other: 'Completing # tasks' })}`,
        done: (count) =>
          tasks.length === 1
            ? t`Completed “${name(tasks)}”`
            : t`${plural(count, { one: 'Completed # task', other: 'Completed # tasks' })}`,
      }),

    remove: (tasks: readonly Task[]) =>
      work({
        tasks,
        stepOf: (task) => steps.remove(mailbox, task),
        doing: t`${plural(tasks.length, { one: 'Deleting # task', other: 'Deleting # tasks' })}`,
        done: (count) =>
          tasks.length === 1
            ? t`Deleted “${name(tasks)}”`
            : t`${plural(count, { one: 'Deleted # task', other: 'Deleted # tasks' })}`,
      }),

    move(tasks: readonly Task[], to: Pick<MoveTarget, 'id' | 'name'>) {
      const folder = truncateName(to.name);
      return work({
        tasks,
        stepOf: (task) => (task.folderId === to.id ? null : steps.move(mailbox, task, to.id)),
        doing: t`${plural(tasks.length, { one: 'Moving # task', other: 'Moving # tasks' })}`,
        done: (count) =>
          tasks.length === 1
            ? t`Moved “${name(tasks)}” to “${folder}”`
            : t`${plural(count, { one: `Moved # task to “${folder}”`, other: `Moved # tasks to “${folder}”` })}`,
      });
    },

    setDue(tasks: readonly Task[], day: Day | null) {
      let starts = 0;
      const when = day === null ? null : shortDay(day, today, locale);
      return work({
        tasks,
        stepOf(task) {
          const made = datePatch(task, { field: 'due', day }, zone);
          if (made?.movesOther === true) starts += 1;
          return made === null ? null : steps.update(mailbox, task, made.patch);
        },
        doing: t`${plural(tasks.length, { one: 'Changing # due day', other: 'Changing # due days' })}`,
        done(count) {
          const said =
            tasks.length === 1
              ? when === null
                ? t`“${name(tasks)}” has no due day now`
                : t`“${name(tasks)}” is due ${when}`
              : when === null
                ? t`${plural(count, { one: '# task has no due day now', other: '# tasks have no due day now' })}`
                : t`${plural(count, { one: `# task is due ${when}`, other: `# tasks are due ${when}` })}`;
          if (starts === 0) return said;
          // Never a silent change: a start needs a due day and does not come after it.
          const along =
            when === null
              ? t`${plural(starts, { one: '# start is gone too', other: '# starts are gone too' })}`
              : t`${plural(starts, { one: '# start moved along', other: '# starts moved along' })}`;
          return t`${said}; ${along}`;
        },
      });
    },

    setStart(tasks: readonly Task[], day: Day | null) {
      let dues = 0;
      const when = day === null ? null : shortDay(day, today, locale);
      return work({
        tasks,
        stepOf(task) {
          const made = datePatch(task, { field: 'start', day }, zone);
          if (made?.movesOther === true) dues += 1;
          return made === null ? null : steps.update(mailbox, task, made.patch);
        },
        doing: t`${plural(tasks.length, { one: 'Changing # start', other: 'Changing # starts' })}`,
        done(count) {
          const said =
            when === null
              ? t`${plural(count, { one: '# task has no start now', other: '# tasks have no start now' })}`
              : t`${plural(count, { one: `# task starts ${when}`, other: `# tasks start ${when}` })}`;
          const along = t`${plural(dues, { one: '# due day came along', other: '# due days came along' })}`;
          return dues === 0 ? said : t`${said}; ${along}`;
        },
      });
    },

    postpone: (tasks: readonly Task[], days: number) =>
      work({
        tasks,
        stepOf(task) {
          const patch = postponePatch(task, days, zone);
          return patch && steps.update(mailbox, task, patch);
        },
        doing: t`${plural(tasks.length, { one: 'Changing # due day', other: 'Changing # due days' })}`,
        done(count) {
          const later = t`${plural(days, { one: '# day', other: '# days' })}`;
          return t`${plural(count, { one: `# task is due ${later} later`, other: `# tasks are due ${later} later` })}`;
        },
      }),

    reminderOff: (tasks: readonly Task[]) =>
      work({
        tasks,
        stepOf: (task) => (task.isReminderOn ? steps.update(mailbox, task, { isReminderOn: false }) : null),
        doing: t`${plural(tasks.length, { one: 'Changing # reminder', other: 'Changing # reminders' })}`,
        done: (count) => t`${plural(count, { one: '# reminder is off now', other: '# reminders are off now' })}`,
      }),

    /** Completing is another errand: it moves series on. */
    setStatus(tasks: readonly Task[], status: Exclude<TaskStatus, 'completed'>) {
      const names = {
        notStarted: t`not started`,
        inProgress: t`in progress`,
        waitingOnOthers: t`waiting on others`,
        deferred: t`deferred`,
      };
      const state = names[status];
      return work({
        tasks,
        stepOf: (task) => (task.status === status ? null : steps.update(mailbox, task, { status })),
        doing: t`${plural(tasks.length, { one: 'Changing # task', other: 'Changing # tasks' })}`,
        done: (count) => t`${plural(count, { one: `# task is ${state} now`, other: `# tasks are ${state} now` })}`,
      });
    },

    setImportance(tasks: readonly Task[], importance: Task['importance']) {
      const names = { low: t`low`, normal: t`normal`, high: t`high` };
      const level = names[importance];
      return work({
        tasks,
        stepOf: (task) => (task.importance === importance ? null : steps.update(mailbox, task, { importance })),
        doing: t`${plural(tasks.length, { one: 'Changing # task', other: 'Changing # tasks' })}`,
        done: (count) =>
          t`${plural(count, { one: `# task has ${level} importance now`, other: `# tasks have ${level} importance now` })}`,
      });
    },

    setCategories: (tasks: readonly Task[], choice: CategoryChoice) =>
      work({
        tasks,
        stepOf(task) {
          const categories = applyCategoryChoice(task, choice);
          return categories === null ? null : steps.update(mailbox, task, { categories: [...categories] });
        },
        doing: t`${plural(tasks.length, { one: 'Changing # task', other: 'Changing # tasks' })}`,
        done: (count) =>
          t`${plural(count, { one: 'Changed the categories of # task', other: 'Changed the categories of # tasks' })}`,
      }),
  };
}
