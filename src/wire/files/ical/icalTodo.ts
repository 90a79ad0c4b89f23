import type { NewAttachment } from '../../../domain/task/attachment.ts';
import type { Importance, Sensitivity, TaskPatch, TaskStatus } from '../../../domain/task/task.ts';
import { limits } from '../../../domain/limits.ts';
import { dateOf, zonedDay, toDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { parameterOf, textOf, textsOf } from './contentLines.ts';
import type { FileComponent, FileProperty } from './contentLines.ts';
import { quoteValue } from '../fileModel.ts';
import type { ImportProblem, PortableAttachment } from '../fileModel.ts';
import { readReminder } from './icalAlarms.ts';
import { readIcalRule } from './icalRecurrence.ts';
import type { ReadRule } from './icalRecurrence.ts';
import { addDuration, dayOfMoment, instantOfMoment, readDuration, readIcalMoment } from './icalTimes.ts';
import type { CalendarZones, IcalMoment } from './icalTimes.ts';

/** A VTODO as read, before the entries of one series are put together. */
export type ReadTodo = {
  component: FileComponent;
  patch: TaskPatch;
  attachments: readonly PortableAttachment[];
  /** The day of this instance, and the moment it was read from. */
  begins: { day: Day; moment: IcalMoment } | undefined;
  /** Null without a rule that has a pattern; not part of the patch. */
  rule: ReadRule | null;
};

/** Properties of which a task has one; a second one is reported. */
const singleProperties = new Set(
  'summary description x-alt-desc dtstart due duration completed status percent-complete class priority rrule'
    .split(' ')
    .concat('recurrence-id x-threefold-folder x-threefold-status x-threefold-sensitivity x-threefold-start'.split(' ')),
);

/** Other properties that are read, or contain nothing that a task could keep. */
const otherProperties = new Set(
  'uid dtstamp created last-modified sequence categories attach exdate dalarm aalarm'.split(' '),
);

export type TodoOptions = {
  zones: CalendarZones;
  problems: ImportProblem[];
  /** LOCATION and URL are put into plain notes instead of being reported. */
  arePlacesNoted?: boolean | undefined;
};
const places = ['location', 'url'] as const;

/** The fields of one VTODO. Values that cannot be read are left out and reported with their line. */
export function readTodo(component: FileComponent, { zones, problems, arePlacesNoted = false }: TodoOptions): ReadTodo {
  const { properties, components } = component;
  const byName = new Map(properties.toReversed().map((property) => [property.name, property]));
  const find = (name: string) => byName.get(name);
  const report = (kind: ImportProblem['kind'], property: FileProperty, name = property.name.toUpperCase()) =>
    problems.push({ at: String(property.line), kind, name, value: quoteValue(property.value) });
  const reportOf = (name: string) => {
    const property = find(name);
    if (property !== undefined) report('value', property);
  };
  const notes = textOf(find('description'));
  const html = textOf(find('x-alt-desc'));
  const noted = arePlacesNoted && html === '' ? places : [];
  reportUnread(component, report, noted);

  const moment = (name: string) => {
    const property = find(name);
    const read = property && readIcalMoment(property, zones);
    if (property !== undefined && read === undefined) report('value', property);
    const tzid = parameterOf(property, 'tzid');
    if (property !== undefined && tzid !== undefined && zones.clockOf(tzid) === undefined) {
      problems.push({ at: String(property.line), kind: 'value', name: 'TZID', value: quoteValue(tzid) });
    }
    return read === 'none' ? undefined : read;
  };
  const start = moment('dtstart');
  const due = find('due') === undefined ? endOf(start) : moment('due');
  // A task has the one or the other.
  if (find('due') !== undefined) reportOf('duration');
  const days = daysOf(start, due, zones.mailboxZone);
  if (days === undefined) reportOf('dtstart');
  const dates: Days = days ?? { due: due && dayOfMoment(due, zones.mailboxZone) };
  const isDueAlone = textOf(find('x-threefold-start')) === 'none';
  const startDay = isDueAlone ? undefined : dates.start;
  const first = days !== undefined && start !== undefined ? start : due;
  const firstDay = dates.start ?? dates.due;
  const begins = first === undefined || firstDay === undefined ? undefined : { day: firstDay, moment: first };

  const completed = moment('completed');
  const status = statusOf(component, report);
  if (status !== 'completed' && completed !== undefined) reportOf('completed');
  const reminder = readReminder(components, properties, { start: days && start, end: due, zones, problems });
  const [place, url] = noted.map((name) => textOf(find(name)).trim());
  const content = [place, notes, url].filter((text) => text !== undefined && text !== '').join('\n\n');
  const categories = properties.filter(({ name }) => name === 'categories').flatMap((property) => textsOf(property));
  const names = categories.map((name) => name.trim()).filter((name) => name !== '');
  const patch: TaskPatch = {
    subject: textOf(find('summary')),
    body: html === '' ? { contentType: 'text', content } : { contentType: 'html', content: html },
    status,
    importance: importanceOf(find('priority'), report),
    sensitivity: sensitivityOf(component, report),
    categories: [...new Set(names)],
    ...(startDay !== undefined && { start: zonedDay(startDay, zones.mailboxZone) }),
    ...(dates.due !== undefined && { due: zonedDay(dates.due, zones.mailboxZone) }),
    ...(status === 'completed' &&
      completed !== undefined && { completed: zonedDay(completionDay(completed), zones.mailboxZone) }),
    ...(reminder !== undefined && {
      reminder: reminder.reminder,
      isReminderOn: reminder.isOn && status !== 'completed',
    }),
  };
  return { component, patch, attachments: attachmentsOf(properties, report), begins, rule: ruleOf() };

  /** The due date of a task with a start and a duration (RFC 5545 §3.8.2.5). */
  function endOf(from: IcalMoment | undefined): IcalMoment | undefined {
    const property = find('duration');
    const length = property && readDuration(property.value);
    if (property !== undefined && (length === undefined || from === undefined)) report('value', property);
    return from === undefined || length === undefined ? undefined : addDuration(from, length, zones.mailboxZone);
  }

  /** A completion is an instant, which falls on a day of the mailbox. */
  function completionDay(at: IcalMoment): Day {
    return at.kind === 'day' ? at.day : dateOf(at.instant, zones.mailboxZone);
  }

  function ruleOf(): ReadRule | null {
    const property = find('rrule');
    if (property === undefined) return null;
    const rule = begins && readIcalRule(property.value, begins.moment, begins.day, zones);
    if (rule === undefined) report('value', property);
    else if (rule.isChanged) report('changed', property);
    return rule ?? null;
  }
}

type Days = { start?: Day | undefined; due: Day | undefined };

/**
 * The days of start and due. Undefined when the start is after the due time, which servers refuse. Times of two zones in
 * the right order may have days in the wrong one: then the days are those of one zone.
 */
function daysOf(start: IcalMoment | undefined, due: IcalMoment | undefined, mailboxZone: string): Days | undefined {
  const startDay = start && dayOfMoment(start, mailboxZone);
  const dueDay = due && dayOfMoment(due, mailboxZone);
  if (start === undefined || due === undefined || startDay === undefined || dueDay === undefined) {
    return { start: startDay, due: dueDay };
  }
  if (startDay <= dueDay) return { start: startDay, due: dueDay };
  if (start.kind === 'day' || due.kind === 'day' || start.instant > due.instant) return undefined;
  const clock = start.isUtc ? due.clock : due.isUtc ? start.clock : undefined;
  const dayAt = (at: IcalMoment) => {
    const instant = instantOfMoment(at, mailboxZone);
    return clock === undefined ? dateOf(instant, mailboxZone) : toDay(clock.toLocal(instant));
  };
  return { start: dayAt(start), due: dayAt(due) };
}

type Report = (kind: ImportProblem['kind'], property: FileProperty, name?: string) => void;

/** Reports what no field is made of: unknown properties, second ones, and components that are no alarms. */
function reportUnread({ properties, components }: FileComponent, report: Report, noted: readonly string[]): void {
  const seen = new Set<string>();
  for (const property of properties) {
    const { name } = property;
    const isSingle = singleProperties.has(name) || noted.includes(name);
    if (!isSingle && !otherProperties.has(name)) report('unknown', property);
    else if (isSingle && seen.has(name)) report('value', property);
    seen.add(name);
  }
  for (const { name, line, properties: inside } of components) {
    const summary = inside.find((property) => property.name === 'summary');
    const value = summary?.value ?? '';
    const property: FileProperty = { name, line, value, parameters: new Map(), isDecoded: false };
    if (name !== 'valarm') report('unknown', property);
  }
}

function statusOf({ properties }: FileComponent, report: Report): TaskStatus {
  const find = (name: string) => properties.find((property) => property.name === name);
  const ownStatus = textOf(find('x-threefold-status'));
  if (ownStatus === 'waitingOnOthers' || ownStatus === 'deferred') return ownStatus;
  const written = find('status');
  const status = textOf(written).trim().toUpperCase().replaceAll(' ', '-');
  const percent = find('percent-complete');
  const share = Number(percent === undefined ? 0 : percent.value.trim());
  const isShare = Number.isInteger(share) && share >= 0 && share <= 100;
  if (percent !== undefined && !isShare) report('value', percent);
  // A task is in progress, without a number; where it is not completed, all of it says nothing.
  const isLost = share > 0 && (share < 100 || (status !== 'COMPLETED' && status !== ''));
  if (percent !== undefined && isShare && isLost) report('changed', percent);
  const isOver = share === 100 || find('completed') !== undefined;
  if (status === 'COMPLETED' || (status === '' && isOver)) return 'completed';
  if (written !== undefined && !['NEEDS-ACTION', 'IN-PROCESS', 'CANCELLED', ''].includes(status)) {
    report('value', written);
  }
  if (written !== undefined && status === 'CANCELLED') {
    // The API has no cancelled status; deferred is the closest one that is not completed.
    report('changed', written);
    return 'deferred';
  }
  const isStarted = isShare && share > 0 && share < 100;
  return status === 'IN-PROCESS' || (status === '' && isStarted) ? 'inProgress' : 'notStarted';
}

function importanceOf(property: FileProperty | undefined, report: Report): Importance {
  const level = Number(property === undefined ? 0 : property.value.trim());
  if (property !== undefined && !(Number.isInteger(level) && level >= 0 && level <= 9)) {
    report('value', property);
    return 'normal';
  }
  return level >= 1 && level <= 4 ? 'high' : level >= 6 ? 'low' : 'normal';
}

/** An unknown class is private (RFC 5545 §3.8.1.3). */
function sensitivityOf({ properties }: FileComponent, report: Report): Sensitivity {
  const find = (name: string) => properties.find((property) => property.name === name);
  if (textOf(find('x-threefold-sensitivity')) === 'personal') return 'personal';
  const written = find('class');
  const level = textOf(written).trim().toUpperCase();
  if (written === undefined || level === '' || level === 'PUBLIC') return 'normal';
  if (level !== 'PRIVATE' && level !== 'CONFIDENTIAL') report('changed', written);
  return level === 'CONFIDENTIAL' ? 'confidential' : 'private';
}

function attachmentsOf(properties: readonly FileProperty[], report: Report): readonly PortableAttachment[] {
  return properties.flatMap((property) => {
    if (property.name !== 'attach') return [];
    const attachment = attachmentOf(property);
    if (attachment === undefined) report('value', property);
    return attachment ?? [];
  });
}

/** A web link or an embedded file; undefined for other links, which cannot be opened here. */
function attachmentOf(property: FileProperty): PortableAttachment | undefined {
  const name = parameterOf(property, 'filename') ?? parameterOf(property, 'x-filename');
  const isBinary = parameterOf(property, 'value')?.toUpperCase() === 'BINARY';
  if (isBinary || parameterOf(property, 'encoding')?.toUpperCase() === 'BASE64') {
    const contentType = parameterOf(property, 'fmttype') ?? null;
    const file: NewAttachment = {
      kind: 'file',
      name: name ?? 'attachment',
      contentType: contentType !== null && contentType.length > limits.contentType ? null : contentType,
      isInline: false,
      contentId: null,
      contentLocation: null,
    };
    return { attachment: file, contentBytes: property.value.trim() };
  }
  const link = property.value.trim();
  if (!/^https?:/i.test(link) || link.length > limits.url) return undefined;
  const fixed = { providerType: 'other', thumbnailUrl: null, previewUrl: null, permission: 'other' } as const;
  const label = { name: name ?? link.slice(0, 200), isInline: false, sourceUrl: link, isFolder: false };
  return { attachment: { kind: 'reference', ...label, ...fixed }, contentBytes: null };
}
