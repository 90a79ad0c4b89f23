import { addMs, localOf, msBetween, offsetText, type Instant } from '../../../src/domain/time/time.ts';

export type ICalendarProperty = [name: string, parameters: Record<string, string>, type: string, ...values: unknown[]];
export type ICalendarComponent = [name: string, properties: ICalendarProperty[], components: ICalendarComponent[]];

const dayMs = 24 * 60 * 60_000;
/** Longer than calendar programs expand a series. */
const years = 15;

/** A VTIMEZONE with every clock change of a zone from an instant on (RFC 5545 §3.6.5). */
export function timeZoneComponent(zone: string, from: Instant): ICalendarComponent {
  const changes: ICalendarComponent[] = [
    observance('standard', addMs(from, -dayMs), zone, offset(addMs(from, -dayMs), zone)),
  ];
  const end = addMs(from, years * 366 * dayMs);
  for (let at = addMs(from, -dayMs); at < end; at = addMs(at, dayMs)) {
    const before = offset(at, zone);
    const next = addMs(at, dayMs);
    if (offset(next, zone) === before) continue;
    const change = changeBetween(at, next, zone);
    const kind = minutes(offset(change, zone)) > minutes(before) ? 'daylight' : 'standard';
    changes.push(observance(kind, change, zone, before));
  }
  return ['vtimezone', [['tzid', {}, 'text', zone]], changes];
}

/** @param before the offset before the transition, in which iCalendar gives its local time. */
function observance(kind: 'standard' | 'daylight', at: Instant, zone: string, before: string): ICalendarComponent {
  const properties: ICalendarProperty[] = [
    ['dtstart', {}, 'date-time', localOf(addMs(at, minutes(before) * 60_000), 'UTC').slice(0, 19)],
    ['tzoffsetfrom', {}, 'utc-offset', before],
    ['tzoffsetto', {}, 'utc-offset', offset(at, zone)],
  ];
  return [kind, properties, []];
}

/** The first minute with the new offset. */
function changeBetween(before: Instant, after: Instant, zone: string): Instant {
  let low = 0;
  let high = msBetween(before, after) / 60_000;
  const old = offset(before, zone);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(addMs(before, middle * 60_000), zone) === old) low = middle;
    else high = middle;
  }
  return addMs(before, high * 60_000);
}

/** `-07:00`; ical.js has no other spelling of UTC. */
function offset(at: Instant, zone: string): string {
  const text = offsetText(at, zone);
  return text === 'Z' ? '+00:00' : text;
}

function minutes(text: string): number {
  const [, sign, hours, rest] = /^([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest));
}
