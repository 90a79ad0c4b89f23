import * as v from 'valibot';
import { WireError, isObject } from '../jsonReader.ts';

// ---- Answers -------------------------------------------------------------------------------------------------------

/** One page of a collection (docs/protocol.md#response-envelope). Links are opaque: follow them, do not parse them. */
export type ODataPage = {
  value: readonly unknown[];
  nextLink?: string | undefined;
  deltaLink?: string;
  count?: number | undefined;
};

export function readPage(json: unknown): ODataPage {
  const value = isObject(json) ? json['value'] : undefined;
  if (!isObject(json) || !Array.isArray(value))
    throw new WireError('RequestBodyRead', 'Expected a collection.', 'value');
  const link = (name: string) => (typeof json[name] === 'string' ? json[name] : undefined);
  const [nextLink, deltaLink, count] = [link('@odata.nextLink'), link('@odata.deltaLink'), json['@odata.count']];
  return {
    value,
    ...(nextLink !== undefined && { nextLink }),
    ...(deltaLink !== undefined && { deltaLink }),
    ...(typeof count === 'number' && { count }),
  };
}

/** The envelope of a collection's members, in the documented order. */
export function pageBody<T>(context: string, page: { value: readonly T[] } & Omit<ODataPage, 'value'>) {
  return {
    '@odata.context': context,
    ...(page.count !== undefined && { '@odata.count': page.count }),
    value: page.value,
    ...(page.nextLink !== undefined && { '@odata.nextLink': page.nextLink }),
    ...(page.deltaLink !== undefined && { '@odata.deltaLink': page.deltaLink }),
  };
}

/** The body of every error response (docs/protocol.md#errors); Graph adds `innerError`. */
export type ErrorBody = { error: { code: string; message: string; innerError?: Readonly<Record<string, string>> } };

export function errorBody(code: string, message: string, innerError?: Readonly<Record<string, string>>): ErrorBody {
  return { error: { code, message, ...(innerError !== undefined && { innerError }) } };
}

const errorSchema = v.object({ error: v.object({ code: v.string(), message: v.optional(v.string(), '') }) });

/** Code and message of an error response; undefined for any other body, such as a proxy's. */
export function readError(json: unknown): { code: string; message: string } | undefined {
  const result = v.safeParse(errorSchema, json);
  return result.success ? result.output.error : undefined;
}

// ---- Paths -----------------------------------------------------------------------------------------------------------

/**
 * A request path in canonical form. `pattern` has lower-case names and `{}` for each key, 'taskfolders/{}/tasks/{}', so
 * that routes are found in a map; `keys` are the decoded keys in order.
 */
export type ParsedPath = { mailbox: 'me' | (string & {}); pattern: string; keys: readonly string[] };

/** Sets whose next segment is a key, unless a key follows in parentheses. */
const sets = new Set(['users', 'taskgroups', 'taskfolders', 'tasks', 'attachments', 'mastercategories']);

/** Actions on a set, in the position of a key (docs/protocol.md#upload-sessions). */
const setActions = new Set(['createuploadsession']);

/** Generated clients may call an action by its qualified name, and with empty parentheses. */
const qualifiedAction =
  /^(?:microsoft\.(?:graph|outlookservices)\.)?(complete|permanentdelete|createuploadsession)(?:\(\))?$/;

const segmentWithKey = /^([^()]+)\('((?:[^']|'')*)'\)$/;

/**
 * Reads the path after the dialect's root: '/me/tasks('id')', '/users/address/outlook/taskFolders/id/tasks'
 * (docs/protocol.md#url-grammar). Both key forms, any letter case of names, `%27`, doubled quotes and a trailing slash
 * work in both dialects. Undefined for other paths.
 */
export function parsePath(path: string, dialect: { suffix: '' | '/outlook' }): ParsedPath | undefined {
  const segments = decodedSegments(path);
  if (segments === undefined) return undefined;
  const names: string[] = [];
  const keys: string[] = [];
  for (const segment of segments) {
    const [, name, quoted] = segmentWithKey.exec(segment) ?? [];
    const previous = names.at(-1);
    if (name !== undefined && quoted !== undefined) {
      names.push(name.toLowerCase(), '{}');
      keys.push(quoted.replaceAll("''", "'"));
    } else if (previous === 'attachments' && setActions.has(nameOf(segment))) {
      names.push(nameOf(segment));
    } else if (previous !== undefined && sets.has(previous) && !segment.startsWith('$')) {
      names.push('{}');
      keys.push(segment);
    } else {
      names.push(nameOf(segment));
    }
  }
  const isOwn = names[0] === 'me';
  if (!isOwn && !(names[0] === 'users' && names[1] === '{}')) return undefined;
  const rest = names.slice(isOwn ? 1 : 2);
  if (dialect.suffix !== '' && rest.shift() !== dialect.suffix.slice(1)) return undefined;
  const mailbox = isOwn ? 'me' : keys.shift();
  return mailbox === undefined ? undefined : { mailbox, pattern: rest.join('/'), keys };
}

function nameOf(segment: string): string {
  const lower = segment.toLowerCase();
  return qualifiedAction.exec(lower)?.[1] ?? lower;
}

function decodedSegments(path: string): string[] | undefined {
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

// ---- Query options -----------------------------------------------------------------------------------------------------

export type OrderBy = { path: string; isDescending: boolean };

/**
 * The system query options and delta tokens (docs/protocol.md#query-options-and-paging); names and paths as written.
 */
export type QueryOptions = {
  select?: readonly string[];
  expand?: readonly string[];
  filter?: string;
  search?: string;
  orderBy?: readonly OrderBy[];
  /** Capped at `maxTop`. */
  top?: number;
  skip?: number;
  count?: boolean;
  deltaToken?: string;
  skipToken?: string;
};

/** The largest page (docs/protocol.md#query-options-and-paging). */
export const maxTop = 1000;

const readers: Readonly<Record<string, (value: string, name: string) => QueryOptions>> = {
  // An empty list selects everything (docs/protocol.md#query-options-and-paging).
  select: (value) => (listOf(value).length === 0 ? {} : { select: listOf(value) }),
  expand: (value) => ({ expand: listOf(value) }),
  filter: (value) => (value.trim() === '' ? {} : { filter: value }),
  search: (value) => ({ search: value }),
  orderby: (value, name) => ({ orderBy: listOf(value).map((item) => orderOf(item, name)) }),
  top: (value, name) => ({ top: Math.min(numberOf(value, name), maxTop) }),
  skip: (value, name) => ({ skip: numberOf(value, name) }),
  count: (value, name) => ({ count: flagOf(value, name) }),
  deltatoken: (value) => ({ deltaToken: value }),
  skiptoken: (value) => ({ skipToken: value }),
  format: () => ({}),
};

/**
 * Reads a query string, with or without its `?`. Names match in any letter case, also with `%24`. An unknown option
 * with a `$` is an error; any other is a custom option and ignored.
 */
export function readOptions(search: string, dialect: { isDollarOptional: boolean }): QueryOptions {
  let options: QueryOptions = {};
  for (const part of search.replace(/^\?/, '').split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = decoded(at < 0 ? part : part.slice(0, at), 'query');
    const isSystem = name.startsWith('$');
    if (!isSystem && !dialect.isDollarOptional) continue;
    const option = name.toLowerCase().replace(/^\$/, '');
    const reader = Object.hasOwn(readers, option) ? readers[option] : undefined;
    if (reader === undefined && isSystem) throw invalidOption(name);
    if (reader !== undefined)
      options = { ...options, ...reader(decoded(at < 0 ? '' : part.slice(at + 1), name), name) };
  }
  return options;
}

function decoded(text: string, name: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) throw invalidOption(name);
    throw error;
  }
}

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function orderOf(item: string, name: string): OrderBy {
  const [, path, direction = 'asc'] = /^(\S+?)(?:\s+(asc|desc))?$/i.exec(item) ?? [];
  if (path === undefined) throw invalidOption(name);
  return { path, isDescending: direction.toLowerCase() === 'desc' };
}

function numberOf(value: string, name: string): number {
  if (!/^\s*\d{1,9}\s*$/.test(value)) throw invalidOption(name);
  return Number(value);
}

function flagOf(value: string, name: string): boolean {
  const word = value.trim().toLowerCase();
  if (word !== 'true' && word !== 'false') throw invalidOption(name);
  return word === 'true';
}

function invalidOption(name: string): WireError {
  const bare = name.replace(/^\$/, '');
  return new WireError('ErrorInvalidUrlQuery', `The query parameter '${bare}' is invalid.`, name);
}
