import { lastDayOf, occurrences } from './recurrence.ts';
import { weekIndexes } from '../task/task.ts';
import { weekdays, addDays, daysInMonth, weekdayOf, toDay } from '../time/time.ts';
import type { Recurrence, RecurrenceRequest, WeekIndex } from '../task/task.ts';
import type { Weekday, Day } from '../time/time.ts';
import { workdays } from '../time/weekdays.ts';

export type RecurrencePattern = Recurrence['pattern'];

/** Which of its weekday in the month the day is: the 27th is the fourth, or the last where no fifth follows. */
export function weekIndexOf(day: Day): WeekIndex {
  const date = Number(day.slice(8));
  const isLast = date + 7 > daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
  return isLast ? 'last' : (weekIndexes[Math.floor((date - 1) / 7)] ?? 'last');
}

/** The most common patterns for a task on this day. */
export function commonPatterns(day: Day, firstDayOfWeek: Weekday): readonly RecurrencePattern[] {
  const weekday = weekdayOf(day);
  const [month, dayOfMonth] = [Number(day.slice(5, 7)), Number(day.slice(8))];
  return [
    { type: 'daily', interval: 1 },
    { type: 'weekly', interval: 1, daysOfWeek: workdays, firstDayOfWeek },
    { type: 'weekly', interval: 1, daysOfWeek: [weekday], firstDayOfWeek },
    { type: 'absoluteMonthly', interval: 1, dayOfMonth },
    { type: 'relativeMonthly', interval: 1, daysOfWeek: [weekday], index: weekIndexOf(day) },
    { type: 'absoluteYearly', interval: 1, month, dayOfMonth },
  ];
}

/** Whether both patterns mean the same days, whatever their order or first day of the week. */
export function isSamePattern(a: RecurrencePattern, b: RecurrencePattern): boolean {
  return JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
}

function comparable(pattern: RecurrencePattern) {
  const { type, interval } = pattern;
  const days = 'daysOfWeek' in pattern ? weekdays.filter((day) => pattern.daysOfWeek.includes(day)) : [];
  // The first day of the week matters only for weekly patterns that skip weeks.
  const first = pattern.type === 'weekly' && interval > 1 && days.length > 1 ? pattern.firstDayOfWeek : null;
  return [
    type,
    interval,
    days,
    first,
    'index' in pattern ? pattern.index : null,
    'month' in pattern ? pattern.month : null,
    'dayOfMonth' in pattern ? pattern.dayOfMonth : null,
  ];
}

/**
 * The first day of the pattern on or after `day`: the first date of a series that starts there
 * (docs/protocol.md#dates-of-a-series).
 */
export function firstDayOfPattern(pattern: RecurrencePattern, day: Day): Day | undefined {
  const rule: Recurrence = { pattern, range: { type: 'noEnd', startDate: day } };
  return occurrences(rule, day).next().value ?? undefined;
}

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

/** The recurrence of a request, with its start date set, as `occurrences` needs it. */
export function startRecurrence({ pattern, range }: RecurrenceRequest, day: Day): Recurrence {
  return { pattern, range: { ...range, startDate: range.startDate ?? day } };
}
