import { toZonedTime } from 'date-fns-tz/toZonedTime';
import { ianaZoneOf } from './windowsZones.ts';
import { limits } from '../limits.ts';

/** An instant as ISO text in UTC with three fraction digits, '2026-03-29T00:00:00.000Z'. Sorts as text. */
export type Instant = string;

/** A calendar day without a time, '2026-03-29'. Sorts as text. */
export type Day = string & { readonly day: true };

export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/** A wall-clock reading and the IANA zone it was read in: '2026-03-29T02:30:00.000', 'Europe/Paris'. */
export type ZonedTime = { local: string; zone: string };

/** Everything that depends on the time takes a clock as an argument. */
export type Clock = { now(): Instant; today(zone: string): Day };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The system clock; `readMs` returns milliseconds since 1970, as `Date.now` does. */
export function systemClock(readMs: () => number): Clock {
  const now = () => isoOf(readMs());
  return { now, today: (zone) => dateOf(now(), zone) };
}

// ---- Instants ------------------------------------------------------------------------------------------------------

const instantText = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
// Every month has these days; only other days need the calendar.
const commonDay = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/**
 * Whether a value is an instant in the format of `Instant`. Checked as text: a Date for each of many thousand records
 * is slow.
 */
export function isInstant(value: unknown): value is Instant {
  if (typeof value !== 'string') return false;
  return commonDay.test(value) || (instantText.test(value) && isDay(value.slice(0, 10)));
}

export function addMs(instant: Instant, ms: number): Instant {
  return isoOf(msOf(instant) + ms);
}

/** Milliseconds from `a` to `b`; negative when `b` is earlier. */
export function msBetween(a: Instant, b: Instant): number {
  return msOf(b) - msOf(a);
}

/** The instant of a wall-clock time. A time that the clock skips moves forward; of one that occurs twice, the first. */
export function instantOf(time: ZonedTime): Instant {
  const wall = wallMs(time.local);
  const { before, found } = instantsOfWallTime(wall, time.zone);
  return isoOf(found ?? wall - before);
}

/** The first instant of the local day; the time of day is dropped (docs/protocol.md#rules-for-dates). */
export function midnightOf(time: ZonedTime): Instant {
  const wall = wallMs(time.local.slice(0, 10));
  const { before, after, found } = instantsOfWallTime(wall, time.zone);
  return isoOf(found ?? transitionBetween(wall - after, wall - before, time.zone));
}

export function atMidnight(day: Day, zone: string): Instant {
  return midnightOf({ local: day, zone });
}

/**
 * The day of a start, due date or completion: the NEAREST local midnight, so that a date written in a zone up to twelve
 * hours away keeps its day (docs/protocol.md#reading-a-date-in-another-zone).
 */
export function dayOf(instant: Instant, zone: string): Day {
  return dayAt(localMs(instant, zone) + dayMs / 2);
}

/** The calendar date that contains the instant: for reminders and timestamps, which have a time of day. */
export function dateOf(instant: Instant, zone: string): Day {
  return dayAt(localMs(instant, zone));
}

/** The wall-clock time at that instant, 'yyyy-MM-ddTHH:mm:ss.SSS'. */
export function localOf(instant: Instant, zone: string): string {
  return isoOf(localMs(instant, zone)).slice(0, -1);
}

/** The zone's UTC offset at that instant, '-07:00'. */
export function offsetText(instant: Instant, zone: string): string {
  const minutes = offsetAt(msOf(instant), zone) / minuteMs;
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

export function zonedDay(day: Day, zone: string): ZonedTime {
  return { local: `${day}T00:00:00.000`, zone };
}

/**
 * A Date whose local getters show this wall-clock time, for libraries that use local time. Its instant has no meaning.
 */
export function localDate(local: string): Date {
  return new Date(local.slice(0, 19));
}

// ---- Days ----------------------------------------------------------------------------------------------------------

/** Whether the text is a day of the calendar written 'yyyy-MM-dd'. */
export function isDay(text: string): text is Day {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, date] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
}

/**
 * The day at the start of a text that is known to contain one: a day or a wall-clock time.
 * @throws RangeError when it does not.
 */
export function toDay(text: string): Day {
  const day = text.slice(0, 10);
  if (!isDay(day)) throw new RangeError(`'${text}' does not begin with a calendar day`);
  return day;
}

export function addDays(day: Day, count: number): Day {
  return dayAt(msOf(day) + count * dayMs);
}

/** The same day of a later or earlier month; a day that the month lacks becomes its last day. */
export function addMonths(day: Day, count: number): Day {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  return dayInMonth(Math.floor(months / 12), (months % 12) + 1, Number(day.slice(8)));
}

/**
 * Day `date` of a month counted from 1; a day that the month lacks becomes its last day
 * (docs/protocol.md#dates-of-a-series).
 */
export function dayInMonth(year: number, month: number, date: number): Day {
  return checkedDay(`${String(year).padStart(4, '0')}-${two(month)}-${two(Math.min(date, daysInMonth(year, month)))}`);
}

export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return (msOf(b) - msOf(a)) / dayMs;
}

export function weekdayOf(day: Day): Weekday {
  // 1 January 1970 was a Thursday.
  const weekday = weekdays[modulo(msOf(day) / dayMs + 4, 7)];
  if (weekday === undefined) throw new RangeError(`Not a day: ${day}`);
  return weekday;
}

/** The last `first` on or before the day. */
export function startOfWeek(day: Day, first: Weekday): Day {
  const back = weekdays.indexOf(weekdayOf(day)) - weekdays.indexOf(first);
  return addDays(day, -modulo(back, 7));
}

// ---- Text from elsewhere ---------------------------------------------------------------------------------------------

const dateTimeText = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d*))?)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * Reads the formats of docs/protocol.md#text-formats. `local` is the wall-clock time as written; `instant` is set when
 * the text has an offset. Undefined for text without a time between the years 1601 and 4500, the range of the store.
 */
export function parseDateTime(text: string): { local: string; instant?: Instant } | undefined {
  const [matched, day, hour = '00', minute = '00', second = '00', fraction = '', offset] =
    dateTimeText.exec(text) ?? [];
  if (matched === undefined || day === undefined || !isDay(day)) return undefined;
  if (hour > '23' || minute > '59' || second > '59' || day < '1601-01-02' || day > '4500-12-30') return undefined;
  const local = `${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  if (offset === undefined) return { local };
  const distance = offsetMs(offset);
  if (distance === undefined) return undefined;
  return { local, instant: isoOf(wallMs(local) - distance) };
}

const canonicalNames = new Map<string, string | undefined>();

/**
 * The IANA zone of an IANA or Windows name in any letter case; undefined when unknown (docs/protocol.md#zone-names).
 */
export function canonicalZone(name: string): string | undefined {
  if (name.length > limits.zoneName) return undefined;
  const cached = canonicalNames.get(name);
  if (cached !== undefined || canonicalNames.has(name)) return cached;
  const zone = resolveZone(ianaZoneOf(name) ?? name);
  // Names come from requests, so the cache must be bounded.
  if (canonicalNames.size >= 2048) canonicalNames.clear();
  canonicalNames.set(name, zone);
  return zone;
}

function resolveZone(name: string): string | undefined {
  // Intl also accepts '+05:30', which is an offset and not a zone.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

// ---- Offsets ---------------------------------------------------------------------------------------------------------

/** A span of time in a zone, with one offset or one change of offset at `until`. */
type Span = { until: number; before: number; after: number };

/** Shorter than the shortest known gap between two changes (a week, Recife 2000), so a span contains at most one. */
const spanMs = 5 * dayMs;
const spansByZone = new Map<string, Map<number, Span>>();

/** The zone's UTC offset in milliseconds at an instant. A map lookup once the span is cached. */
function offsetAt(ms: number, zone: string): number {
  if (zone === 'UTC') return 0;
  let spans = spansByZone.get(zone);
  if (spans === undefined) spansByZone.set(zone, (spans = new Map()));
  const index = Math.floor(ms / spanMs);
  let span = spans.get(index);
  if (span === undefined) {
    if (spans.size >= 4096) spans.clear();
    spans.set(index, (span = spanFrom(index * spanMs, zone)));
  }
  return ms < span.until ? span.before : span.after;
}

function spanFrom(start: number, zone: string): Span {
  const before = computedOffset(start, zone);
  const after = computedOffset(start + spanMs, zone);
  return {
    before,
    after,
    until: before === after ? start + spanMs : transitionIn(start, start + spanMs, before, zone),
  };
}

/**
 * The first instant in (low, high] at which the zone no longer has the offset `before`. Changes are on whole seconds.
 */
function transitionIn(low: number, high: number, before: number, zone: string): number {
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (computedOffset(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The offset by date-fns-tz. `formatInTimeZone` would give it directly, but adds 6 kB to the first screen.
 * `toZonedTime` uses the machine's local time, which cannot show an hour that the machine skips; Intl gives that hour.
 */
function computedOffset(ms: number, zone: string): number {
  const shown = toZonedTime(ms, zone);
  const hasJumped = new Date(shown.getTime() - 3 * hourMs).getTimezoneOffset() > shown.getTimezoneOffset();
  if (hasJumped) return intlOffset(ms, zone);
  const wall = Date.UTC(shown.getFullYear(), shown.getMonth(), shown.getDate(), shown.getHours(), shown.getMinutes());
  return wall + shown.getSeconds() * 1000 + shown.getMilliseconds() - ms;
}

/** Intl writes the offset as 'GMT-07:00', or 'GMT' for zero. */
function intlOffset(ms: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(ms);
  return offsetMs(parts.find((part) => part.type === 'timeZoneName')?.value.slice(3) ?? '') ?? 0;
}

/** '+05:30' or '+0530' in milliseconds; 0 for empty text. Undefined for hours or minutes out of range. */
function offsetMs(text: string): number | undefined {
  const [, sign, hours = '00', minutes = '00'] = /^([+-])(\d\d):?(\d\d)$/.exec(text) ?? [];
  if (hours > '23' || minutes > '59') return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * minuteMs);
}

/** The instant at which a wall clock shows `wall`: the first if it occurs twice, undefined if it is skipped. */
function instantsOfWallTime(
  wallTime: number,
  zone: string,
): { before: number; after: number; found: number | undefined } {
  const before = offsetAt(wallTime - dayMs, zone);
  const after = offsetAt(wallTime + dayMs, zone);
  const found = [wallTime - before, wallTime - after].find((ms) => ms + offsetAt(ms, zone) === wallTime);
  return { before, after, found };
}

/** The instant of the clock change that skips a midnight. */
function transitionBetween(low: number, high: number, zone: string): number {
  return transitionIn(low, high, offsetAt(low, zone), zone);
}

// ---- Numbers ---------------------------------------------------------------------------------------------------------

function msOf(isoText: string): number {
  return Date.parse(isoText);
}

function isoOf(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** A wall-clock time (or a day) as milliseconds, as if it were UTC. */
function wallMs(local: string): number {
  return msOf(local.length === 10 ? local : `${local}Z`);
}

function localMs(instant: Instant, zone: string): number {
  const ms = msOf(instant);
  return ms + offsetAt(ms, zone);
}

function dayAt(wall: number): Day {
  return checkedDay(isoOf(wall).slice(0, 10));
}

/** The only place where a text becomes a day without a check: the callers have built or checked it. */
function checkedDay(text: string): Day {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsing again would cost every sort and every repeat
  return text as Day;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}

function modulo(n: number, by: number): number {
  return ((n % by) + by) % by;
}
