import ICAL from 'ical.js';
import { attendeeTypes } from '../../domain/task/outlookItem.ts';
import type { Attendee, EmailAddress, EventItem } from '../../domain/task/outlookItem.ts';
import { addDays, addMs, canonicalZone, instantOf, isDay, localOf, zonedDay, toDay } from '../../domain/time/time.ts';
import type { ZonedTime } from '../../domain/time/time.ts';
import { fromRrule } from './rrule.ts';
import type { ItemFileResult, ItemReadOptions } from './itemReader.ts';
import { parseJcal, readRrule } from './jcal.ts';
import type { JcalComponent, JcalProperty } from './jcal.ts';

/** Properties that an event item cannot hold: exceptions of a series, and files. */
const unsupportedProperties = ['exdate', 'rdate', 'exrule', 'recurrence-id', 'attach'];

/** The events of an iCalendar file (RFC 5545), if items can hold everything in it. */
export function readEvents(text: string, { zone }: ItemReadOptions): ItemFileResult {
  let calendars: readonly JcalComponent[];
  try {
    calendars = parseJcal(text);
  } catch {
    return { kind: 'unreadable' };
  }
  const parts = calendars.flatMap(([, , components]) => components).filter(([name]) => name !== 'vtimezone');
  if (parts.length === 0 || calendars.some(([name]) => name !== 'vcalendar')) return { kind: 'unreadable' };
  const events = parts.map((part) => eventOf(part, zone));
  return events.every((event) => event !== null) ? { kind: 'items', items: events } : { kind: 'holdsMore' };
}

function eventOf([kind, properties, parts]: JcalComponent, zone: string): EventItem | null {
  if (kind !== 'vevent' || properties.some(([name]) => unsupportedProperties.includes(name))) return null;
  const find = (name: string) => properties.find(([key]) => key === name);
  const all = (name: string) => properties.filter(([key]) => key === name);
  const value = (name: string) => textOf(find(name));
  const [begins, alarms] = [find('dtstart'), parts.filter(([name]) => name === 'valarm')];
  const start = timeOf(begins, zone);
  const minutes = minutesOf(alarms);
  const rule = find('rrule');
  const recurrence = rule === undefined || start === null ? null : fromRrule(readRrule(rule[3]), toDay(start.local));
  if (start === null || recurrence === undefined || all('rrule').length > 1 || minutes === undefined) return null;
  if (parts.length > alarms.length) return null;
  const isAllDay = begins?.[2] === 'date';
  const html = value('x-alt-desc');
  const place = value('location');
  return {
    kind: 'event',
    subject: value('summary'),
    body: html === '' ? { contentType: 'text', content: value('description') } : { contentType: 'html', content: html },
    start,
    end: endOf(find('dtend'), find('duration'), start, isAllDay, zone),
    isAllDay,
    location: place === '' ? null : { displayName: place, address: null },
    organizer: personOf(find('organizer')),
    attendees: all('attendee').flatMap(attendeeOf),
    recurrence,
    importance: importanceOf(Number(find('priority')?.[3] ?? 0)),
    sensitivity: sensitivityOf(value('class')),
    showAs: value('transp').toUpperCase() === 'TRANSPARENT' ? 'free' : 'busy',
    categories: namesIn(all('categories')),
    isReminderOn: minutes !== null,
    reminderMinutes: minutes,
    uid: value('uid') || null,
  };
}

function textOf(property: JcalProperty | undefined): string {
  const value = property?.[3];
  return typeof value === 'string' ? value.trim() : '';
}

/** A time in UTC stays in UTC; a wall-clock time keeps its zone, or gets the mailbox's. */
function timeOf(property: JcalProperty | undefined, zone: string): ZonedTime | null {
  if (property === undefined) return null;
  const [, parameters, type, value] = property;
  if (typeof value !== 'string' || !isDay(value.slice(0, 10))) return null;
  if (type === 'date') return zonedDay(toDay(value), zone);
  const local = `${value.slice(0, 19)}.000`;
  return { local, zone: value.endsWith('Z') ? 'UTC' : (canonicalZone(parameters['tzid'] ?? '') ?? zone) };
}

function endOf(
  end: JcalProperty | undefined,
  duration: JcalProperty | undefined,
  start: ZonedTime,
  isAllDay: boolean,
  zone: string,
): ZonedTime {
  const value = timeOf(end, zone);
  if (value !== null) return value;
  const [day, length] = [toDay(start.local), textOf(duration)];
  if (length === '') return isAllDay ? zonedDay(addDays(day, 1), start.zone) : start;
  const ms = ICAL.Duration.fromString(length).toSeconds() * 1000;
  return { local: localOf(addMs(instantOf(start), ms), start.zone), zone: start.zone };
}

const address = /^mailto:(.+)$/i;

function personOf(property: JcalProperty | undefined): EmailAddress | null {
  const [, value] = address.exec(textOf(property)) ?? [];
  return property === undefined || value === undefined ? null : { name: property[1]['cn'] ?? value, address: value };
}

function attendeeOf(property: JcalProperty): Attendee[] {
  const person = personOf(property);
  const { role = '', cutype = '' } = property[1];
  const isThing = ['RESOURCE', 'ROOM'].includes(cutype.toUpperCase());
  const [required, optional, resource] = attendeeTypes;
  const type = isThing ? resource : role.toUpperCase() === 'OPT-PARTICIPANT' ? optional : required;
  return person === null ? [] : [{ ...person, type }];
}

/**
 * Minutes between the only alarm and the start; null without an alarm, undefined for alarms that an item cannot hold.
 */
function minutesOf(alarms: readonly JcalComponent[]): number | null | undefined {
  const [first, ...others] = alarms;
  if (first === undefined) return null;
  const trigger = first[1].find(([name]) => name === 'trigger');
  if (others.length > 0 || trigger === undefined || trigger[2] !== 'duration') return undefined;
  if (trigger[1]['related']?.toUpperCase() === 'END') return undefined;
  const minutes = -ICAL.Duration.fromString(textOf(trigger)).toSeconds() / 60;
  return Number.isInteger(minutes) && minutes >= 0 ? minutes : undefined;
}

function importanceOf(priority: number): EventItem['importance'] {
  return priority >= 1 && priority <= 4 ? 'high' : priority >= 6 ? 'low' : 'normal';
}

function sensitivityOf(value: string): EventItem['sensitivity'] {
  const word = value.toUpperCase();
  return word === 'PRIVATE' ? 'private' : word === 'CONFIDENTIAL' ? 'confidential' : 'normal';
}

function namesIn(properties: readonly JcalProperty[]): readonly string[] {
  const names = properties.flatMap(([, , , ...values]) => values.filter((value) => typeof value === 'string'));
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}
