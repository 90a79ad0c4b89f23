import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../data/account/useTimeZone.ts';
import type { Task } from '../../domain/task/task.ts';
import type { LocalDateTime } from '../../domain/task/reminderTimes.ts';
import type { Day } from '../../domain/time/time.ts';
import { shortDay } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { datePatch, postponePatch, repeatPatch } from '../../domain/changes/datePatch.ts';
import type { RepeatChoice } from './propertyPickers.tsx';
import type { RunBatch } from './useBatchJob.ts';

/** Changes of start, due date and reminder: one change a task, and the message for all of them. */
export function useDateHandlers(run: RunBatch) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const name = ([only]: readonly Task[]) => truncateName(only?.subject ?? '');

  const reminderOff = (tasks: readonly Task[]) =>
    run({
      items: tasks,
      commandOf: (task) => (task.isReminderOn ? { kind: 'updateTask', task, patch: { isReminderOn: false } } : null),
      progressLabel: t`${plural(tasks.length, { one: 'Changing # reminder', other: 'Changing # reminders' })}`,
      message: (count) => t`${plural(count, { one: '# reminder is off now', other: '# reminders are off now' })}`,
    });

  return {
    setDue(tasks: readonly Task[], day: Day | null) {
      let movedStarts = 0;
      const when = day === null ? null : shortDay(day, today, locale);
      return run({
        items: tasks,
        commandOf(task) {
          const edit = datePatch(task, { field: 'due', day }, zone);
          if (edit?.movesOther === true) movedStarts += 1;
          return edit === null ? null : { kind: 'updateTask', task, patch: edit.patch };
        },
        progressLabel: t`${plural(tasks.length, { one: 'Changing # due date', other: 'Changing # due dates' })}`,
        message(count) {
          const sentence =
            tasks.length === 1
              ? when === null
                ? t`“${name(tasks)}” has no due date now`
                : t`“${name(tasks)}” is due ${when}`
              : when === null
                ? t`${plural(count, { one: '# task has no due date now', other: '# tasks have no due date now' })}`
                : t`${plural(count, { one: `# task is due ${when}`, other: `# tasks are due ${when}` })}`;
          if (movedStarts === 0) return sentence;
          // The start moves with the due date (docs/protocol.md#start-and-due-dates): the sentence says so.
          const moved =
            when === null
              ? t`${plural(movedStarts, { one: '# start date removed', other: '# start dates removed' })}`
              : t`${plural(movedStarts, { one: '# start date moved, too', other: '# start dates moved, too' })}`;
          return t`${sentence}; ${moved}`;
        },
      });
    },

    setStart(tasks: readonly Task[], day: Day | null) {
      let movedDues = 0;
      const when = day === null ? null : shortDay(day, today, locale);
      return run({
        items: tasks,
        commandOf(task) {
          const edit = datePatch(task, { field: 'start', day }, zone);
          if (edit?.movesOther === true) movedDues += 1;
          return edit === null ? null : { kind: 'updateTask', task, patch: edit.patch };
        },
        progressLabel: t`${plural(tasks.length, { one: 'Changing # start', other: 'Changing # starts' })}`,
        message(count) {
          const sentence =
            when === null
              ? t`${plural(count, { one: '# task has no start now', other: '# tasks have no start now' })}`
              : t`${plural(count, { one: `# task starts ${when}`, other: `# tasks start ${when}` })}`;
          const moved = t`${plural(movedDues, { one: '# due date moved, too', other: '# due dates moved, too' })}`;
          return movedDues === 0 ? sentence : t`${sentence}; ${moved}`;
        },
      });
    },

    postpone: (tasks: readonly Task[], days: number) =>
      run({
        items: tasks,
        commandOf(task) {
          const patch = postponePatch(task, days, zone);
          return patch && { kind: 'updateTask', task, patch };
        },
        progressLabel: t`${plural(tasks.length, { one: 'Changing # due date', other: 'Changing # due dates' })}`,
        message(count) {
          const later = t`${plural(days, { one: '# day', other: '# days' })}`;
          return t`${plural(count, { one: `# task is due ${later} later`, other: `# tasks are due ${later} later` })}`;
        },
      }),

    /** A reminder at this time of the mailbox's zone; null turns it off. */
    setReminder: (tasks: readonly Task[], at: LocalDateTime | null) =>
      at === null
        ? reminderOff(tasks)
        : run({
            items: tasks,
            commandOf: (task) => ({
              kind: 'updateTask',
              task,
              patch: { reminder: { local: `${at}:00.000`, zone }, isReminderOn: true },
            }),
            progressLabel: t`${plural(tasks.length, { one: 'Changing # reminder', other: 'Changing # reminders' })}`,
            message: (count) => t`${plural(count, { one: '# reminder is set', other: '# reminders are set' })}`,
          }),

    /** The same pattern for all: each task moves to its first day. Null ends their series. */
    setRepeat: (tasks: readonly Task[], choice: RepeatChoice) =>
      run({
        items: tasks,
        commandOf(task) {
          if (choice === null)
            return task.recurrence === null ? null : { kind: 'updateTask', task, patch: { recurrence: null } };
          return { kind: 'updateTask', task, patch: repeatPatch(task, choice.pattern, today, zone) };
        },
        progressLabel: t`${plural(tasks.length, { one: 'Changing # task', other: 'Changing # tasks' })}`,
        message: (count) =>
          choice === null
            ? t`${plural(count, { one: '# task does not repeat now', other: '# tasks do not repeat now' })}`
            : t`${plural(count, { one: '# task repeats now', other: '# tasks repeat now' })}`,
      }),

    reminderOff,
  };
}
