import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../data/settings.ts';
import type { Place, Task } from '../../domain/task.ts';
import type { Day } from '../../domain/time.ts';
import { shortDay } from '../../ui/dates.ts';
import { useDateLocale } from '../../ui/locale.ts';
import { nameInWords } from '../../ui/names.ts';
import { categoriesAfter } from './categoryMarks.ts';
import type { CategoryChoice } from './categoryMarks.ts';
import { duePatch } from './duePatch.ts';
import type { Target } from './useTargets.ts';
import type { useWork } from './useWork.tsx';

/** The errands that ask nothing, and what comes of those that did: one change for each task, and the words for it. */
export function usePerform(
  mailbox: Place['mailbox'],
  { work, steps }: Pick<ReturnType<typeof useWork>, 'work' | 'steps'>,
) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const name = ([only]: readonly Task[]) => nameInWords(only?.subject ?? '');

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

    move(tasks: readonly Task[], to: Pick<Target, 'id' | 'name'>) {
      const folder = nameInWords(to.name);
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
          const made = duePatch(task, day, zone);
          if (made?.movesStart === true) starts += 1;
          return made === null ? null : steps.update(mailbox, task, made.patch);
        },
        doing: t`${plural(tasks.length, { one: 'Changing # due day', other: 'Changing # due days' })}`,
        done(count) {
          const said =
            when === null
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
          const categories = categoriesAfter(task, choice);
          return categories === null ? null : steps.update(mailbox, task, { categories: [...categories] });
        },
        doing: t`${plural(tasks.length, { one: 'Changing # task', other: 'Changing # tasks' })}`,
        done: (count) =>
          t`${plural(count, { one: 'Changed the categories of # task', other: 'Changed the categories of # tasks' })}`,
      }),
  };
}
