import ICAL from 'ical.js';
import type { EventItem } from '../../../src/domain/task/outlookItem.ts';
import type { RecurrenceRequest } from '../../../src/domain/task/task.ts';
import { addMs, instantOf, type Instant, type ZonedTime } from '../../../src/domain/time/time.ts';
import { toRrule } from '../../../src/wire/files/ical/rrule.ts';
import { printableLine, printableText } from '../../../src/wire/files/ical/printableText.ts';
import { timeZoneComponent, type ICalendarComponent, type ICalendarProperty } from './iCalendarTimeZone.ts';

/** An event as an iCalendar file (RFC 5545). */
export function eventToICalendar(event: EventItem, made: { id: string; modified_at: Instant }): string {
  const { start, recurrence, body } = event;
  // A series keeps its wall-clock time across clock changes; a single event is an instant, which needs no zone.
  const zone =
    start !== null && recurrence !== null && !event.isAllDay && start.zone !== 'UTC' ? start.zone : undefined;
  const properties: ICalendarProperty[] = [
    ['uid', {}, 'text', printableText(event.uid ?? `${made.id}@threefold.invalid`)],
    ['dtstamp', {}, 'date-time', utc(made.modified_at)],
    ['summary', {}, 'text', printableText(event.subject)],
    ...time('dtstart', start, event.isAllDay, zone),
    ...time('dtend', event.end, event.isAllDay, zone),
    ...(recurrence === null || start === null ? [] : [ruleProperty(recurrence, start, event.isAllDay)]),
    ...described(body),
    ...(event.location === null
      ? []
      : [['location', {}, 'text', printableText(event.location.displayName)] satisfies ICalendarProperty]),
    ...(event.organizer === null ? [] : [person('organizer', event.organizer, {})]),
    ...event.attendees.map((attendee) => person('attendee', attendee, attendeeMarks[attendee.type])),
    ...(event.categories.length === 0
      ? []
      : [['categories', {}, 'text', ...event.categories.map(printableText)] satisfies ICalendarProperty]),
    ['class', {}, 'text', classes[event.sensitivity]],
    ['priority', {}, 'integer', priorities[event.importance]],
    ['transp', {}, 'text', event.showAs === 'free' ? 'TRANSPARENT' : 'OPAQUE'],
  ];
  const alarms = event.isReminderOn ? [alarm(event.reminderMinutes ?? 15, event.subject)] : [];
  const zones = zone === undefined || start === null ? [] : [timeZoneComponent(zone, instantOf(start))];
  const calendar: ICalendarComponent = [
    'vcalendar',
    [
      ['prodid', {}, 'text', '-//Threefold//Threefold//EN'],
      ['version', {}, 'text', '2.0'],
    ],
    [...zones, ['vevent', properties, alarms]],
  ];
  return `${ICAL.stringify(calendar)}\r\n`;
}

const classes = { normal: 'PUBLIC', personal: 'PRIVATE', private: 'PRIVATE', confidential: 'CONFIDENTIAL' } as const;
const priorities = { low: 9, normal: 5, high: 1 } as const;
const attendeeMarks = {
  required: { role: 'REQ-PARTICIPANT' },
  optional: { role: 'OPT-PARTICIPANT' },
  resource: { role: 'NON-PARTICIPANT', cutype: 'RESOURCE' },
} as const;

/** HTML goes into X-ALT-DESC, which Outlook writes, too: programs without HTML support never show tags. */
function described({ contentType, content }: EventItem['body']): ICalendarProperty[] {
  if (content === '') return [];
  const text = printableText(content);
  return contentType === 'html'
    ? [['x-alt-desc', { fmttype: 'text/html' }, 'text', text]]
    : [['description', {}, 'text', text]];
}

function person(name: string, { name: cn, address }: { name: string; address: string }, marks: Record<string, string>) {
  return [
    name,
    { cn: printableText(cn), ...marks },
    'cal-address',
    `mailto:${printableLine(address)}`,
  ] satisfies ICalendarProperty;
}

function alarm(minutes: number, text: string): ICalendarComponent {
  const properties: ICalendarProperty[] = [
    ['action', {}, 'text', 'DISPLAY'],
    ['description', {}, 'text', printableText(text)],
    ['trigger', {}, 'duration', `-PT${minutes}M`],
  ];
  return ['valarm', properties, []];
}

function time(name: string, value: ZonedTime | null, isAllDay: boolean, zone: string | undefined): ICalendarProperty[] {
  if (value === null) return [];
  if (isAllDay) return [[name, {}, 'date', value.local.slice(0, 10)]];
  if (zone === value.zone) return [[name, { tzid: zone }, 'date-time', value.local.slice(0, 19)]];
  return [[name, {}, 'date-time', utc(instantOf(value))]];
}

function utc(instant: Instant): string {
  return `${instant.slice(0, 19)}Z`;
}

/** Converts a rule to RRULE; days that a month lacks become its last day (docs/protocol.md#dates-of-a-series). */
function ruleProperty({ pattern, range }: RecurrenceRequest, start: ZonedTime, isAllDay: boolean): ICalendarProperty {
  const rule = toRrule(pattern);
  switch (range.type) {
    case 'noEnd':
      return ['rrule', {}, 'recur', rule];
    case 'numbered':
      return ['rrule', {}, 'recur', { ...rule, count: range.numberOfOccurrences }];
    case 'endDate': {
      const end = addMs(instantOf({ local: `${range.endDate}T23:59:59.000`, zone: start.zone }), 0);
      return ['rrule', {}, 'recur', { ...rule, until: isAllDay ? range.endDate : utc(end) }];
    }
  }
}
