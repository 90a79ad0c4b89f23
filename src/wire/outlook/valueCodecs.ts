import type * as v from 'valibot';
import type { TaskBody, Recurrence, RecurrenceRequest } from '../../domain/task/task.ts';
import { limits } from '../../domain/limits.ts';
import { instantOf } from '../../domain/time/time.ts';
import type { Instant, ZonedTime } from '../../domain/time/time.ts';
import { readOffsetTime, readZonedTime, writeOffsetTime, writeZonedTime } from './dateTimeCodec.ts';
import type { Json, Spelling, ResponseView } from '../dialect.ts';
import {
  booleanSchema,
  checkLength,
  readText,
  readValue,
  readMembers,
  textListSchema,
  memberPath,
  enumSchema,
} from '../jsonReader.ts';
import type { ReadContext } from '../jsonReader.ts';
import { readRecurrence, readFullRecurrence, writeRecurrence, writeRecurrenceRequest } from './recurrenceCodec.ts';

/** The wire format of a member: `offset` and `zoned` are the two date types of docs/protocol.md#text-formats. */
export type ValueKind = 'text' | 'enum' | 'offset' | 'zoned' | 'bool' | 'strings' | 'body' | 'recurrence';

/** The codec of one member. A missing value is read as null, and null as `blank` where the domain has no null. */
export type ValueCodec<T> = {
  kind: ValueKind;
  read: (json: unknown, path: string, reading: ReadContext) => T;
  write: (value: T, writing: { spelling: Spelling; view: ResponseView }) => Json;
};

/** A required text. */
export const requiredTextCodec: ValueCodec<string> = {
  kind: 'text',
  read: (json, path, reading) => readText(json, path, reading, limits.text),
  write: (value) => value,
};

/** A text that is empty for null. @param limit of a request, in UTF-16 units. */
export function limitedTextCodec(limit: number): ValueCodec<string> {
  return {
    kind: 'text',
    read: (json, path, reading) => (json === null ? '' : readText(json, path, reading, limit)),
    write: (value) => value,
  };
}

export const textCodec = limitedTextCodec(limits.text);

export const nullableTextCodec: ValueCodec<string | null> = {
  kind: 'text',
  read: (json, path, reading) => (json === null ? null : readText(json, path, reading, limits.text)),
  write: (value) => value,
};

export const booleanCodec: ValueCodec<boolean> = {
  kind: 'bool',
  read: (json, path) => (json === null ? false : readValue(booleanSchema, json, path)),
  write: (value) => value,
};

/** @param limit of a request: the number of entries, and the UTF-16 units of each. */
export function limitedTextListCodec(limit: { entries: number; text: number }): ValueCodec<readonly string[]> {
  return {
    kind: 'strings',
    read(json, path, reading) {
      if (json === null) return [];
      const { isRequest, kept } = reading;
      if (isRequest && Array.isArray(json)) checkLength(json, path, Math.max(limit.entries, kept?.entries ?? 0));
      const texts = readValue(textListSchema, json, path);
      if (!isRequest) return texts;
      for (const [at, text] of texts.entries()) {
        if (kept?.texts.has(text) !== true) checkLength(text, `${path}[${at}]`, limit.text);
      }
      return texts;
    },
    write: (value) => value,
  };
}

export const textListCodec = limitedTextListCodec({ entries: limits.list, text: limits.text });

/** The names of the categories of a task or an item. */
export const categoriesCodec = limitedTextListCodec({ entries: limits.categories, text: limits.categoryName });

/** An enumeration; `blank` is the value for null. */
export function enumCodec<const T extends readonly string[]>(allowed: T, blank: T[number]): ValueCodec<T[number]> {
  const schema: v.GenericSchema<unknown, T[number]> = enumSchema(allowed);
  return {
    kind: 'enum',
    read: (json, path) => (json === null ? blank : readValue(schema, json, path)),
    write: (value, { spelling }) => spelling.value(value),
  };
}

const bodyType = enumSchema(['text', 'html']);

/** An ItemBody; null gives an empty one (docs/protocol.md#complex-types). */
export const bodyCodec: ValueCodec<TaskBody> = {
  kind: 'body',
  read(json, path, reading) {
    if (json === null) return { contentType: 'text', content: '' };
    const { ContentType, Content } = readMembers(json, 'ItemBody', ['ContentType', 'Content'], { path, reading });
    return {
      contentType:
        ContentType === null ? 'text' : readValue(bodyType, ContentType, memberPath(path, 'ContentType', reading)),
      content: Content === null ? '' : readText(Content, memberPath(path, 'Content', reading), reading, limits.body),
    };
  },
  write: ({ contentType, content }, { spelling }) => ({
    [spelling.member('ContentType')]: spelling.value(contentType),
    [spelling.member('Content')]: content,
  }),
};

export const offsetInstantCodec: ValueCodec<Instant> = {
  kind: 'offset',
  read: readOffsetTime,
  write: (value, { view }) => writeOffsetTime(value, view),
};

/** A date of a response: an instant, whatever zone it is written in. */
export const zonedInstantCodec: ValueCodec<Instant | null> = {
  kind: 'zoned',
  read(json, path, reading) {
    const time = readZonedTime(json, path, reading);
    return time && instantOf(time);
  },
  write: (value, { spelling, view }) => (value === null ? null : writeZonedTime(value, view, spelling)),
};

/** A date of a request keeps the zone in which it was written (docs/protocol.md#rules-for-dates). */
export const zonedTimeCodec: ValueCodec<ZonedTime | null> = {
  kind: 'zoned',
  read: readZonedTime,
  write: (value, { spelling }) =>
    value && { [spelling.member('DateTime')]: value.local, [spelling.member('TimeZone')]: value.zone },
};

export const fullRecurrenceCodec: ValueCodec<Recurrence | null> = {
  kind: 'recurrence',
  read: readFullRecurrence,
  write: (value, { spelling }) => value && writeRecurrence(value, spelling),
};

export const recurrenceRequestCodec: ValueCodec<RecurrenceRequest | null> = {
  kind: 'recurrence',
  read: readRecurrence,
  write: (value, { spelling }) => value && writeRecurrenceRequest(value, spelling),
};
