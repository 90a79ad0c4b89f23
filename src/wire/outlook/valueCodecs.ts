import type * as v from 'valibot';
import type { Body, Recurrence, RecurrenceRequest } from '../../domain/task/task.ts';
import { instantOf } from '../../domain/time/time.ts';
import type { Instant, ZonedTime } from '../../domain/time/time.ts';
import { readOffset, readZoned, writeOffset, writeZoned } from './dateTimeCodec.ts';
import type { Json, Spelling, View } from '../dialect.ts';
import { flag, read, readMembers, text, texts, within, wordOf } from '../jsonReader.ts';
import type { Reading } from '../jsonReader.ts';
import { readRecurrence, readWholeRecurrence, writeRecurrence, writeRecurrenceRequest } from './recurrenceCodec.ts';

/** How a member is written: `offset` and `zoned` are the two date types of docs/protocol.md#text-formats. */
export type ValueKind = 'text' | 'enum' | 'offset' | 'zoned' | 'bool' | 'strings' | 'body' | 'recurrence';

/** One member's value, both ways. What is missing is read as null, and null as blank where the domain has no null. */
export type ValueCodec<T> = {
  kind: ValueKind;
  read: (json: unknown, path: string, reading: Reading) => T;
  write: (value: T, writing: { spelling: Spelling; view: View }) => Json;
};

/** A text that must be there. */
export const requiredText: ValueCodec<string> = {
  kind: 'text',
  read: (json, path) => read(text, json, path),
  write: (value) => value,
};

/** A text whose null is empty. */
export const plainText: ValueCodec<string> = {
  kind: 'text',
  read: (json, path) => (json === null ? '' : read(text, json, path)),
  write: (value) => value,
};

export const nullableText: ValueCodec<string | null> = {
  kind: 'text',
  read: (json, path) => (json === null ? null : read(text, json, path)),
  write: (value) => value,
};

export const truth: ValueCodec<boolean> = {
  kind: 'bool',
  read: (json, path) => (json === null ? false : read(flag, json, path)),
  write: (value) => value,
};

export const textList: ValueCodec<readonly string[]> = {
  kind: 'strings',
  read: (json, path) => (json === null ? [] : read(texts, json, path)),
  write: (value) => value,
};

/** An enumeration; `blank` is what null means. */
export function wordIn<const T extends readonly string[]>(words: T, blank: T[number]): ValueCodec<T[number]> {
  const schema: v.GenericSchema<unknown, T[number]> = wordOf(words);
  return {
    kind: 'enum',
    read: (json, path) => (json === null ? blank : read(schema, json, path)),
    write: (value, { spelling }) => spelling.value(value),
  };
}

const bodyType = wordOf(['text', 'html']);

/** An ItemBody; null empties it (docs/protocol.md#complex-types). */
export const itemBody: ValueCodec<Body> = {
  kind: 'body',
  read(json, path, reading) {
    if (json === null) return { contentType: 'text', content: '' };
    const { ContentType, Content } = readMembers(json, 'ItemBody', ['ContentType', 'Content'], { path, reading });
    return {
      contentType: ContentType === null ? 'text' : read(bodyType, ContentType, within(path, 'ContentType', reading)),
      content: Content === null ? '' : read(text, Content, within(path, 'Content', reading)),
    };
  },
  write: ({ contentType, content }, { spelling }) => ({
    [spelling.member('ContentType')]: spelling.value(contentType),
    [spelling.member('Content')]: content,
  }),
};

export const offsetInstant: ValueCodec<Instant> = {
  kind: 'offset',
  read: readOffset,
  write: (value, { view }) => writeOffset(value, view),
};

/** A date of an answer: an instant, whatever zone it is shown in. */
export const zonedInstant: ValueCodec<Instant | null> = {
  kind: 'zoned',
  read(json, path, reading) {
    const time = readZoned(json, path, reading);
    return time && instantOf(time);
  },
  write: (value, { spelling, view }) => (value === null ? null : writeZoned(value, view, spelling)),
};

/** A date of a request keeps the zone it was written in (docs/protocol.md#rules-for-dates). */
export const zonedTime: ValueCodec<ZonedTime | null> = {
  kind: 'zoned',
  read: readZoned,
  write: (value, { spelling }) =>
    value && { [spelling.member('DateTime')]: value.local, [spelling.member('TimeZone')]: value.zone },
};

export const wholeRecurrence: ValueCodec<Recurrence | null> = {
  kind: 'recurrence',
  read: readWholeRecurrence,
  write: (value, { spelling }) => value && writeRecurrence(value, spelling),
};

export const askedRecurrence: ValueCodec<RecurrenceRequest | null> = {
  kind: 'recurrence',
  read: readRecurrence,
  write: (value, { spelling }) => value && writeRecurrenceRequest(value, spelling),
};
