import type { Recurrence, RecurrenceRequest, WeekIndex } from '../../../domain/task/task.ts';
import type { Weekday, Day } from '../../../domain/time/time.ts';
import { weekIndexes } from '../../../domain/task/task.ts';
import { lastRecurrenceDay } from '../../../domain/recurrence/recurrence.ts';
import { keysOf } from '../../../domain/objectKeys.ts';
import { weekdays, daysInMonth, isDay, weekdayOf } from '../../../domain/time/time.ts';

/** The parts of an RRULE (RFC 5545 §3.3.10), as jCal names them. */
export type RruleParts = {
  freq: string;
  interval?: number | undefined;
  count?: number | undefined;
  /** The last day. */
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

const partValues = {
  freq: /^(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  interval: /^\d{1,9}$/,
  count: /^\d{1,9}$/,
  wkst: /^(?:SU|MO|TU|WE|TH|FR|SA)$/,
  byday: /^[+-]?\d{0,2}(?:SU|MO|TU|WE|TH|FR|SA)$/,
  bymonthday: /^[+-]?(?:[1-9]|[12]\d|3[01])$/,
  bymonth: /^(?:[1-9]|0[1-9]|1[0-2])$/,
  bysetpos: /^[+-]?\d{1,3}$/,
} as const;

/**
 * The parts of a rule; undefined for a rule with any part that is unknown, invalid or given twice.
 * @param untilDay the last day that an UNTIL means; undefined for an invalid one.
 */
export function readRrule(text: string, untilDay: (until: string) => Day | undefined): RruleParts | undefined {
  const found = new Map<string, readonly string[]>();
  for (const part of text.trim().toUpperCase().split(';').slice(0, 20)) {
    const [name = '', value = '', ...rest] = part.split('=');
    if (rest.length > 0 || found.has(name)) return undefined;
    if (part !== '') found.set(name, value.split(','));
  }
  const known = new Set([...keysOf(partValues).map((name) => name.toUpperCase()), 'UNTIL']);
  if ([...found.keys()].some((name) => !known.has(name))) return undefined;
  const isValid = keysOf(partValues).every((name) =>
    (found.get(name.toUpperCase()) ?? []).every((value) => partValues[name].test(value)),
  );
  const single = (name: string) => {
    const values = found.get(name);
    return values?.length === 1 ? values[0] : undefined;
  };
  const isSingle = ['FREQ', 'INTERVAL', 'COUNT', 'WKST', 'UNTIL'].every(
    (name) => !found.has(name) || single(name) !== undefined,
  );
  const [freq, until, wkst] = [single('FREQ'), single('UNTIL'), single('WKST')];
  const last = until === undefined ? undefined : untilDay(until);
  if (!isValid || !isSingle || freq === undefined || (until !== undefined && last === undefined)) return undefined;
  const number = (name: string) => (found.has(name) ? Number(single(name)) : undefined);
  const list = (name: string) => found.get(name)?.map(Number);
  return {
    freq,
    interval: number('INTERVAL'),
    count: number('COUNT'),
    until: last,
    wkst: wkst === undefined ? undefined : weekdays.findIndex((day) => code(day) === wkst) + 1,
    byday: found.get('BYDAY'),
    bymonthday: list('BYMONTHDAY'),
    bymonth: list('BYMONTH'),
    bysetpos: list('BYSETPOS'),
  };
}

/**
 * A rule of another program as a recurrence that begins on `startDate`. Undefined where the API has no pattern for it:
 * several days of a month, hours, weeks of a year, some months only. The caller reports it instead of importing another
 * rule.
 */
export function fromRrule(parts: RruleParts | undefined, startDate: Day): RecurrenceRequest | undefined {
  if (parts === undefined) return undefined;
  const pattern = patternOf(parts, startDate);
  if (pattern === undefined || (parts.count !== undefined && parts.until !== undefined)) return undefined;
  if (parts.count !== undefined) {
    return { pattern, range: { type: 'numbered', startDate, numberOfOccurrences: parts.count } };
  }
  if (parts.until === undefined) return { pattern, range: { type: 'noEnd', startDate } };
  const endDate = parts.until;
  if (!isDay(endDate)) return undefined;
  // "For ever" in programs that need an end.
  if (endDate > lastRecurrenceDay) return { pattern, range: { type: 'noEnd', startDate } };
  return { pattern, range: { type: 'endDate', startDate, endDate } };
}

/** Whether a rule leaves out the months (or years) that lack its day, in which its pattern has the month's last day. */
export function skipsShortMonths(parts: RruleParts, { pattern }: RecurrenceRequest): boolean {
  if (!isEmpty(parts.bysetpos)) return false;
  if (listOf(parts.bymonthday).some((day) => day < 0)) return false;
  if (pattern.type === 'absoluteMonthly') return pattern.dayOfMonth > 28;
  return pattern.type === 'absoluteYearly' && pattern.dayOfMonth > daysInMonth(2025, pattern.month);
}

function patternOf(parts: RruleParts, start: Day): Recurrence['pattern'] | undefined {
  const interval = parts.interval ?? 1;
  const days = listOf(parts.byday);
  const months = listOf(parts.bymonth);
  if (months.length > 0 && parts.freq !== 'YEARLY') return undefined;
  switch (parts.freq) {
    case 'DAILY':
      if (!isEmpty(parts.bysetpos)) return undefined;
      if (days.length === 0 && isEmpty(parts.bymonthday)) return { type: 'daily', interval };
      // Daily, limited to some weekdays: a weekly rule.
      return interval === 1 && isEmpty(parts.bymonthday) ? weekly(parts, days, 1, start) : undefined;
    case 'WEEKLY':
      return isEmpty(parts.bymonthday) ? weekly(parts, days, interval, start) : undefined;
    case 'MONTHLY': {
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
  if (days.length === 0) return undefined;
  if (!isEmpty(parts.bymonthday)) return weekOfMonth(parts, days);
  const [position, ...others] = listOf(parts.bysetpos);
  const numbered = days.length === 1 ? /^([+-]?\d)([A-Z]{2})$/.exec(days[0] ?? '') : null;
  if (numbered !== null && position !== undefined) return undefined;
  const names = numbered === null ? days : [numbered[2] ?? ''];
  const index = weekIndexes.find((index) => positions[index] === (numbered === null ? position : Number(numbered[1])));
  const daysOfWeek = names.map(dayNamed);
  if (index === undefined || others.length > 0 || !daysOfWeek.every((day) => day !== undefined)) return undefined;
  return { daysOfWeek, index };
}

/** `BYDAY=SU` with `BYMONTHDAY=8,9,10,11,12,13,14` is the second Sunday. */
function weekOfMonth(parts: RruleParts, days: readonly string[]) {
  const dates = listOf(parts.bymonthday).toSorted((a, b) => a - b);
  const [first = 0] = dates;
  const isWeek = dates.length === 7 && dates.every((date, at) => date === first + at);
  const index = weekIndexes.find((name) => name !== 'last' && (positions[name] - 1) * 7 + 1 === first);
  const [day, ...others] = days.map(dayNamed);
  if (!isWeek || index === undefined || day === undefined || others.length > 0) return undefined;
  return isEmpty(parts.bysetpos) ? { daysOfWeek: [day], index } : undefined;
}

/** One day of a month. The last day, or the last of a set of days, is a day that short months clamp. */
function dayIn(parts: RruleParts, start: Day): number | undefined {
  const days = listOf(parts.bymonthday);
  const [position, ...others] = listOf(parts.bysetpos);
  const [day] = days;
  if (others.length > 0) return undefined;
  if (day === undefined) return position === undefined ? Number(start.slice(8)) : undefined;
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
