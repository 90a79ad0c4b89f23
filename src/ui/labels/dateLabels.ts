import { daysBetween, msBetween, toDay } from '../../domain/time/time.ts';
import type { Day, Instant } from '../../domain/time/time.ts';

/*
 * Formats days and times (docs/design.md#wording). `locale` is that of `useDateLocale()`: it decides order, first
 * weekday and clock. "Today" is always an argument; nothing here reads a clock.
 */

const dayMs = 86_400_000;
const epochDay = toDay('1970-01-01');
const epoch = '1970-01-01T00:00:00.000Z';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Cached, because creating a format is slow and rows use the same few. */
function formatFor(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

const relatives = new Map<string, Intl.RelativeTimeFormat>();

function relative(count: number, unit: 'day' | 'week', locale: string): string {
  let format = relatives.get(locale);
  if (!format) relatives.set(locale, (format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })));
  const text = format.format(count, unit);
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

function ofDay(day: Day, locale: string, options: Intl.DateTimeFormatOptions): string {
  return formatFor(locale, { ...options, timeZone: 'UTC' }).format(daysBetween(epochDay, day) * dayMs);
}

function yearIfOther(day: Day, today: Day): Intl.DateTimeFormatOptions {
  return day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' };
}

/** 'Today', 'Tomorrow', 'Yesterday', else 'Fri 27 Mar'; the year only when it is another one. */
export function dayLabel(day: Day, today: Day, locale: string): string {
  const away = daysBetween(today, day);
  return Math.abs(away) <= 1 ? relative(away, 'day', locale) : shortDay(day, today, locale);
}

/** 'Fri 27 Mar', also for today. */
export function shortDay(day: Day, today: Day, locale: string): string {
  return ofDay(day, locale, { weekday: 'short', day: 'numeric', month: 'short', ...yearIfOther(day, today) });
}

/** 'Friday 27 March', for headings and screen readers. */
export function longDay(day: Day, today: Day, locale: string): string {
  return ofDay(day, locale, { weekday: 'long', day: 'numeric', month: 'long', ...yearIfOther(day, today) });
}

/** A day 'yyyy-MM-dd' as 'Tomorrow' or 'Friday 27 March', two of them 'a/b' as '4 – 11 Apr', a month 'yyyy-MM' as 'April'. */
export function periodLabel(period: string, today: Day, locale: string): string {
  if (period.length < 10) {
    const first = toDay(`${period}-01`);
    return ofDay(first, locale, { month: 'long', ...yearIfOther(first, today) });
  }
  const day = toDay(period);
  if (period.length > 10) return dayRange(day, toDay(period.slice(11)), today, locale);
  return daysBetween(today, day) === 1 ? dayLabel(day, today, locale) : longDay(day, today, locale);
}

/** The urgency of a due date, which sets its colour; a completed task has none. */
export function dueTone(due: Day | null | undefined, today: Day, isDone: boolean): 'plain' | 'now' | 'late' {
  if (isDone || !due || due > today) return 'plain';
  return due === today ? 'now' : 'late';
}

/** '4 – 11 Apr', shortened by the rules of the locale; with the year when either day is in another one. */
export function dayRange(first: Day, last: Day, today: Day, locale: string): string {
  const year = { ...yearIfOther(first, today), ...yearIfOther(last, today) };
  const format = formatFor(locale, { day: 'numeric', month: 'short', ...year, timeZone: 'UTC' });
  return format.formatRange(daysBetween(epochDay, first) * dayMs, daysBetween(epochDay, last) * dayMs);
}

/** '2 Mar', where the weekday is irrelevant: "Created 2 Mar". */
export function dateLabel(day: Day, today: Day, locale: string): string {
  return ofDay(day, locale, { day: 'numeric', month: 'short', ...yearIfOther(day, today) });
}

/** 'Fri', next to a suggested day. */
export function weekdayLabel(day: Day, locale: string): string {
  return ofDay(day, locale, { weekday: 'short' });
}

/** 'Friday'. */
export function weekdayName(day: Day, locale: string): string {
  return ofDay(day, locale, { weekday: 'long' });
}

/** 'Today', 'In 9 days', '2 days ago'; in whole weeks beyond two weeks. */
export function relativeDay(day: Day, today: Day, locale: string): string {
  const away = daysBetween(today, day);
  return Math.abs(away) <= 14 ? relative(away, 'day', locale) : relative(Math.trunc(away / 7), 'week', locale);
}

/** '14:30' or '2:30 PM', by locale. */
export function clockLabel(instant: Instant, zone: string, locale: string): string {
  return formatFor(locale, { timeStyle: 'short', timeZone: zone }).format(msBetween(epoch, instant));
}

/** The same for a wall-clock time '14:30'. */
export function timeLabel(time: string, locale: string): string {
  return clockLabel(`1970-01-01T${time.slice(0, 5)}:00.000Z`, 'UTC', locale);
}
