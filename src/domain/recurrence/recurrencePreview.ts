import { lastDayOf, occurrences } from './recurrence.ts';
import type { Recurrence } from '../task/task.ts';
import { addDays, toDay } from '../time/time.ts';
import type { Day } from '../time/time.ts';

export type RecurrencePreview = {
  /** The next days, at most as many as requested. */
  days: readonly Day[];
  /** The number of days after those; null when the series has no end or is too long to count. */
  more: number | null;
  /** The last day of the series, if it has one. */
  last: Day | null;
};

/** The days of a rule without problems: the next few, the number of further ones, and the last. */
export function previewRecurrence(rule: Recurrence, count: number): RecurrencePreview {
  const days: Day[] = [];
  let [more, last]: [number, Day | null] = [0, null];
  for (const day of occurrences(rule, toDay(rule.range.startDate))) {
    last = day;
    if (days.length < count) days.push(day);
    else if (rule.range.type === 'noEnd') return { days, more: null, last: null };
    else if (++more > maxOccurrences) return { days, more: null, last: endOf(rule) };
  }
  return { days, more, last };
}

/** The most days that a preview counts. */
const maxOccurrences = 2000;

/** The last day of a series that is too long to count: the last one up to its end date. */
function endOf(rule: Recurrence): Day | null {
  if (rule.range.type !== 'endDate') return null;
  const end = lastDayOf(rule.range);
  let last: Day | null = null;
  for (const step of [40, 400, 4000, 40_000]) {
    for (const day of occurrences(rule, addDays(end, -step))) last = day;
    if (last !== null) return last;
  }
  return last;
}
