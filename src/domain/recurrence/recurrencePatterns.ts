import { occurrences } from './recurrence.ts';
import { weekIndexes } from '../task/task.ts';
import { weekdays, daysInMonth, weekdayOf } from '../time/time.ts';
import type { Recurrence, WeekIndex } from '../task/task.ts';
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
