import { importances, sensitivities, statuses } from '../domain/task.ts';
import type { Body, Recurrence, RecurrenceRequest, Task, TaskPatch } from '../domain/task.ts';
import { instantOf } from '../domain/time.ts';
import type { Instant, ZonedTime } from '../domain/time.ts';
import { readOffset, readZoned, writeOffset, writeZoned } from './dates.ts';
import type { Codec, Json, JsonObject, Spelling, View } from './dialect.ts';
import { flag, isObject, read, readMembers, text, texts, unknownMember, WireError, within, wordOf } from './read.ts';
import type { Reading } from './read.ts';
import { readRecurrence, readWholeRecurrence, writeRecurrence, writeRecurrenceRequest } from './recurrence.ts';

/** How a member is written: `offset` and `zoned` are the two date types of wire.md §7.3. */
export type TaskFieldKind = 'text' | 'enum' | 'offset' | 'zoned' | 'bool' | 'strings' | 'body' | 'recurrence';

export type TaskField = {
  member: keyof Task;
  /** The PascalCase name; the other dialect's is `spelling.member(name)`. */
  name: string;
  kind: TaskFieldKind;
  /** May be set in POST and PATCH; otherwise a value sent along is ignored (wire.md §4). */
  writable: boolean;
};

/** Every member of a task on the wire, in the order of the documentation: the one table behind both dialects. */
export const taskFields: readonly TaskField[] = [
  { member: 'id', name: 'Id', kind: 'text', writable: false },
  { member: 'createdAt', name: 'CreatedDateTime', kind: 'offset', writable: false },
  { member: 'modifiedAt', name: 'LastModifiedDateTime', kind: 'offset', writable: false },
  { member: 'changeKey', name: 'ChangeKey', kind: 'text', writable: false },
  { member: 'categories', name: 'Categories', kind: 'strings', writable: true },
  { member: 'assignedTo', name: 'AssignedTo', kind: 'text', writable: false },
  { member: 'body', name: 'Body', kind: 'body', writable: true },
  { member: 'completed', name: 'CompletedDateTime', kind: 'zoned', writable: true },
  { member: 'due', name: 'DueDateTime', kind: 'zoned', writable: true },
  { member: 'hasAttachments', name: 'HasAttachments', kind: 'bool', writable: false },
  { member: 'importance', name: 'Importance', kind: 'enum', writable: true },
  { member: 'isReminderOn', name: 'IsReminderOn', kind: 'bool', writable: true },
  { member: 'owner', name: 'Owner', kind: 'text', writable: false },
  { member: 'folderId', name: 'ParentFolderId', kind: 'text', writable: false },
  { member: 'recurrence', name: 'Recurrence', kind: 'recurrence', writable: true },
  { member: 'reminder', name: 'ReminderDateTime', kind: 'zoned', writable: true },
  { member: 'sensitivity', name: 'Sensitivity', kind: 'enum', writable: true },
  { member: 'start', name: 'StartDateTime', kind: 'zoned', writable: true },
  { member: 'status', name: 'Status', kind: 'enum', writable: true },
  { member: 'subject', name: 'Subject', kind: 'text', writable: true },
];

type SpelledField = TaskField & { wireName: string };

/** What null means to members that are never null in the domain; the first word of a list is not always its default. */
const words = {
  status: { schema: wordOf(statuses), blank: 'notStarted' },
  importance: { schema: wordOf(importances), blank: 'normal' },
  sensitivity: { schema: wordOf(sensitivities), blank: 'normal' },
} as const;
const bodyType = wordOf(['text', 'html']);

/** Navigation properties: known to the type, but never part of a task's own body (wire.md §4, §14). */
const navigations = ['Attachments', 'SingleValueExtendedProperties', 'MultiValueExtendedProperties'];

export function taskCodec(spelling: Spelling): Codec<Task, TaskPatch> {
  const fields: readonly SpelledField[] = taskFields.map((field) => ({
    ...field,
    wireName: spelling.member(field.name),
  }));
  const fieldByName = new Map(fields.map((field) => [field.wireName, field]));
  const closed = new Set(navigations.map(spelling.member));
  const answer: Reading = { spelling, isRequest: false };
  const request: Reading = { spelling, isRequest: true };

  return {
    decode(json) {
      if (!isObject(json)) throw new WireError('RequestBodyRead', 'A task must be an object.', '');
      const etag = json['@odata.etag'];
      const members = fields.map((field) => [field.member, readAnswer(field, json[field.wireName] ?? null, answer)]);
      // The table has every member but the etag, each with the reader of its type.
      return { etag: typeof etag === 'string' ? etag : '', ...Object.fromEntries(members) } as Task;
    },

    encode(task, view = {}) {
      const members = fields.map((field) => [field.wireName, writeAnswer(field, task[field.member], spelling, view)]);
      return { ...(task.etag !== '' && { '@odata.etag': task.etag }), ...Object.fromEntries(members) };
    },

    decodePatch(json) {
      if (!isObject(json)) throw new WireError('RequestBodyRead', 'The body of the request must be an object.', '');
      const patch: Record<string, unknown> = {};
      for (const [name, value] of Object.entries(json)) {
        if (name.includes('@')) continue;
        const field = fieldByName.get(name);
        if (field?.writable === true) patch[field.member] = readRequest(field, value, request);
        else if (field === undefined) refuseName(name, value, closed, spelling);
      }
      return patch as TaskPatch;
    },

    encodePatch(patch) {
      const said = fields.flatMap((field) => {
        const value = patch[field.member as keyof TaskPatch];
        return value === undefined || !field.writable ? [] : [[field.wireName, writeRequest(field, value, spelling)]];
      });
      return Object.fromEntries(said) as JsonObject;
    },
  };
}

function refuseName(name: string, value: unknown, closed: ReadonlySet<string>, spelling: Spelling): void {
  if (!closed.has(name)) throw unknownMember(name, spelling.type('Task'), '');
  if (value === null || (Array.isArray(value) && value.length === 0)) return;
  throw new WireError('ErrorInvalidProperty', `The property '${name}' cannot be set with the task.`, name);
}

/** Dates of an answer are instants; what a server leaves out or answers with null is blank. */
function readAnswer({ member, wireName: name, kind }: SpelledField, json: unknown, reading: Reading): unknown {
  switch (kind) {
    case 'text':
      if (member === 'id') return read(text, json, name);
      return json === null ? (member === 'owner' || member === 'assignedTo' ? null : '') : read(text, json, name);
    case 'offset':
      return readOffset(json, name);
    case 'zoned': {
      const time = readZoned(json, name, reading);
      return time && instantOf(time);
    }
    case 'recurrence':
      return readWholeRecurrence(json, name, reading);
    default:
      return readPlain(member, kind, json, name, reading);
  }
}

/** Dates of a request keep the zone they were said in (wire.md §7.1); null clears. */
function readRequest({ member, wireName: name, kind }: SpelledField, json: unknown, reading: Reading): unknown {
  switch (kind) {
    case 'text':
      return json === null ? '' : read(text, json, name);
    case 'offset':
      return readOffset(json, name);
    case 'zoned':
      return readZoned(json, name, reading);
    case 'recurrence':
      return readRecurrence(json, name, reading);
    default:
      return readPlain(member, kind, json, name, reading);
  }
}

function readPlain(
  member: keyof Task,
  kind: 'enum' | 'bool' | 'strings' | 'body',
  json: unknown,
  path: string,
  reading: Reading,
): unknown {
  switch (kind) {
    case 'enum': {
      const { schema, blank } = words[member as keyof typeof words];
      return json === null ? blank : read(schema, json, path);
    }
    case 'bool':
      return json === null ? false : read(flag, json, path);
    case 'strings':
      return json === null ? [] : read(texts, json, path);
    case 'body':
      return readBody(json, path, reading);
  }
}

/** ItemBody; null empties it (wire.md §4.2). */
function readBody(json: unknown, path: string, reading: Reading): Body {
  if (json === null) return { contentType: 'text', content: '' };
  const { ContentType, Content } = readMembers(json, 'ItemBody', ['ContentType', 'Content'], { path, reading });
  return {
    contentType: ContentType === null ? 'text' : read(bodyType, ContentType, within(path, 'ContentType', reading)),
    content: Content === null ? '' : read(text, Content, within(path, 'Content', reading)),
  };
}

function writeAnswer({ kind }: TaskField, value: Task[keyof Task], spelling: Spelling, view: View): Json {
  if (value === null) return null;
  switch (kind) {
    case 'offset':
      return writeOffset(value as Instant, view);
    case 'zoned':
      return writeZoned(value as Instant, view, spelling);
    case 'recurrence':
      return writeRecurrence(value as Recurrence, spelling);
    default:
      return writePlain(kind, value as string | boolean | readonly string[] | Body, spelling);
  }
}

function writeRequest({ kind }: TaskField, value: TaskPatch[keyof TaskPatch], spelling: Spelling): Json {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'offset':
    case 'zoned': {
      const { local, zone } = value as ZonedTime;
      return { [spelling.member('DateTime')]: local, [spelling.member('TimeZone')]: zone };
    }
    case 'recurrence':
      return writeRecurrenceRequest(value as RecurrenceRequest, spelling);
    default:
      return writePlain(kind, value as string | boolean | readonly string[] | Body, spelling);
  }
}

function writePlain(
  kind: 'text' | 'enum' | 'bool' | 'strings' | 'body',
  value: string | boolean | readonly string[] | Body,
  spelling: Spelling,
): Json {
  if (kind === 'enum') return spelling.value(value as string);
  if (kind !== 'body') return value as string | boolean | readonly string[];
  const { contentType, content } = value as Body;
  return { [spelling.member('ContentType')]: spelling.value(contentType), [spelling.member('Content')]: content };
}
