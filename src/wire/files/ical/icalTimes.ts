import {
  canonicalZone,
  instantOf,
  isDay,
  localOf,
  addMs,
  atMidnight,
  addDays,
  toDay,
} from '../../../domain/time/time.ts';
import type { Day, Instant } from '../../../domain/time/time.ts';
import { parameterOf, textOf } from './contentLines.ts';
import type { FileComponent, FileProperty } from './contentLines.ts';
import { readVtimezone } from './vtimezone.ts';

/** The clock of a zone: of a VTIMEZONE in the file, or of a zone that is known by name. */
export type ZoneClock = {
  toInstant: (local: string) => Instant;
  toLocal: (instant: Instant) => string;
  /** Its IANA name; undefined for a zone that only the file describes. */
  name: string | undefined;
};

/** The zones of one calendar. */
export type CalendarZones = {
  /** Zone of the mailbox, used for days and for times without a zone. */
  mailboxZone: string;
  /** Undefined for a name that neither the file nor anybody else explains. */
  clockOf: (tzid: string) => ZoneClock | undefined;
};

export function namedClock(name: string): ZoneClock {
  return { name, toInstant: (local) => instantOf({ local, zone: name }), toLocal: (instant) => localOf(instant, name) };
}

/**
 * The offsets of the file's own VTIMEZONE hold. Without them a zone is known by its location (X-LIC-LOCATION), its IANA
 * or Windows name, also with a prefix as in `/example.org/America/New_York`.
 */
export function readCalendarZones(components: readonly FileComponent[], mailboxZone: string): CalendarZones {
  const described = new Map(
    components
      .filter(({ name }) => name === 'vtimezone')
      .map((component) => [propertyText(component, 'tzid'), component]),
  );
  const clocks = new Map<string, ZoneClock | undefined>();
  function makeClock(tzid: string): ZoneClock | undefined {
    const component = described.get(tzid);
    const name = nameOf(tzid, component);
    const own = component && readVtimezone(component);
    return own === undefined ? (name && namedClock(name)) || undefined : { ...own, name };
  }
  return {
    mailboxZone,
    clockOf(tzid) {
      if (!clocks.has(tzid)) clocks.set(tzid, makeClock(tzid));
      return clocks.get(tzid);
    },
  };
}

function nameOf(tzid: string, component: FileComponent | undefined): string | undefined {
  const parts = tzid
    .slice(0, 500)
    .split('/')
    .filter((part) => part !== '');
  const tails = parts.map((_, from) => parts.slice(from).join('/')).slice(0, 8);
  const location = component === undefined ? '' : propertyText(component, 'x-lic-location');
  for (const name of [location, ...tails]) {
    const zone = name === '' ? undefined : canonicalZone(name);
    if (zone !== undefined) return zone;
  }
  return undefined;
}

const propertyText = ({ properties }: FileComponent, name: string) =>
  textOf(properties.find((property) => property.name === name));

// ---- Days and times --------------------------------------------------------------------------------------------------

/** A value of DTSTART, DUE and the like: a day, or a time on the clock of a zone. They are never mixed. */
export type IcalMoment = { kind: 'day'; day: Day } | IcalTime;
export type IcalTime = { kind: 'time'; local: string; instant: Instant; clock: ZoneClock; isUtc: boolean };

/** Outlook's "none", written where a date is required. */
const noDate = '4501-01-01';

const dateTimeText = /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(Z)?)?$/i;

/** 'none' for Outlook's date that means none; undefined for text that is no date of a mailbox. */
export function readIcalMoment(property: FileProperty, zones: CalendarZones): IcalMoment | 'none' | undefined {
  return momentOf(property.value, parameterOf(property, 'tzid'), zones, parameterOf(property, 'value'));
}

export function momentOf(
  text: string,
  tzid: string | undefined,
  { mailboxZone, clockOf }: CalendarZones,
  type?: string,
): IcalMoment | 'none' | undefined {
  const [matched, year, month, date, hour, minute, second = '00', utc] = dateTimeText.exec(text.trim()) ?? [];
  const day = `${year}-${month}-${date}`;
  if (matched === undefined || !isDay(day)) return undefined;
  if (day === noDate) return 'none';
  if (day < '1601-01-02' || day > '4500-12-30') return undefined;
  if (hour === undefined || minute === undefined || type?.toUpperCase() === 'DATE') return { kind: 'day', day };
  if (hour > '23' || minute > '59' || second > '60') return undefined;
  // Second 60 is a leap second (RFC 5545 §3.3.12), which no clock here has.
  const local = `${day}T${hour}:${minute}:${second === '60' ? '59' : second}.000`;
  const clock = utc === undefined ? (tzid && clockOf(tzid)) || namedClock(mailboxZone) : namedClock('UTC');
  return { kind: 'time', local, instant: clock.toInstant(local), clock, isUtc: utc !== undefined };
}

/** The day as written; of a time in UTC, the day in the mailbox's zone. */
export function dayOfMoment(moment: IcalMoment, mailboxZone: string): Day {
  if (moment.kind === 'day') return moment.day;
  return toDay(moment.isUtc ? localOf(moment.instant, mailboxZone) : moment.local);
}

/** The day on the moment's own clock, in which its series is counted. */
export function ownDay(moment: IcalMoment): Day {
  return moment.kind === 'day' ? moment.day : toDay(moment.local);
}

/** The instant; of a day, its midnight. */
export function instantOfMoment(moment: IcalMoment, mailboxZone: string): Instant {
  return moment.kind === 'day' ? atMidnight(moment.day, mailboxZone) : moment.instant;
}

const durationText = /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/i;

/** Days and seconds of a duration (RFC 5545 §3.3.6): days are days of a calendar, whatever hours they have. */
export type IcalDuration = { days: number; seconds: number };

/** Undefined for text that is no duration, or longer than any calendar. */
export function readDuration(text: string): IcalDuration | undefined {
  const [matched, sign, ...parts] = durationText.exec(text.trim()) ?? [];
  if (matched === undefined || parts.every((part) => part === undefined)) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  const total = { days: weeks * 7 + days, seconds: hours * 3_600 + minutes * 60 + seconds };
  if (total.days + total.seconds / 86_400 > 73_000) return undefined;
  return sign === '-' ? { days: -total.days, seconds: -total.seconds } : total;
}

/** The moment a duration later, on the same clock. */
export function addDuration(moment: IcalMoment, { days, seconds }: IcalDuration, mailboxZone: string): IcalMoment {
  if (moment.kind === 'day') {
    const day = addDays(moment.day, days);
    if (seconds === 0) return { kind: 'day', day };
    const clock = namedClock(mailboxZone);
    return timeAt(addMs(atMidnight(day, mailboxZone), seconds * 1_000), clock, false);
  }
  const local = `${addDays(toDay(moment.local), days)}${moment.local.slice(10)}`;
  return timeAt(addMs(moment.clock.toInstant(local), seconds * 1_000), moment.clock, moment.isUtc);
}

function timeAt(instant: Instant, clock: ZoneClock, isUtc: boolean): IcalTime {
  return { kind: 'time', instant, local: clock.toLocal(instant), clock, isUtc };
}
