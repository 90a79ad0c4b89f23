import { lastDayOf, occurrences } from './recurrence.ts';
import { weekIndexes } from '../task/task.ts';
import { weekdays, addDays, daysInMonth, weekdayOf, toDay } from '../time/time.ts';
import type { Recurrence, RecurrenceRequest, WeekIndex } from '../task/task.ts';
import type { Weekday, Day } from '../time/time.ts';
import { workdays } from '../time/weekdays.ts';

export type RecurrencePattern = Recurrence['pattern'];

/** Which of its weekday's days in the month this is: the 27th is a fourth, or the last where no fifth follows. */
export function weekIndexOf(day: Day): WeekIndex {
  const date = Number(day.slice(8));
  const isLast = date + 7 > daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
  return isLast ? 'last' : (weekIndexes[Math.floor((date - 1) / 7)] ?? 'last');
}

/** The patterns that people choose most, for a task of this day. */
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

/** True when both mean the same days, whatever their order or where the week is counted from. */
export function isSamePattern(a: RecurrencePattern, b: RecurrencePattern): boolean {
  return JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
}

function comparable(pattern: RecurrencePattern) {
  const { type, interval } = pattern;
  const days = 'daysOfWeek' in pattern ? weekdays.filter((day) => pattern.daysOfWeek.includes(day)) : [];
  // Where the week begins tells only which weeks are left out.
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
  /** The next days, at most as many as asked for. */
  days: readonly Day[];
  /** How many follow after those; null when the series has no end in sight. */
  more: number | null;
  /** The last one of all, where there is one. */
  last: Day | null;
};

/** The days that a rule without problems gives: the next few, how many more there are, and the last. */
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

/** A preview counts no further than this. */
const maxOccurrences = 2000;

/** The last day of a series that is too long to count: the one before its end date. */
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

/** A rule as it is asked for, with a start date: the form that the engine takes. */
export function startRecurrence({ pattern, range }: RecurrenceRequest, day: Day): Recurrence {
  return { pattern, range: { ...range, startDate: range.startDate ?? day } };
}
