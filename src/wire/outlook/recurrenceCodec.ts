import * as v from 'valibot';
import { patternTypes, rangeTypes, weekIndexes } from '../../domain/task/task.ts';
import { isDay, parseDateTime, weekdays } from '../../domain/time/time.ts';
import { limits } from '../../domain/limits.ts';
import type { Recurrence, RecurrenceRequest } from '../../domain/task/task.ts';
import type { Json, JsonObject, Spelling } from '../dialect.ts';
import { resolveZoneName } from './dateTimeCodec.ts';
import {
  isObject,
  readValue,
  readMembers,
  readText,
  checkLength,
  integerSchema,
  WireError,
  memberPath,
  enumSchema,
} from '../jsonReader.ts';
import type { ReadContext } from '../jsonReader.ts';

const patternMembers = ['Type', 'Interval', 'Month', 'DayOfMonth', 'DaysOfWeek', 'FirstDayOfWeek', 'Index'] as const;
const rangeMembers = ['Type', 'StartDate', 'EndDate', 'RecurrenceTimeZone', 'NumberOfOccurrences'] as const;

const patternType = enumSchema(patternTypes);
const rangeType = enumSchema(rangeTypes);
const weekday = enumSchema(weekdays);
const days = v.array(weekday, 'Expected a list of days');
const weekIndex = enumSchema(weekIndexes);

/** The value of a non-null date that a rule does not use (docs/protocol.md#recurrence). */
const noDate = '0001-01-01';

/**
 * Reads a PatternedRecurrence (docs/protocol.md#recurrence). Members that the type does not use are ignored; the domain
 * checks the limits.
 */
export function readRecurrence(json: unknown, path: string, reading: ReadContext): RecurrenceRequest | null {
  if (json === null || (isObject(json) && Object.keys(json).length === 0)) return null;
  const { Pattern, Range } = readMembers(json, 'PatternedRecurrence', ['Pattern', 'Range'], { path, reading });
  return {
    pattern: readPattern(Pattern, memberPath(path, 'Pattern', reading), reading),
    range: readRange(Range, memberPath(path, 'Range', reading), reading),
  };
}

/** Reads a recurrence of a response, which always has a start date. */
export function readFullRecurrence(json: unknown, path: string, reading: ReadContext): Recurrence | null {
  const rule = readRecurrence(json, path, reading);
  if (rule === null) return null;
  const { startDate } = rule.range;
  if (startDate === undefined) throw missing(memberPath(memberPath(path, 'Range', reading), 'StartDate', reading));
  return { pattern: rule.pattern, range: { ...rule.range, startDate } };
}

function readPattern(json: unknown, path: string, reading: ReadContext): Recurrence['pattern'] {
  const values = readMembers(json, 'RecurrencePattern', patternMembers, { path, reading });
  const at = (name: (typeof patternMembers)[number]) => memberPath(path, name, reading);
  const number = (name: 'Interval' | 'Month' | 'DayOfMonth') =>
    readValue(integerSchema, required(values[name], at(name)), at(name));
  const type = readValue(patternType, values.Type, at('Type'));
  const interval = number('Interval');
  const daysOfWeek = () => {
    const list = values.DaysOfWeek ?? [];
    if (reading.isRequest && Array.isArray(list)) checkLength(list, at('DaysOfWeek'), limits.daysOfWeek);
    return readValue(days, list, at('DaysOfWeek'));
  };
  const index = () => readValue(weekIndex, values.Index ?? 'first', at('Index'));
  switch (type) {
    case 'daily':
      return { type, interval };
    case 'weekly': {
      const firstDayOfWeek = readValue(weekday, values.FirstDayOfWeek ?? 'sunday', at('FirstDayOfWeek'));
      return { type, interval, daysOfWeek: daysOfWeek(), firstDayOfWeek };
    }
    case 'absoluteMonthly':
      return { type, interval, dayOfMonth: number('DayOfMonth') };
    case 'relativeMonthly':
      return { type, interval, daysOfWeek: daysOfWeek(), index: index() };
    case 'absoluteYearly':
      return { type, interval, month: number('Month'), dayOfMonth: number('DayOfMonth') };
    case 'relativeYearly':
      return { type, interval, month: number('Month'), daysOfWeek: daysOfWeek(), index: index() };
  }
}

function readRange(json: unknown, path: string, reading: ReadContext): RecurrenceRequest['range'] {
  const values = readMembers(json, 'RecurrenceRange', rangeMembers, { path, reading });
  const at = (name: (typeof rangeMembers)[number]) => memberPath(path, name, reading);
  const type = readValue(rangeType, values.Type, at('Type'));
  const startDate = values.StartDate === noDate ? undefined : readDate(values.StartDate, at('StartDate'), reading);
  const zone =
    values.RecurrenceTimeZone === null
      ? ''
      : readText(values.RecurrenceTimeZone, at('RecurrenceTimeZone'), reading, limits.zoneName);
  if (zone !== '') resolveZoneName(zone, at('RecurrenceTimeZone'));
  const common = { ...(startDate !== undefined && { startDate }), ...(zone !== '' && { zone }) };
  switch (type) {
    case 'noEnd':
      return { ...common, type };
    case 'endDate': {
      const endDate = readDate(required(values.EndDate, at('EndDate')), at('EndDate'), reading);
      if (endDate === undefined) throw missing(at('EndDate'));
      return { ...common, type, endDate };
    }
    case 'numbered': {
      const count = required(values.NumberOfOccurrences, at('NumberOfOccurrences'));
      return { ...common, type, numberOfOccurrences: readValue(integerSchema, count, at('NumberOfOccurrences')) };
    }
  }
}

/** Reads an Edm.Date; the time that some clients add is dropped. */
function readDate(json: unknown, path: string, reading: ReadContext): string | undefined {
  if (json === null || json === '') return undefined;
  const text = readText(json, path, reading, limits.dateTime);
  const parsed = parseDateTime(text);
  if (parsed !== undefined) return parsed.local.slice(0, 10);
  // A date beyond the range of the store is still a date: the domain reports that it is out of range.
  if (isDay(text)) return text;
  throw new WireError('RequestBodyRead', `Cannot read the value of '${path}': Expected a date.`, path);
}

function required(value: unknown, path: string): unknown {
  if (value === null) throw missing(path);
  return value;
}

function missing(path: string): WireError {
  return new WireError('RequestBodyRead', `The value of '${path}' is required.`, path);
}

/** For a response: every member, with placeholders where the rule does not use it. */
export function writeRecurrence(rule: Recurrence, spelling: Spelling): JsonObject {
  const fillers = {
    interval: 1,
    month: 0,
    dayOfMonth: 0,
    daysOfWeek: [],
    firstDayOfWeek: 'sunday',
    index: 'first',
  } as const;
  const pattern = { ...fillers, ...rule.pattern };
  const range = { endDate: noDate, numberOfOccurrences: 0, zone: null, ...rule.range };
  const spell = spelling.value;
  return written(spelling, {
    Pattern: written(spelling, {
      Type: spell(pattern.type),
      Interval: pattern.interval,
      Month: pattern.month,
      DayOfMonth: pattern.dayOfMonth,
      DaysOfWeek: pattern.daysOfWeek.map(spell),
      FirstDayOfWeek: spell(pattern.firstDayOfWeek),
      Index: spell(pattern.index),
    }),
    Range: written(spelling, {
      Type: spell(range.type),
      StartDate: range.startDate,
      EndDate: range.endDate,
      RecurrenceTimeZone: range.zone,
      NumberOfOccurrences: range.numberOfOccurrences,
    }),
  });
}

/**
 * For a request: only the members that the rule uses, because the real service may refuse others
 * (docs/protocol.md#recurrence).
 */
export function writeRecurrenceRequest(rule: RecurrenceRequest, spelling: Spelling): JsonObject {
  const { pattern, range } = rule;
  const spell = spelling.value;
  return written(spelling, {
    Pattern: written(spelling, {
      Type: spell(pattern.type),
      Interval: pattern.interval,
      ...('month' in pattern && { Month: pattern.month }),
      ...('dayOfMonth' in pattern && { DayOfMonth: pattern.dayOfMonth }),
      ...('daysOfWeek' in pattern && { DaysOfWeek: pattern.daysOfWeek.map(spell) }),
      ...('firstDayOfWeek' in pattern && { FirstDayOfWeek: spell(pattern.firstDayOfWeek) }),
      ...('index' in pattern && { Index: spell(pattern.index) }),
    }),
    Range: written(spelling, {
      Type: spell(range.type),
      ...(range.startDate !== undefined && { StartDate: range.startDate }),
      ...(range.type === 'endDate' && { EndDate: range.endDate }),
      ...(range.zone !== undefined && { RecurrenceTimeZone: range.zone }),
      ...(range.type === 'numbered' && { NumberOfOccurrences: range.numberOfOccurrences }),
    }),
  });
}

function written(spelling: Spelling, members: { readonly [name: string]: Json }): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [spelling.member(name), value]));
}
