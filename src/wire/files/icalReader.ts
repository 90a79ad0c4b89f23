import ICAL from 'ical.js';
import type { NewAttachment } from '../../domain/task/attachment.ts';
import type { Sensitivity, TaskStatus, TaskPatch } from '../../domain/task/task.ts';
import { addMs, instantOf, localOf, msBetween, zonedDay, toDay } from '../../domain/time/time.ts';
import type { ZonedTime } from '../../domain/time/time.ts';
import { fromRrule } from './rrule.ts';
import { readRrule } from './jcal.ts';
import type { JcalComponent, JcalProperty } from './jcal.ts';
import { parseComponents, taskLineNumbers } from './icalComponents.ts';
import { readIcalDay, readIcalMoment, readCalendarZones } from './icalTimes.ts';
import type { CalendarZones } from './icalTimes.ts';
import { TaskFileError, quoteValue } from './fileModel.ts';
import type { PortableAttachment, PortableFolder, PortableTask, ImportedFile, ImportProblem } from './fileModel.ts';

/**
 * The tasks of an iCalendar file: every VTODO, with recurrences where the API has a pattern for them. Properties
 * without a task field and unreadable values are reported with the line on which the VTODO begins.
 * @param zone of the mailbox, for days without a zone.
 * @throws TaskFileError for text that is not iCalendar, or has no tasks.
 */
export function readIcal(text: string, { zone }: { zone: string }): ImportedFile {
  const problems: ImportProblem[] = [];
  const lines = taskLineNumbers(text);
  const folders = new Map<string, PortableFolder & { tasks: PortableTask[] }>();
  let count = 0;
  for (const [, head, components] of parseComponents(text, problems)) {
    const calendar = textOf(head.find(([name]) => name === 'x-wr-calname'));
    const zones = readCalendarZones(components, zone);
    for (const component of components) {
      if (component[0] !== 'vtodo') continue;
      const at = String(lines[count] ?? 1);
      count += 1;
      const place = component[1].find(([name]) => name === 'x-threefold-folder');
      const name = textOf(place) || calendar || null;
      const group = place?.[1]['x-group'] ?? null;
      const key = JSON.stringify([name, group]);
      const folder = folders.get(key) ?? { group, name, isDefault: false, tasks: [] };
      folder.tasks.push(taskOf(component, { zones, at, problems }));
      folders.set(key, folder);
    }
  }
  if (count === 0) throw new TaskFileError('noTasks', 'There is no task (VTODO) in this iCalendar file.');
  return { folders: [...folders.values()], problems };
}

type Reading = { zones: CalendarZones; at: string; problems: ImportProblem[] };

/** Properties that are read, or contain nothing that a task could keep. */
const readProperties = new Set(
  'uid dtstamp created last-modified summary description x-alt-desc dtstart due completed status percent-complete class'
    .split(' ')
    .concat('priority categories rrule attach sequence x-threefold-folder x-threefold-status'.split(' '))
    .concat('x-threefold-sensitivity duration'.split(' ')),
);

function taskOf([, properties, components]: JcalComponent, { zones, at, problems }: Reading): PortableTask {
  const find = (name: string) => properties.find(([key]) => key === name);
  const missed = (name: string, property?: JcalProperty) =>
    problems.push({ at, kind: 'value', name: name.toUpperCase(), value: quoteValue(property?.[3]) });
  const day = (name: string) => {
    const property = find(name);
    const read = property && readIcalDay(property, zones);
    if (property !== undefined && read === undefined) missed(name, property);
    return read;
  };
  for (const [name, { tzid }, , value] of properties) {
    if (!readProperties.has(name))
      problems.push({ at, kind: 'unknown', name: name.toUpperCase(), value: quoteValue(value) });
    if (tzid !== undefined && zones.zoneOf(tzid) === undefined) {
      problems.push({ at, kind: 'value', name: 'TZID', value: quoteValue(tzid) });
    }
  }
  const start = day('dtstart');
  const due = find('due') === undefined ? dueFromDuration(find('dtstart'), find('duration')) : day('due');
  // Servers refuse a due date before the start, so the start is dropped.
  const isFit = start === undefined || due === undefined || instantOf(start) <= instantOf(due);
  if (!isFit) missed('dtstart', find('dtstart'));
  const begins = (isFit ? start : undefined) ?? due;
  const rule = find('rrule');
  const recurrence = rule && begins && fromRrule(readRrule(rule[3]), toDay(begins.local));
  if (rule !== undefined && recurrence === undefined) missed('rrule', rule);
  const completed = day('completed');
  const status = statusOf(properties);
  const html = textOf(find('x-alt-desc'));
  const plain = textOf(find('description'));
  const reminder = reminderOf(components, [isFit ? find('dtstart') : undefined, find('due')]);
  const categories = properties.filter(([name]) => name === 'categories').flatMap(([, , , ...names]) => names);
  const patch: TaskPatch = {
    subject: textOf(find('summary')),
    body: html === '' ? { contentType: 'text', content: plain } : { contentType: 'html', content: html },
    status,
    importance: importanceOf(find('priority')),
    sensitivity: sensitivityOf(properties),
    categories: [...new Set(categories.filter((name): name is string => typeof name === 'string' && name !== ''))],
    ...(isFit && start !== undefined && { start }),
    ...(due !== undefined && { due }),
    ...(status === 'completed' && completed !== undefined && { completed }),
    ...(recurrence !== undefined && status !== 'completed' && { recurrence }),
    ...(reminder !== undefined && { reminder, isReminderOn: true }),
  };
  const attachments = properties.flatMap((property) => {
    if (property[0] !== 'attach') return [];
    const attachment = attachmentOf(property);
    if (attachment === undefined) missed('attach', property);
    return attachment ?? [];
  });
  return { at, patch, attachments };

  /** The due date of a task with a start and a duration (RFC 5545 §3.8.2.5). */
  function dueFromDuration(from: JcalProperty | undefined, length: JcalProperty | undefined): ZonedTime | undefined {
    if (from === undefined || length === undefined) return undefined;
    const begin = readIcalMoment(from, zones);
    const lasts = secondsIn(length[3]);
    if (lasts === undefined) missed('duration', length);
    if (begin === undefined || lasts === undefined) return undefined;
    return zonedDay(toDay(localOf(addMs(begin.at, lasts * 1_000), begin.zone)), begin.zone);
  }

  /** The first readable alarm: at an instant, or relative to the start or due time. */
  function reminderOf(all: readonly JcalComponent[], [from, until]: readonly (JcalProperty | undefined)[]) {
    const alarms = all.flatMap(([name, inside]) =>
      name === 'valarm' ? inside.filter(([one]) => one === 'trigger').slice(0, 1) : [],
    );
    for (const trigger of alarms) {
      const isEnd = trigger[1]['related']?.toUpperCase() === 'END';
      const near = isEnd ? (until ?? from) : (from ?? until);
      const reminder = triggered(trigger, near);
      if (reminder !== undefined) return reminder;
      missed('trigger', trigger);
    }
    return undefined;
  }

  function triggered(trigger: JcalProperty, near: JcalProperty | undefined): ZonedTime | undefined {
    const { mailboxZone } = zones;
    if (trigger[2] === 'date-time') {
      const moment = readIcalMoment(trigger, zones);
      return moment && { local: localOf(moment.at, mailboxZone), zone: mailboxZone };
    }
    const [moment, before] = [near && readIcalMoment(near, zones), secondsIn(trigger[3])];
    if (moment === undefined || before === undefined) return undefined;
    return { local: localOf(addMs(moment.at, before * 1_000), mailboxZone), zone: mailboxZone };
  }
}

/** Longer than the time span of any calendar. */
const maxSeconds = msBetween('1900-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z') / 1_000;

function secondsIn(value: unknown): number | undefined {
  if (typeof value !== 'string' || !ICAL.Duration.isValueString(value)) return undefined;
  try {
    const seconds = ICAL.Duration.fromString(value).toSeconds();
    return Math.abs(seconds) <= maxSeconds ? seconds : undefined;
  } catch {
    // ical.js's check accepts some texts that its parser rejects.
    return undefined;
  }
}

function textOf(property: JcalProperty | undefined): string {
  const value = property?.[3];
  return typeof value === 'string' ? value : '';
}

function statusOf(properties: readonly JcalProperty[]): TaskStatus {
  const find = (name: string) => textOf(properties.find(([key]) => key === name));
  const ownStatus = find('x-threefold-status');
  if (ownStatus === 'waitingOnOthers' || ownStatus === 'deferred') return ownStatus;
  const status = find('status').toUpperCase();
  const share = Number(properties.find(([name]) => name === 'percent-complete')?.[3] ?? 0);
  const isOver = share === 100 || properties.some(([name]) => name === 'completed');
  if (status === 'COMPLETED' || (status === '' && isOver)) return 'completed';
  // The API has no cancelled status; deferred is the closest one that is not completed.
  if (status === 'CANCELLED') return 'deferred';
  return status === 'IN-PROCESS' || (status === '' && share > 0) ? 'inProgress' : 'notStarted';
}

function importanceOf(property: JcalProperty | undefined) {
  const level = Number(property?.[3] ?? 0);
  return level >= 1 && level <= 4 ? 'high' : level >= 6 ? 'low' : 'normal';
}

function sensitivityOf(properties: readonly JcalProperty[]): Sensitivity {
  const find = (name: string) => textOf(properties.find(([key]) => key === name));
  if (find('x-threefold-sensitivity') === 'personal') return 'personal';
  const level = find('class').toUpperCase();
  return level === 'PRIVATE' ? 'private' : level === 'CONFIDENTIAL' ? 'confidential' : 'normal';
}

/** A web link or an embedded file; undefined for other links, which cannot be opened here. */
function attachmentOf([, parameters, type, value]: JcalProperty): PortableAttachment | undefined {
  if (typeof value !== 'string') return undefined;
  const name = parameters['filename'] ?? parameters['x-filename'];
  if (type === 'binary' || parameters['encoding']?.toUpperCase() === 'BASE64') {
    const contentType = parameters['fmttype'] ?? null;
    const file: NewAttachment = {
      kind: 'file',
      name: name ?? 'attachment',
      contentType,
      isInline: false,
      contentId: null,
      contentLocation: null,
    };
    return { attachment: file, contentBytes: value };
  }
  if (type !== 'uri' || !/^https?:/i.test(value)) return undefined;
  const link = { providerType: 'other', thumbnailUrl: null, previewUrl: null, permission: 'other' } as const;
  const label = { name: name ?? value.slice(0, 200), isInline: false, sourceUrl: value, isFolder: false };
  return { attachment: { kind: 'reference', ...label, ...link }, contentBytes: null };
}
