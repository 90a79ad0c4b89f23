import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../data/account/useTimeZone.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import { shortDay } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { datePatch, postponePatch } from './datePatch.ts';
import type { BatchRunner } from './useBatchJob.tsx';

/** Changes of start, due day and reminder: one change a task, and the message for all of them. */
export function useDateHandlers(mailbox: Mailbox, { run, plan }: BatchRunner) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const name = ([only]: readonly Task[]) => truncateName(only?.subject ?? '');

  return {
    setDue(tasks: readonly Task[], day: Day | null) {
      let movedStarts = 0;
      const when = day === null ? null : shortDay(day, today, locale);
      return run({
        tasks,
        planOf(task) {
          const edit = datePatch(task, { field: 'due', day }, zone);
          if (edit?.movesOther === true) movedStarts += 1;
          return edit === null ? null : plan.update(mailbox, task, edit.patch);
        },
        progressLabel: t`${plural(tasks.length, { one: 'Changing # due day', other: 'Changing # due days' })}`,
        doneLabel(count) {
          const message =
            tasks.length === 1
              ? when === null
                ? t`“${name(tasks)}” has no due day now`
                : t`“${name(tasks)}” is due ${when}`
              : when === null
                ? t`${plural(count, { one: '# task has no due day now', other: '# tasks have no due day now' })}`
                : t`${plural(count, { one: `# task is due ${when}`, other: `# tasks are due ${when}` })}`;
          if (movedStarts === 0) return message;
          // The start moves with the due day (docs/protocol.md#start-and-due-dates): the message says so.
          const moved =
            when === null
              ? t`${plural(movedStarts, { one: '# start is gone too', other: '# starts are gone too' })}`
              : t`${plural(movedStarts, { one: '# start moved along', other: '# starts moved along' })}`;
          return t`${message}; ${moved}`;
        },
      });
    },

    setStart(tasks: readonly Task[], day: Day | null) {
      let movedDues = 0;
      const when = day === null ? null : shortDay(day, today, locale);
      return run({
        tasks,
        planOf(task) {
          const edit = datePatch(task, { field: 'start', day }, zone);
          if (edit?.movesOther === true) movedDues += 1;
          return edit === null ? null : plan.update(mailbox, task, edit.patch);
        },
        progressLabel: t`${plural(tasks.length, { one: 'Changing # start', other: 'Changing # starts' })}`,
        doneLabel(count) {
          const message =
            when === null
              ? t`${plural(count, { one: '# task has no start now', other: '# tasks have no start now' })}`
              : t`${plural(count, { one: `# task starts ${when}`, other: `# tasks start ${when}` })}`;
          const moved = t`${plural(movedDues, { one: '# due day came along', other: '# due days came along' })}`;
          return movedDues === 0 ? message : t`${message}; ${moved}`;
        },
      });
    },

    postpone: (tasks: readonly Task[], days: number) =>
      run({
        tasks,
        planOf(task) {
          const patch = postponePatch(task, days, zone);
          return patch && plan.update(mailbox, task, patch);
        },
        progressLabel: t`${plural(tasks.length, { one: 'Changing # due day', other: 'Changing # due days' })}`,
        doneLabel(count) {
          const later = t`${plural(days, { one: '# day', other: '# days' })}`;
          return t`${plural(count, { one: `# task is due ${later} later`, other: `# tasks are due ${later} later` })}`;
        },
      }),

    reminderOff: (tasks: readonly Task[]) =>
      run({
        tasks,
        planOf: (task) => (task.isReminderOn ? plan.update(mailbox, task, { isReminderOn: false }) : null),
        progressLabel: t`${plural(tasks.length, { one: 'Changing # reminder', other: 'Changing # reminders' })}`,
        doneLabel: (count) => t`${plural(count, { one: '# reminder is off now', other: '# reminders are off now' })}`,
      }),
  };
}
