import ICAL from 'ical.js';
import * as v from 'valibot';
import type { RruleParts } from './rrule.ts';

/**
 * A property in jCal, as ical.js reads and writes it (RFC 7265). Only the first of several values of a parameter is
 * kept.
 */
export type JcalProperty = [name: string, parameters: Record<string, string>, type: string, ...values: unknown[]];
export type JcalComponent = [name: string, properties: JcalProperty[], components: JcalComponent[]];

/** A property in jCard (RFC 7095): its parameters may have several values. */
export type JcardProperty = [
  name: string,
  parameters: Record<string, string | string[]>,
  type: string,
  ...values: unknown[],
];
export type Jcard = [name: string, properties: JcardProperty[], components: unknown[]];

/**
 * The outermost components of an iCalendar text.
 * @throws Error for any other text.
 */
export function parseJcal(text: string): readonly JcalComponent[] {
  const all = parseOutermost(text);
  if (!areJcal(all)) throw new TypeError('Not a list of jCal components.');
  return all;
}

/**
 * The cards of a vCard text.
 * @throws Error for any other text.
 */
export function parseJcards(text: string): readonly Jcard[] {
  return v.parse(v.array(jcard), parseOutermost(text));
}

/** ical.js returns a single component as itself, several as an array. */
function parseOutermost(text: string): unknown {
  const read: unknown = ICAL.parse(text.replace(/^\uFEFF/, ''));
  return Array.isArray(read) && typeof read[0] === 'string' ? [read] : read;
}

/** Checks level by level: a file may nest deeper than the stack, and a schema library recurses. */
function areJcal(value: unknown): value is readonly JcalComponent[] {
  if (!Array.isArray(value)) return false;
  const waiting: unknown[] = [...value];
  for (let component = waiting.pop(); component !== undefined; component = waiting.pop()) {
    if (!Array.isArray(component)) return false;
    const [name, properties, components]: unknown[] = component;
    if (typeof name !== 'string' || !Array.isArray(properties) || !Array.isArray(components)) return false;
    if (!properties.every(isProperty)) return false;
    for (const inner of components) waiting.push(inner);
  }
  return true;
}

function isProperty(value: unknown): value is JcalProperty {
  if (!Array.isArray(value)) return false;
  const [name, parameters]: unknown[] = value;
  if (typeof name !== 'string' || typeof parameters !== 'object' || parameters === null) return false;
  // ical.js finds no type for properties named like Object's own members.
  value[2] = typeof value[2] === 'string' ? value[2] : 'unknown';
  for (const [key, of] of Object.entries(parameters)) {
    if (typeof of !== 'string') Reflect.set(parameters, key, Array.isArray(of) ? String(of[0]) : '');
  }
  return true;
}

const jcard = v.tuple([
  v.string(),
  v.array(
    v.tupleWithRest(
      [v.string(), v.record(v.string(), v.union([v.string(), v.array(v.string())])), v.optional(v.string(), 'unknown')],
      v.unknown(),
    ),
  ),
  v.array(v.unknown()),
]);

const numbers = v.optional(v.union([v.number(), v.array(v.number())]));
const rrule = v.looseObject({
  freq: v.string(),
  interval: v.optional(v.number()),
  count: v.optional(v.number()),
  until: v.optional(v.string()),
  wkst: v.optional(v.number()),
  byday: v.optional(v.union([v.string(), v.array(v.string())])),
  bymonthday: numbers,
  bymonth: numbers,
  bysetpos: numbers,
});

/** The parts of a recurrence rule, unknown ones included; undefined for an invalid value. */
export function readRrule(value: unknown): RruleParts | undefined {
  const read = v.safeParse(rrule, value);
  return read.success ? read.output : undefined;
}
