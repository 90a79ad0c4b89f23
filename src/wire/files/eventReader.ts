import { attendeeTypes } from '../../domain/task/outlookItem.ts';
import type { Attendee, EmailAddress, EventItem } from '../../domain/task/outlookItem.ts';
import { zonedTimeOf } from '../../domain/changes/patchFromTask.ts';
import { instantOf, zonedDay } from '../../domain/time/time.ts';
import type { ZonedTime } from '../../domain/time/time.ts';
import { parameterOf, parseFileComponents, textOf, textsOf } from './ical/contentLines.ts';
import type { FileComponent, FileProperty } from './ical/contentLines.ts';
import { readIcalRule } from './ical/icalRecurrence.ts';
import { addDuration, ownDay, readCalendarZones, readDuration, readIcalMoment } from './ical/icalTimes.ts';
import type { CalendarZones, IcalMoment } from './ical/icalTimes.ts';
import type { ItemFileResult, ItemReadOptions } from './itemReader.ts';

/** Properties that an event item can hold, or that say nothing about the event. Extensions (`X-…`) are left out. */
const supportedProperties = new Set(
  'uid dtstamp created last-modified sequence summary description x-alt-desc dtstart dtend duration location organizer'
    .split(' ')
    .concat('attendee rrule priority class transp categories status'.split(' ')),
);
const repeatable = new Set(['attendee', 'categories']);

/** The events of an iCalendar file (RFC 5545), if items can hold everything in it. */
export function readEvents(text: string, { zone }: ItemReadOptions): ItemFileResult {
  const parsed = parseFileComponents(text.replace(/^\uFEFF/, ''));
  if (parsed === undefined || parsed.strays.length > 0) return { kind: 'unreadable' };
  const calendars = parsed.components;
  const events = calendars.flatMap(({ components }) => {
    const zones = readCalendarZones(components, zone);
    return components.filter(({ name }) => name !== 'vtimezone').map((part) => eventOf(part, zones));
  });
  if (events.length === 0 || calendars.some(({ name }) => name !== 'vcalendar')) return { kind: 'unreadable' };
  return events.every((event) => event !== null) ? { kind: 'items', items: events } : { kind: 'holdsMore' };
}

function eventOf({ name: kind, properties, components }: FileComponent, zones: CalendarZones): EventItem | null {
  const names = properties.map(({ name }) => name).filter((name) => !name.startsWith('x-') || name === 'x-alt-desc');
  const single = names.filter((name) => !repeatable.has(name));
  if (kind !== 'vevent' || new Set(single).size < single.length) return null;
  if (!names.every((name) => supportedProperties.has(name))) return null;
  const find = (name: string) => properties.find((property) => property.name === name);
  const all = (name: string) => properties.filter((property) => property.name === name);
  const value = (name: string) => textOf(find(name)).trim();
  const begins = timeIn(find('dtstart'), zones);
  const ends = endOf(find('dtend'), find('duration'), begins, zones);
  const minutes = minutesOf(components);
  const rule = find('rrule');
  const recurrence = rule === undefined || begins === undefined ? null : ruleOf(rule, begins, zones);
  if (begins === undefined || ends === undefined || recurrence === undefined || minutes === undefined) return null;
  const html = value('x-alt-desc');
  const place = value('location');
  return {
    kind: 'event',
    subject: value('summary'),
    body: html === '' ? { contentType: 'text', content: value('description') } : { contentType: 'html', content: html },
    start: zonedTime(begins, zones),
    end: zonedTime(ends, zones),
    isAllDay: begins.kind === 'day',
    location: place === '' ? null : { displayName: place, address: null },
    organizer: personOf(find('organizer')),
    attendees: all('attendee').flatMap(attendeeOf),
    recurrence,
    importance: importanceOf(Number(value('priority'))),
    sensitivity: sensitivityOf(value('class')),
    showAs: value('transp').toUpperCase() === 'TRANSPARENT' ? 'free' : 'busy',
    categories: namesIn(all('categories')),
    isReminderOn: minutes !== null,
    reminderMinutes: minutes,
    uid: value('uid') || null,
  };
}

/** Undefined for a rule without a pattern, with dates that the pattern adds, or on a clock that has no name. */
function ruleOf(rule: FileProperty, begins: IcalMoment, zones: CalendarZones): EventItem['recurrence'] | undefined {
  if (begins.kind === 'time' && zonedTime(begins, zones).local !== begins.local) return undefined;
  const read = readIcalRule(rule.value, begins, ownDay(begins), zones);
  return read === undefined || read.isChanged ? undefined : read.recurrence;
}

/** Undefined without a time that can be read, or in a zone that nobody explains. */
function timeIn(property: FileProperty | undefined, zones: CalendarZones): IcalMoment | undefined {
  const tzid = parameterOf(property, 'tzid');
  const moment = property && readIcalMoment(property, zones);
  if (moment === 'none' || (tzid !== undefined && zones.clockOf(tzid) === undefined)) return undefined;
  return moment;
}

/** A time in UTC stays in UTC; a wall-clock time keeps its zone, unless only the file describes it. */
function zonedTime(moment: IcalMoment, { mailboxZone }: CalendarZones): ZonedTime {
  if (moment.kind === 'day') return zonedDay(moment.day, mailboxZone);
  const { local, instant, clock } = moment;
  const named = clock.name === undefined ? undefined : { local, zone: clock.name };
  return named !== undefined && instantOf(named) === instant ? named : zonedTimeOf(instant, mailboxZone);
}

/** An event without an end lasts for its day, or for no time. */
function endOf(
  end: FileProperty | undefined,
  duration: FileProperty | undefined,
  begins: IcalMoment | undefined,
  zones: CalendarZones,
): IcalMoment | undefined {
  if (begins === undefined || end !== undefined) return timeIn(end, zones);
  const nothing = { days: begins.kind === 'day' ? 1 : 0, seconds: 0 };
  const length = duration === undefined ? nothing : readDuration(duration.value);
  return length && addDuration(begins, length, zones.mailboxZone);
}

const address = /^mailto:(.+)$/i;

function personOf(property: FileProperty | undefined): EmailAddress | null {
  const [, value] = address.exec(property?.value.trim() ?? '') ?? [];
  return value === undefined ? null : { name: parameterOf(property, 'cn') ?? value, address: value };
}

function attendeeOf(property: FileProperty): Attendee[] {
  const person = personOf(property);
  const [role = '', cutype = ''] = [parameterOf(property, 'role'), parameterOf(property, 'cutype')];
  const isThing = ['RESOURCE', 'ROOM'].includes(cutype.toUpperCase());
  const [required, optional, resource] = attendeeTypes;
  const type = isThing ? resource : role.toUpperCase() === 'OPT-PARTICIPANT' ? optional : required;
  return person === null ? [] : [{ ...person, type }];
}

/**
 * Minutes between the only alarm and the start; null without an alarm, undefined for alarms and other components that an
 * item cannot hold.
 */
function minutesOf(components: readonly FileComponent[]): number | null | undefined {
  const [first, ...others] = components;
  if (first === undefined) return null;
  const trigger = first.properties.find(({ name }) => name === 'trigger');
  if (first.name !== 'valarm' || others.length > 0 || trigger === undefined) return undefined;
  if (parameterOf(trigger, 'related')?.toUpperCase() === 'END') return undefined;
  const length = readDuration(trigger.value);
  if (length === undefined) return undefined;
  const minutes = -(length.days * 1_440 + length.seconds / 60);
  return Number.isInteger(minutes) && minutes >= 0 ? minutes + 0 : undefined;
}

function importanceOf(priority: number): EventItem['importance'] {
  return priority >= 1 && priority <= 4 ? 'high' : priority >= 6 ? 'low' : 'normal';
}

function sensitivityOf(value: string): EventItem['sensitivity'] {
  const word = value.toUpperCase();
  return word === 'PRIVATE' ? 'private' : word === 'CONFIDENTIAL' ? 'confidential' : 'normal';
}

function namesIn(properties: readonly FileProperty[]): readonly string[] {
  const names = properties.flatMap((property) => textsOf(property));
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}
