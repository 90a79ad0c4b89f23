import ICAL from 'ical.js';
import type { Sensitivity, Status, Task, TaskPatch } from '../../domain/task.ts';
import { addMs, canonicalZone, dateOf, dayOf, instantOf, isDay, localOf, zonedDay } from '../../domain/time.ts';
import type { Day, Instant, ZonedTime } from '../../domain/time.ts';
import { recurrenceOf, rulePartsOf } from '../recurrenceRule.ts';
import type { RuleParts } from '../recurrenceRule.ts';
import { ExchangeError, written } from './model.ts';
import type { ExchangedFolder, ExchangedTask, ExchangeWriter, ExportedFolder, Imported } from './model.ts';
import type { ImportProblem } from './model.ts';

/** jCal, as ical.js reads and writes it (RFC 7265). */
type Property = [name: string, parameters: Record<string, string>, type: string, ...values: unknown[]];
type Component = [name: string, properties: Property[], components: Component[]];

type Options = {
  /** Zone of the mailbox: what days without a zone are meant in. */
  zone: string;
  plainText: (html: string) => string;
};

// ---- Writing ---------------------------------------------------------------------------------------------------------

const statusWords: Readonly<Record<Status, string>> = {
  notStarted: 'NEEDS-ACTION',
  inProgress: 'IN-PROCESS',
  completed: 'COMPLETED',
  waitingOnOthers: 'NEEDS-ACTION',
  deferred: 'NEEDS-ACTION',
};
const classes: Readonly<Record<Sensitivity, string>> = {
  normal: 'PUBLIC',
  personal: 'PRIVATE',
  private: 'PRIVATE',
  confidential: 'CONFIDENTIAL',
};
const priorities = { low: 9, normal: 5, high: 1 } as const;

/**
 * Tasks as VTODO components of one calendar (RFC 5545 §3.6.2); what the format has no word for goes into properties of ours
 * that others pass over. Files are not in it, links are.
 * @param calendar its name, where it is one folder's.
 */
export function icalWriter({ zone, plainText, calendar }: Options & { calendar?: string | undefined }): ExchangeWriter {
  let place: Property = ['x-threefold-folder', {}, 'text', ''];
  // ical.js writes whole components: an empty calendar is the frame around the tasks.
  const head: Property[] = [
    ['prodid', {}, 'text', '-//Threefold//Threefold//EN'],
    ['version', {}, 'text', '2.0'],
    ...(calendar === undefined ? [] : [['x-wr-calname', {}, 'text', calendar] satisfies Property]),
  ];
  const end = 'END:VCALENDAR\r\n';
  return {
    head: () => ICAL.stringify(['vcalendar', head, []]).slice(0, -end.length),
    group: () => '',
    folder({ name, group }) {
      place = ['x-threefold-folder', { 'x-group': group }, 'text', name];
      return '';
    },
    task({ task, attachments }) {
      const links = attachments.flatMap(({ attachment }): Property[] =>
        attachment.kind === 'reference' ? [['attach', { filename: attachment.name }, 'uri', attachment.sourceUrl]] : [],
      );
      const todo: Component = ['vtodo', [...propertiesOf(task, zone, plainText), ...links, place], alarmsOf(task)];
      return ICAL.stringify(todo);
    },
    end: () => end,
  };
}

export function writeIcal(folders: readonly ExportedFolder[], options: Options): string {
  const names = [...new Set(folders.map(({ name }) => name))];
  return written(icalWriter({ ...options, calendar: names.length === 1 ? names[0] : undefined }), folders);
}

function propertiesOf(task: Task, zone: string, plainText: Options['plainText']): Property[] {
  const { body, status, recurrence } = task;
  const day = (name: string, instant: Instant | null): Property[] =>
    instant === null ? [] : [[name, {}, 'date', dayOf(instant, zone)]];
  const isHtml = body.contentType === 'html';
  const text = isHtml ? plainText(body.content) : body.content;
  return [
    ['uid', {}, 'text', `${task.id}@threefold.invalid`],
    ['dtstamp', {}, 'date-time', utc(task.modifiedAt)],
    ['created', {}, 'date-time', utc(task.createdAt)],
    ['last-modified', {}, 'date-time', utc(task.modifiedAt)],
    ['summary', {}, 'text', task.subject],
    ...(text === '' ? [] : [['description', {}, 'text', text] satisfies Property]),
    ...(isHtml ? [['x-alt-desc', { fmttype: 'text/html' }, 'text', body.content] satisfies Property] : []),
    ...day('dtstart', task.start),
    ...day('due', task.due),
    ...(task.completed === null ? [] : [['completed', {}, 'date-time', utc(task.completed)] satisfies Property]),
    ['status', {}, 'text', statusWords[status]],
    ...(status === 'waitingOnOthers' || status === 'deferred'
      ? [['x-threefold-status', {}, 'text', status] satisfies Property]
      : []),
    ...(status === 'completed' ? [['percent-complete', {}, 'integer', 100] satisfies Property] : []),
    ['class', {}, 'text', classes[task.sensitivity]],
    ...(task.sensitivity === 'personal'
      ? [['x-threefold-sensitivity', {}, 'text', 'personal'] satisfies Property]
      : []),
    ['priority', {}, 'integer', priorities[task.importance]],
    ...(task.categories.length === 0 ? [] : [['categories', {}, 'text', ...task.categories] satisfies Property]),
    ...(recurrence === null ? [] : [['rrule', {}, 'recur', ruleOf(recurrence)] satisfies Property]),
  ];
}

function ruleOf({ pattern, range }: NonNullable<Task['recurrence']>): RuleParts {
  const parts = rulePartsOf(pattern);
  if (range.type === 'numbered') return { ...parts, count: range.numberOfOccurrences };
  return range.type === 'endDate' ? { ...parts, until: range.endDate } : parts;
}

function alarmsOf(task: Task): Component[] {
  if (!task.isReminderOn || task.reminder === null) return [];
  const trigger: Property = ['trigger', { value: 'DATE-TIME' }, 'date-time', utc(task.reminder)];
  return [['valarm', [['action', {}, 'text', 'DISPLAY'], ['description', {}, 'text', task.subject], trigger], []]];
}

const utc = (instant: Instant) => `${instant.slice(0, 19)}Z`;

// ---- Reading ---------------------------------------------------------------------------------------------------------

/**
 * The tasks of an iCalendar file: every VTODO in it, series as far as the API has a pattern for them.
 * @throws ExchangeError for what is no iCalendar file, or one without tasks.
 */
export function readIcal(text: string, { zone }: Pick<Options, 'zone'>): Imported {
  const problems: ImportProblem[] = [];
  const calendars = parsed(text);
  const folders = new Map<string, ExchangedFolder & { tasks: ExchangedTask[] }>();
  let count = 0;
  for (const [, head, components] of calendars) {
    const calendar = textOf(head.find(([name]) => name === 'x-wr-calname'));
    for (const component of components) {
      if (component[0] !== 'vtodo') continue;
      count += 1;
      const said = component[1].find(([name]) => name === 'x-threefold-folder');
      const name = textOf(said) || calendar || null;
      const group = said?.[1]['x-group'] ?? null;
      const key = JSON.stringify([name, group]);
      const folder = folders.get(key) ?? { group, name, isDefault: false, tasks: [] };
      folder.tasks.push(taskOf(component, { zone, at: `VTODO ${count}`, problems }));
      folders.set(key, folder);
    }
  }
  if (count === 0) throw new ExchangeError('noTasks', 'There is no task (VTODO) in this iCalendar file.');
  return { folders: [...folders.values()], problems };
}

function parsed(text: string): Component[] {
  try {
    const read = ICAL.parse(text.replace(/^\uFEFF/, '')) as Component | Component[];
    return (typeof read[0] === 'string' ? [read] : read) as Component[];
  } catch (cause) {
    throw new ExchangeError('ical', 'This file is not iCalendar, or it is cut off.', cause);
  }
}

type Reading = { zone: string; at: string; problems: ImportProblem[] };

/** Read, or known to say nothing that a task could keep. */
const readProperties = new Set(
  'uid dtstamp created last-modified summary description x-alt-desc dtstart due completed status percent-complete class'
    .split(' ')
    .concat('priority categories rrule attach sequence x-threefold-folder x-threefold-status'.split(' '))
    .concat('x-threefold-sensitivity duration'.split(' ')),
);

function taskOf([, properties, components]: Component, { zone, at, problems }: Reading): ExchangedTask {
  const find = (name: string) => properties.find(([one]) => one === name);
  const missed = (name: string, property?: Property) =>
    problems.push({ at, kind: 'value', name: name.toUpperCase(), value: said(property?.[3]) });
  const day = (name: string) => {
    const property = find(name);
    const read = property && dayTime(property, zone);
    if (property !== undefined && read === undefined) missed(name, property);
    return read;
  };
  for (const [name, , , value] of properties) {
    if (!readProperties.has(name)) problems.push({ at, kind: 'unknown', name: name.toUpperCase(), value: said(value) });
  }
  const [start, asked] = [day('dtstart'), day('due')];
  // A due date before the start is refused by every server; the start is what gives way.
  const isFit = start === undefined || asked === undefined || instantOf(start) <= instantOf(asked);
  if (!isFit) missed('dtstart', find('dtstart'));
  const begins = (isFit ? start : undefined) ?? asked;
  const rule = find('rrule');
  const recurrence = rule && begins && recurrenceOf(partsOf(rule), begins.local.slice(0, 10) as Day);
  if (rule !== undefined && recurrence === undefined) missed('rrule', rule);
  const completed = day('completed');
  const status = statusOf(properties);
  const html = textOf(find('x-alt-desc'));
  const plain = textOf(find('description'));
  const reminder = reminderOf(components, [isFit ? start : undefined, asked], zone);
  const categories = properties.filter(([name]) => name === 'categories').flatMap(([, , , ...names]) => names);
  const patch: TaskPatch = {
    subject: textOf(find('summary')),
    body: html === '' ? { contentType: 'text', content: plain } : { contentType: 'html', content: html },
    status,
    importance: importanceOf(find('priority')),
    sensitivity: sensitivityOf(properties),
    categories: [...new Set(categories.filter((name) => typeof name === 'string' && name !== ''))] as string[],
    ...(isFit && start !== undefined && { start }),
    ...(asked !== undefined && { due: asked }),
    ...(status === 'completed' && completed !== undefined && { completed }),
    ...(recurrence !== undefined && status !== 'completed' && { recurrence }),
    ...(reminder !== undefined && { reminder, isReminderOn: true }),
  };
  return { patch, attachments: properties.filter(([name]) => name === 'attach').flatMap(linkOf) };
}

/** Short enough for a report. */
function said(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 200);
}

function textOf(property: Property | undefined): string {
  const value = property?.[3];
  return typeof value === 'string' ? value : '';
}

/** A day as it is said; a moment is the day that the zone it is said in (else the mailbox's) has then. */
function dayTime([, parameters, type, value]: Property, zone: string): ZonedTime | undefined {
  if (typeof value !== 'string') return undefined;
  const day = value.slice(0, 10);
  if (!isDay(day)) return undefined;
  if (type === 'date') return zonedDay(day, zone);
  if (value.endsWith('Z')) return zonedDay(dateOf(`${value.slice(0, 19)}.000Z`, zone), zone);
  return zonedDay(day, canonicalZone(parameters['tzid'] ?? '') ?? zone);
}

function statusOf(properties: readonly Property[]): Status {
  const find = (name: string) => textOf(properties.find(([one]) => one === name));
  const own = find('x-threefold-status');
  if (own === 'waitingOnOthers' || own === 'deferred') return own;
  const said = find('status').toUpperCase();
  if (said === 'COMPLETED' || (said === '' && properties.some(([name]) => name === 'completed'))) return 'completed';
  // Cancelled is not done, and nothing else in the API comes nearer.
  if (said === 'CANCELLED') return 'deferred';
  return said === 'IN-PROCESS' ? 'inProgress' : 'notStarted';
}

function importanceOf(property: Property | undefined) {
  const said = Number(property?.[3] ?? 0);
  return said >= 1 && said <= 4 ? 'high' : said >= 6 ? 'low' : 'normal';
}

function sensitivityOf(properties: readonly Property[]): Sensitivity {
  const find = (name: string) => textOf(properties.find(([one]) => one === name));
  if (find('x-threefold-sensitivity') === 'personal') return 'personal';
  const said = find('class').toUpperCase();
  return said === 'PRIVATE' ? 'private' : said === 'CONFIDENTIAL' ? 'confidential' : 'normal';
}

function partsOf([, , , value]: Property): RuleParts {
  return value as RuleParts;
}

/** The first alarm: at a moment, or before the due date (else the start). */
function reminderOf(
  components: readonly Component[],
  [start, due]: readonly (ZonedTime | undefined)[],
  zone: string,
): ZonedTime | undefined {
  const alarm = components.find(([name]) => name === 'valarm');
  const trigger = alarm?.[1].find(([name]) => name === 'trigger');
  const value = trigger?.[3];
  if (trigger === undefined || typeof value !== 'string') return undefined;
  if (trigger[2] === 'date-time') {
    const at = value.endsWith('Z') ? `${value.slice(0, 19)}.000Z` : instantOf({ local: value, zone });
    return { local: localOf(at, zone), zone };
  }
  const from = trigger[1]['related']?.toUpperCase() === 'END' ? (due ?? start) : (start ?? due);
  if (from === undefined) return undefined;
  const at = addMs(instantOf(from), ICAL.Duration.fromString(value).toSeconds() * 1000);
  return { local: localOf(at, zone), zone };
}

/** Links are taken along; files inside an iCalendar file are a message's, not a task's. */
function linkOf([, parameters, type, value]: Property): ExchangedTask['attachments'] {
  if (type !== 'uri' || typeof value !== 'string' || !/^https?:/i.test(value)) return [];
  const name = parameters['filename'] ?? value.slice(0, 200);
  const link = { providerType: 'other', thumbnailUrl: null, previewUrl: null, permission: 'other' } as const;
  const reference = { kind: 'reference', name, isInline: false, sourceUrl: value, ...link, isFolder: false } as const;
  return [{ attachment: reference, contentBytes: null }];
}
