import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { Task } from '../../../domain/task/task.ts';
import { dateOf, dayOf } from '../../../domain/time/time.ts';
import type { Instant } from '../../../domain/time/time.ts';
import { clockLabel, longDay } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { recurrenceSentence } from '../../../ui/labels/recurrenceLabels.ts';
import { importanceLabels, sensitivityLabels, statusLabels } from '../../../ui/labels/taskLabels.ts';

/** A task's values in words without relative dates, as print stays the same tomorrow. */
export function usePrintLabels() {
  const { t, i18n } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const day = (instant: Instant) => longDay(dayOf(instant, zone), today, locale);
  const moment = (instant: Instant) =>
    `${longDay(dateOf(instant, zone), today, locale)}, ${clockLabel(instant, zone, locale)}`;
  const repeat = ({ recurrence }: Task) => recurrence && recurrenceSentence(i18n, recurrence, { today, locale });

  /** One line under the subject. */
  function lineOf(task: Task): string {
    const { due, completed, status, categories } = task;
    const dates =
      status === 'completed'
        ? [completed !== null && t`Completed ${day(completed)}`]
        : [due !== null && t`Due ${day(due)}`, repeat(task), status !== 'notStarted' && i18n._(statusLabels[status])];
    return [...dates, categories.join(', ')].filter((part) => typeof part === 'string' && part !== '').join(' · ');
  }

  /** All values, in the order of the editor. */
  function factsOf(task: Task): readonly { name: string; value: string }[] {
    const { start, due, completed, reminder, isReminderOn, status, importance, sensitivity, categories } = task;
    const facts: readonly (readonly [string, string | null | false])[] = [
      [t`Status`, i18n._(statusLabels[status])],
      [t`Start`, start !== null && day(start)],
      [t`Due`, due !== null && day(due)],
      [t`Completed`, completed !== null && status === 'completed' && day(completed)],
      [t`Repeat`, repeat(task)],
      [t`Reminder`, isReminderOn && reminder !== null && moment(reminder)],
      [t`Importance`, importance !== 'normal' && i18n._(importanceLabels[importance])],
      [t`Sensitivity`, sensitivity !== 'normal' && i18n._(sensitivityLabels[sensitivity])],
      [t`Categories`, categories.length > 0 && categories.join(', ')],
    ];
    return facts.flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : []));
  }
  return { lineOf, factsOf };
}
