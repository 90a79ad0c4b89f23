import type { Recurrence, RecurrenceRequest, WeekIndex } from '../../domain/task/task.ts';
import type { Weekday, Day } from '../../domain/time/time.ts';
import { weekIndexes } from '../../domain/task/task.ts';
import { weekdays, daysInMonth, isDay, weekdayOf } from '../../domain/time/time.ts';

/** The parts of an RRULE in jCal (RFC 7265 §3.6.10). */
export type RruleParts = {
  freq: string;
  interval?: number | undefined;
  count?: number | undefined;
  until?: string | undefined;
  wkst?: number | undefined;
  byday?: string | readonly string[] | undefined;
  bymonthday?: number | readonly number[] | undefined;
  bymonth?: number | readonly number[] | undefined;
  bysetpos?: number | readonly number[] | undefined;
};

const positions: Readonly<Record<WeekIndex, number>> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };

/** A pattern as an RFC 5545 rule; days that a month lacks become its last day (docs/protocol.md#dates-of-a-series). */
export function toRrule(pattern: Recurrence['pattern']): RruleParts {
  const { interval } = pattern;
  switch (pattern.type) {
    case 'daily':
      return { freq: 'DAILY', interval };
    case 'weekly':
      return { freq: 'WEEKLY', interval, byday: codes(pattern.daysOfWeek), wkst: weekStart(pattern.firstDayOfWeek) };
    case 'absoluteMonthly':
      return { freq: 'MONTHLY', interval, ...dayOfMonth(pattern.dayOfMonth) };
    case 'relativeMonthly':
      return { freq: 'MONTHLY', interval, byday: codes(pattern.daysOfWeek), bysetpos: positions[pattern.index] };
    case 'absoluteYearly':
      return { freq: 'YEARLY', interval, bymonth: pattern.month, bymonthday: dayOfYear(pattern) };
    case 'relativeYearly': {
      const days = { byday: codes(pattern.daysOfWeek), bysetpos: positions[pattern.index] };
      return { freq: 'YEARLY', interval, bymonth: pattern.month, ...days };
    }
  }
}

function dayOfMonth(day: number): Pick<RruleParts, 'bymonthday' | 'bysetpos'> {
  if (day <= 28) return { bymonthday: day };
  // More programs understand the last day of a month than a position in a set.
  if (day === 31) return { bymonthday: -1 };
  return { bymonthday: [28, 29, 30].filter((date) => date <= day), bysetpos: -1 };
}

/** A day that the month lacks in some or all years becomes its last day. */
function dayOfYear({ month, dayOfMonth: day }: { month: number; dayOfMonth: number }): number {
  return day > daysInMonth(2025, month) ? -1 : day;
}

const code = (day: Weekday) => day.slice(0, 2).toUpperCase();
const codes = (days: readonly Weekday[]) => days.map(code);

/** jCal numbers the days of a week from Sunday, 1. */
const weekStart = (day: Weekday) => weekdays.indexOf(day) + 1;

/**
 * A rule of another program as a recurrence that begins on `startDate`. Undefined where the API has no pattern for it:
 * several days of a month, hours, weeks of a year, an invalid end. The caller reports it instead of importing another
 * rule.
 */
export function fromRrule(parts: RruleParts | undefined, startDate: Day): RecurrenceRequest | undefined {
  if (parts === undefined) return undefined;
  const pattern = patternOf(parts, startDate);
  if (pattern === undefined || !isPlain(parts)) return undefined;
  if (parts.count !== undefined) {
    return { pattern, range: { type: 'numbered', startDate, numberOfOccurrences: parts.count } };
  }
  if (parts.until === undefined) return { pattern, range: { type: 'noEnd', startDate } };
  const endDate = parts.until.slice(0, 10);
  return isDay(endDate) ? { pattern, range: { type: 'endDate', startDate, endDate } } : undefined;
}

const knownParts = new Set([
  'freq',
  'interval',
  'count',
  'until',
  'wkst',
  'byday',
  'bymonthday',
  'bymonth',
  'bysetpos',
]);
const isPlain = (parts: RruleParts) => Object.keys(parts).every((name) => knownParts.has(name));

function patternOf(parts: RruleParts, start: Day): Recurrence['pattern'] | undefined {
  const interval = parts.interval ?? 1;
  const days = listOf(parts.byday);
  const months = listOf(parts.bymonth);
  switch (parts.freq) {
    case 'DAILY':
      if (days.length === 0 && isEmpty(parts.bymonthday)) return { type: 'daily', interval };
      // Daily, limited to some weekdays: a weekly rule.
      return interval === 1 && isEmpty(parts.bymonthday) ? weekly(parts, days, 1, start) : undefined;
    case 'WEEKLY':
      return weekly(parts, days, interval, start);
    case 'MONTHLY': {
      if (months.length > 0) return undefined;
      const relative = relativeOf(parts, days);
      if (relative !== undefined) return { type: 'relativeMonthly', interval, ...relative };
      const day = days.length === 0 ? dayIn(parts, start) : undefined;
      return day === undefined ? undefined : { type: 'absoluteMonthly', interval, dayOfMonth: day };
    }
    case 'YEARLY': {
      const month = months.length === 0 ? Number(start.slice(5, 7)) : months[0];
      if (month === undefined || months.length > 1) return undefined;
      const relative = relativeOf(parts, days);
      // Without a month, "the second Tuesday" counts in the whole year, for which the API has no pattern.
      if (relative !== undefined)
        return months.length === 0 ? undefined : { type: 'relativeYearly', interval, month, ...relative };
      const day = days.length === 0 ? dayIn(parts, start) : undefined;
      return day === undefined ? undefined : { type: 'absoluteYearly', interval, month, dayOfMonth: day };
    }
    default:
      return undefined;
  }
}

function weekly(parts: RruleParts, days: readonly string[], interval: number, start: Day) {
  const daysOfWeek = days.length === 0 ? [weekdayOf(start)] : days.map(dayNamed);
  if (!daysOfWeek.every((day) => day !== undefined) || !isEmpty(parts.bysetpos)) return undefined;
  const firstDayOfWeek = weekdays[(parts.wkst ?? 2) - 1] ?? 'monday';
  return { type: 'weekly', interval, daysOfWeek, firstDayOfWeek } as const;
}

/** `2TU`, or weekdays with a position: `MO,TU,WE,TH,FR` with `BYSETPOS=-1` is the last working day. */
function relativeOf(parts: RruleParts, days: readonly string[]) {
  if (days.length === 0 || !isEmpty(parts.bymonthday)) return undefined;
  const [position, ...others] = listOf(parts.bysetpos);
  const numbered = days.length === 1 ? /^([+-]?\d)([A-Z]{2})$/.exec(days[0] ?? '') : null;
  const names = numbered === null ? days : [numbered[2] ?? ''];
  const index = weekIndexes.find((index) => positions[index] === (numbered === null ? position : Number(numbered[1])));
  const daysOfWeek = names.map(dayNamed);
  if (index === undefined || others.length > 0 || !daysOfWeek.every((day) => day !== undefined)) return undefined;
  return { daysOfWeek, index };
}

/** One day of a month. The last day, or the last of a set of days, is a day that short months clamp. */
function dayIn(parts: RruleParts, start: Day): number | undefined {
  const days = listOf(parts.bymonthday);
  const [position] = listOf(parts.bysetpos);
  const [day] = days;
  if (day === undefined) return Number(start.slice(8));
  if (days.length === 1 && (position === undefined || position === 1 || position === -1)) {
    return day === -1 ? 31 : day > 0 ? day : undefined;
  }
  const isRun = days.every((date, at) => date === 28 + at);
  return isRun && position === -1 ? days.at(-1) : undefined;
}

const dayNamed = (name: string) => weekdays.find((day) => code(day) === name);
const isEmpty = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);

function listOf<T extends string | number>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}
