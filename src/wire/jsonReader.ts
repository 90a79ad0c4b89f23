import * as v from 'valibot';
import type { Spelling } from './dialect.ts';
import { recordOf } from '../domain/objectKeys.ts';

/** Codes of reading errors, sent to the client as `error.code` (docs/protocol.md#errors). */
export type WireCode =
  | 'RequestBodyRead'
  | 'InvalidDateTime'
  | 'TimeZoneNotSupportedException'
  | 'ErrorInvalidRequest'
  | 'ErrorRequiredPropertyMissing'
  | 'ErrorInvalidProperty'
  | 'ErrorPropertyValidationFailure'
  | 'ErrorInvalidUrlQuery';

/** JSON that cannot be read. In a request it is a 400; in a response it is a fault of the server. */
export class WireError extends Error {
  readonly code: WireCode;
  /** The path of the value: 'Recurrence.Pattern.Interval'. Empty for the whole body. */
  readonly path: string;

  constructor(code: WireCode, message: string, path: string) {
    super(message);
    this.name = 'WireError';
    this.code = code;
    this.path = path;
  }
}

/** What is read: a request, where unknown names are errors, or a response, which may contain anything. */
export type ReadContext = { spelling: Spelling; isRequest: boolean; kept?: KeptTexts };

/** What is stored already, and may be longer than a request may make it. */
export type KeptTexts = { texts: ReadonlySet<string>; entries: number };

/** The path of a member in the dialect's spelling. */
export function memberPath(path: string, name: string, { spelling }: ReadContext): string {
  return `${path}.${spelling.member(name)}`;
}

/**
 * Parses a value by a schema.
 * @throws WireError with the path of the value.
 */
export function readValue<S extends v.GenericSchema>(schema: S, value: unknown, path: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new WireError('RequestBodyRead', `Cannot read the value of '${path}': ${result.issues[0].message}.`, path);
}

/** A lone surrogate (a text cut inside an emoji) has no UTF-8 form: it becomes U+FFFD, as it would in any database. */
export const textSchema = v.pipe(
  v.string('Expected text'),
  v.transform((text) => text.replace(/\p{Surrogate}/gu, '\uFFFD')),
);

/**
 * Reads a text member. Only a request has a limit (docs/protocol.md#limits); a response may contain older, longer
 * values.
 * @param limit in UTF-16 units.
 */
export function readText(
  json: unknown,
  path: string,
  { isRequest, kept }: Pick<ReadContext, 'isRequest' | 'kept'>,
  limit: number,
): string {
  if (isRequest && typeof json === 'string' && kept?.texts.has(json) !== true) checkLength(json, path, limit);
  return readValue(textSchema, json, path);
}

/** @throws WireError when a text or a list of a request is longer than its limit. */
export function checkLength({ length }: string | readonly unknown[], path: string, limit: number): void {
  if (length <= limit) return;
  const message = `The value of '${path}' is longer than its limit of ${limit}: it has ${length}.`;
  throw new WireError('ErrorPropertyValidationFailure', message, path);
}

/** Some clients send booleans and whole numbers as text (docs/protocol.md#recurrence). */
export const booleanSchema = v.union(
  [
    v.boolean(),
    v.pipe(
      v.string(),
      v.regex(/^(true|false)$/i),
      v.transform((word) => word.toLowerCase() === 'true'),
    ),
  ],
  'Expected true or false',
);

export const integerSchema = v.union(
  [v.pipe(v.number(), v.integer()), v.pipe(v.string(), v.regex(/^-?\d{1,9}$/), v.transform(Number))],
  'Expected a whole number',
);

export const textListSchema = v.array(textSchema, 'Expected a list of texts');

/** One value of a domain enum, in any letter case (docs/protocol.md#enumerations). */
export function enumSchema<const T extends readonly string[]>(allowed: T): v.GenericSchema<unknown, T[number]> {
  const byFolded = new Map<string, T[number]>(allowed.map((word) => [word.toLowerCase(), word]));
  return v.pipe(
    textSchema,
    v.transform((text) => byFolded.get(text.toLowerCase()) ?? text),
    v.picklist(allowed, `Expected one of ${allowed.join(', ')}`),
  );
}

export function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/**
 * The members of a complex type by their PascalCase names, null where missing. Names with an `@` are annotations and
 * are ignored.
 */
export function readMembers<const N extends string>(
  json: unknown,
  type: string,
  names: readonly N[],
  at: { path: string; reading: ReadContext },
): Record<N, unknown> {
  const { spelling, isRequest } = at.reading;
  if (!isObject(json)) {
    throw new WireError('RequestBodyRead', `Cannot read the value of '${at.path}': Expected an object.`, at.path);
  }
  const spelled = names.map((name) => [name, spelling.member(name)] as const);
  if (isRequest) {
    const unknown = Object.keys(json).find((key) => !key.includes('@') && !spelled.some(([, name]) => name === key));
    if (unknown !== undefined) throw unknownMemberError(unknown, spelling.type(type), at.path);
  }
  return recordOf(names, (name) => json[spelling.member(name)] ?? null);
}

/** The documented error for a name that the type does not declare (docs/protocol.md#errors). */
export function unknownMemberError(name: string, type: string, path: string): WireError {
  const message =
    `The property '${name}' does not exist on type '${type}'. Make sure to only use property names that are defined ` +
    'by the type or mark the type as open type.';
  return new WireError('RequestBodyRead', message, path === '' ? name : `${path}.${name}`);
}
