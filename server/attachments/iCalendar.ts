import ICAL from 'ical.js';
import type { Event } from '../../src/domain/item.ts';
import type { RecurrenceRequest, Weekday } from '../../src/domain/task.ts';
import { addMs, daysInMonth, instantOf, type Instant, type ZonedTime } from '../../src/domain/time.ts';
import { timeZoneComponent, type Component, type Property } from './timeZone.ts';

/** An event as an iCalendar file (RFC 5545). */
export function eventText(event: Event, made: { id: string; modified_at: Instant }): string {
  const { start, recurrence, body } = event;
  // A series keeps its wall-clock time over the year; anything else is an instant, which needs no zone.
  const zone =
    start !== null && recurrence !== null && !event.isAllDay && start.zone !== 'UTC' ? start.zone : undefined;
  const properties: Property[] = [
    ['uid', {}, 'text', event.uid ?? `${made.id}@threefold.invalid`],
    ['dtstamp', {}, 'date-time', utc(made.modified_at)],
    ['summary', {}, 'text', event.subject],
    ...time('dtstart', start, event.isAllDay, zone),
    ...time('dtend', event.end, event.isAllDay, zone),
    ...(recurrence === null || start === null ? [] : [ruleProperty(recurrence, start, event.isAllDay)]),
    ...described(body),
    ...(event.location === null ? [] : [['location', {}, 'text', event.location.displayName] satisfies Property]),
    ...(event.organizer === null ? [] : [person('organizer', event.organizer, {})]),
    ...event.attendees.map((attendee) => person('attendee', attendee, attendeeMarks[attendee.type])),
    ...(event.categories.length === 0 ? [] : [['categories', {}, 'text', ...event.categories] satisfies Property]),
    ['class', {}, 'text', classes[event.sensitivity]],
    ['priority', {}, 'integer', priorities[event.importance]],
    ['transp', {}, 'text', event.showAs === 'free' ? 'TRANSPARENT' : 'OPAQUE'],
  ];
  const alarms = event.isReminderOn ? [alarm(event.reminderMinutes ?? 15, event.subject)] : [];
  const zones = zone === undefined || start === null ? [] : [timeZoneComponent(zone, instantOf(start))];
  const calendar: Component = [
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

/** HTML has a property of its own, which Outlook writes too: programs that know only plain text never see tags. */
function described({ contentType, content }: Event['body']): Property[] {
  if (content === '') return [];
  return contentType === 'html'
    ? [['x-alt-desc', { fmttype: 'text/html' }, 'text', content]]
    : [['description', {}, 'text', content]];
}

function person(name: string, { name: cn, address }: { name: string; address: string }, marks: Record<string, string>) {
  return [name, { cn, ...marks }, 'cal-address', `mailto:${address}`] satisfies Property;
}

function alarm(minutes: number, text: string): Component {
  const properties: Property[] = [
    ['action', {}, 'text', 'DISPLAY'],
    ['description', {}, 'text', text],
    ['trigger', {}, 'duration', `-PT${minutes}M`],
  ];
  return ['valarm', properties, []];
}

function time(name: string, value: ZonedTime | null, isAllDay: boolean, zone: string | undefined): Property[] {
  if (value === null) return [];
  if (isAllDay) return [[name, {}, 'date', value.local.slice(0, 10)]];
  if (zone === value.zone) return [[name, { tzid: zone }, 'date-time', value.local.slice(0, 19)]];
  return [[name, {}, 'date-time', utc(instantOf(value))]];
}

function utc(instant: Instant): string {
  return `${instant.slice(0, 19)}Z`;
}

/** The mapping of wire.md §10.1; days that a month lacks fall on its last one. */
function ruleProperty({ pattern, range }: RecurrenceRequest, start: ZonedTime, isAllDay: boolean): Property {
  const rule = { interval: pattern.interval, ...parts(pattern) };
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

const positions = { first: 1, second: 2, third: 3, fourth: 4, last: -1 } as const;

function parts(pattern: RecurrenceRequest['pattern']): Record<string, unknown> {
  switch (pattern.type) {
    case 'daily':
      return { freq: 'DAILY' };
    case 'weekly':
      return { freq: 'WEEKLY', byday: pattern.daysOfWeek.map(dayCode), wkst: weekStart(pattern.firstDayOfWeek) };
    case 'absoluteMonthly':
      return { freq: 'MONTHLY', ...dayOfMonth(pattern.dayOfMonth) };
    case 'relativeMonthly':
      return { freq: 'MONTHLY', byday: pattern.daysOfWeek.map(dayCode), bysetpos: positions[pattern.index] };
    case 'absoluteYearly':
      return { freq: 'YEARLY', bymonth: pattern.month, bymonthday: dayOfYear(pattern) };
    case 'relativeYearly': {
      const days = { byday: pattern.daysOfWeek.map(dayCode), bysetpos: positions[pattern.index] };
      return { freq: 'YEARLY', bymonth: pattern.month, ...days };
    }
  }
}

function dayOfMonth(day: number): Record<string, unknown> {
  if (day <= 28) return { bymonthday: day };
  // The last of a month is known to more programs than a position in a set.
  if (day === 31) return { bymonthday: -1 };
  return { bymonthday: [28, 29, 30].filter((one) => one <= day), bysetpos: -1 };
}

/** A day that its month never or not always has is the month's last. */
function dayOfYear({ month, dayOfMonth }: { month: number; dayOfMonth: number }): number {
  return dayOfMonth > daysInMonth(2025, month) ? -1 : dayOfMonth;
}

function dayCode(day: Weekday): string {
  return day.slice(0, 2).toUpperCase();
}

/** ical.js counts the days of a week from Sunday, 1. */
function weekStart(day: Weekday): number {
  return ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'].indexOf(dayCode(day)) + 1;
}
