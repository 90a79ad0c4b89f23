import { trimEndOf } from '../../src/domain/text/trimText.ts';
import type { Clock } from '../../src/domain/time/time.ts';
import type { Dialect } from '../../src/wire/dialect.ts';
import type { QueryOptions } from '../../src/wire/odata/odata.ts';
import type { Preferences } from '../../src/wire/odata/preferHeader.ts';
import type { Principal } from '../identity/bearerAuth.ts';
import type { EventStreams } from '../feed/eventStreams.ts';
import type { Log } from '../config/log.ts';
import { taskFields } from '../../src/wire/outlook/outlookDialects.ts';
import { declaredMembers } from '../../src/wire/outlook/attachmentCodec.ts';
import { contentTag, formTag } from './conditionalRead.ts';
import { compressedBytesOf, etagOfResponse, type CachedResponse, type ResponseCache } from './responseCache.ts';
import { sendStreamedBody, type BodyPieces } from './streamBody.ts';
import { preferenceAppliedOf, reply, variesBy, type HonoContext } from './http.ts';
import type { NewId } from '../config/ids.ts';
import type { OpenMailbox } from '../access/openMailbox.ts';
import type { MailboxWrite } from '../db/mailboxTransaction.ts';
import type { Db } from '../db/tables.ts';
import { writeMailbox } from '../db/mailboxTransaction.ts';

/** The service's parts that every request uses. */
export type ServiceContext = {
  db: Db;
  read: Db;
  clock: Clock;
  newId: NewId;
  tenantId: string;
  responseCache: ResponseCache;
  events: EventStreams;
  log: Log;
  /** How long deleted items are kept. Days. */
  binDays?: number;
};

/** One request to a dialect: its URL and headers, parsed. */
export type RequestContext = ServiceContext & {
  c: HonoContext;
  /** Who sends the request. */
  principal: Principal;
  /** The mailbox that the path names. */
  mailbox: OpenMailbox;
  dialect: Dialect;
  /** `https://host/api/v2.0`. */
  rootUrl: string;
  /** How a context names the mailbox: `Me` or `Users('…')`, `users('…')/outlook`. */
  userText: string;
  /** The path after the mailbox, canonical: `taskfolders/{}/tasks`. */
  pattern: string;
  keys: PathKeys;
  prefer: Preferences;
  options: QueryOptions & { top: number; skip: number };
};

export type PathKeys = { group?: string; folder?: string; task?: string; attachment?: string; category?: string };

export type Handler = (context: RequestContext) => Promise<Response>;
const methods = ['GET', 'POST', 'PATCH', 'DELETE'] as const;
type Method = (typeof methods)[number];
export type Handlers = Readonly<Partial<Record<Method, Handler>>>;

export function isMethod(text: string): text is Method {
  return methods.some((method) => method === text);
}

/** The entity sets of v2 as answers spell them, and the key of each. */
const sets: Readonly<Record<string, { name: SetName; key: keyof PathKeys }>> = {
  taskgroups: { name: 'TaskGroups', key: 'group' },
  taskfolders: { name: 'TaskFolders', key: 'folder' },
  tasks: { name: 'Tasks', key: 'task' },
  attachments: { name: 'Attachments', key: 'attachment' },
  mastercategories: { name: 'MasterCategories', key: 'category' },
};
type SetName = 'TaskGroups' | 'TaskFolders' | 'Tasks' | 'Attachments' | 'MasterCategories';

/** Maps the keys of a pattern to their names. */
export function namedKeys(pattern: string, keys: readonly string[]): PathKeys {
  const named: PathKeys = {};
  const names = pattern.split('/');
  let at = 0;
  names.forEach((name, place) => {
    const set = names[place + 1] === '{}' ? sets[name] : undefined;
    const key = set === undefined ? undefined : keys[at++];
    if (set !== undefined && key !== undefined) named[set.key] = key;
  });
  return named;
}

/** A body that is written while it is sent, and its approximate size in bytes. */
export type StreamedBody = { pieces: BodyPieces; estimate: number };

/** Smaller responses cost more to compress than to send. Bytes. */
const worthCompressing = 8_192;

export function writeForRequest<T>(context: RequestContext, work: (write: MailboxWrite) => Promise<T>): Promise<T> {
  return writeMailbox(context.db, context.mailbox, context.clock.now(), work);
}

/** The zone of the answer's dates and of "today": the one in Prefer, else UTC (docs/protocol.md#rules-for-dates). */
export function responseTimeZone(context: RequestContext): { name: string; zone: string } {
  return context.prefer.timeZone ?? { name: 'UTC', zone: 'UTC' };
}

/** `…/Users('oid@tid')`, in the form in which the mailbox was addressed (docs/protocol.md#url-grammar). */
export function userUrlOf(context: RequestContext): string {
  return `${context.rootUrl}/Users('${context.mailbox.accountId}@${context.tenantId}')`;
}

/** An entity with the `@odata.id` of v2's envelope (docs/protocol.md#response-envelope). */
export function withODataId(context: RequestContext, set: SetName, id: string, members: object): object {
  if (context.dialect.name === 'graphBeta') return members;
  return { '@odata.id': `${userUrlOf(context)}/${set}('${id}')`, ...members };
}

/** The context of an answer: that of its place, with the selected members, `…#Me/Tasks(Subject)`. */
export function odataContextOf(context: RequestContext): string {
  const { select } = context.options;
  const selected = select === undefined || select.includes('*') ? '' : `(${selectedNames(context, select).join()})`;
  return placeContextOf(context) + selected;
}

function selectedNames({ dialect }: RequestContext, select: readonly string[]): string[] {
  return select.map((name) => {
    const known = memberNames.get(name.toLowerCase());
    return known === undefined ? encodeURIComponent(name) : dialect.spelling.member(known);
  });
}

/** The members that a list may select, by their lower-case names. */
const memberNames = new Map(
  [
    ...taskFields.map(({ name }) => name),
    ...Object.values(declaredMembers).flat(),
    'IsDefaultFolder',
    'ParentGroupKey',
    'IsDefaultGroup',
    'GroupKey',
    'DisplayName',
    'Color',
  ].map((name) => [name.toLowerCase(), name]),
);

/**
 * `…/$metadata#Me/TaskFolders('AAMk%3D')/Tasks`: echoes the request's path with percent-encoded keys
 * (docs/protocol.md#response-envelope).
 */
export function placeContextOf(context: RequestContext): string {
  const { spelling } = context.dialect;
  const names = context.pattern.split('/').filter((name) => name in sets);
  const steps = names.flatMap((name, at) => {
    const set = sets[name];
    if (set === undefined) return [];
    // The last segment stands for its members: an entity's context ends in /$entity instead of a key.
    const setName = spelling.member(set.name);
    return at === names.length - 1 ? setName : `${setName}('${encodeURIComponent(context.keys[set.key] ?? '')}')`;
  });
  return `${context.rootUrl}/$metadata#${[context.userText, ...steps].join('/')}`;
}

/** @param etag of the entity's state, where its JSON does not say it. */
export function sendEntity(context: RequestContext, status: 200 | 201, entity: object, etag?: string): Response {
  const location: Record<string, string> = status === 201 ? { Location: addressOf(context, entity) } : {};
  if (context.prefer.returnsMinimal && context.c.req.method !== 'GET') return sendNoContent(context, location);
  const contextUrl = `${odataContextOf(context)}/$entity`;
  const headers = { ...location, ...(etag !== undefined && { ETag: etag }) };
  return sendJsonEntity(context, status, { '@odata.context': contextUrl, ...entity }, headers);
}

/** Sends an entity that has its context. Its ETag is that of `extra`, its change key's, or a digest, by form. */
export function sendJsonEntity(
  context: RequestContext,
  status: 200 | 201,
  entity: object,
  extra: Readonly<Record<string, string>> = {},
): Response {
  const text = JSON.stringify(entity);
  const etag = '@odata.etag' in entity ? String(entity['@odata.etag']) : contentTag(text);
  const ETag = formTag(context.c.req, extra['ETag'] ?? etag);
  const headers = { ...jsonContentType, ...preferenceHeaders(context, false), ...extra, ETag };
  return reply(context.c, text, status, headers);
}

/** The URL of a created entity. */
function addressOf(context: RequestContext, entity: object): string {
  if ('@odata.id' in entity) return String(entity['@odata.id']);
  const { paths } = context.dialect;
  const set = context.pattern.slice(context.pattern.lastIndexOf('/') + 1);
  const path = set === 'tasks' ? paths.task : set === 'taskfolders' ? paths.folder : paths.group;
  const id = 'id' in entity ? String(entity.id) : '';
  if (set === 'mastercategories') {
    const place = new URL(context.c.req.url).pathname;
    return `${new URL(context.rootUrl).origin}${trimEndOf(place, '/')}/${encodeURIComponent(id)}`;
  }
  return context.rootUrl + path({ mailbox: context.mailbox.accountId, id });
}

export function sendNoContent(context: RequestContext, headers: Record<string, string> = {}): Response {
  return reply(context.c, null, 204, { ...preferenceHeaders(context, context.prefer.returnsMinimal), ...headers });
}

/** The envelope of a collection; `json` is the text of its array. */
export function collectionText(
  contextUrl: string,
  json: string,
  {
    count,
    nextLink,
    deltaLink,
  }: { count?: number | undefined; nextLink?: string | undefined; deltaLink?: string } = {},
): string {
  const counted = count === undefined ? '' : `"@odata.count":${count},`;
  const next = nextLink === undefined ? '' : `,"@odata.nextLink":${JSON.stringify(nextLink)}`;
  const delta = deltaLink === undefined ? '' : `,"@odata.deltaLink":${JSON.stringify(deltaLink)}`;
  return `{"@odata.context":${JSON.stringify(contextUrl)},${counted}"value":${json}${next}${delta}}`;
}

/** Sends a list: from the cache while the mailbox is unchanged; a long one is streamed. */
export async function sendList(
  context: RequestContext,
  build: () => Promise<string | StreamedBody>,
): Promise<Response> {
  const answer = await context.responseCache.get(context.read, context.mailbox.accountId, listCacheKey(context), build);
  if ('bytes' in answer) return sendCachedResponse(context, answer);
  return sendStreamedList(context, answer);
}

export function sendStreamedList(context: RequestContext, { pieces, estimate }: StreamedBody): Promise<Response> {
  return sendStreamedBody(context.c, pieces, {
    status: 200,
    estimate,
    headers: { ...jsonContentType, ...preferenceHeaders(context, false) },
  });
}

/** Everything that a list depends on, except the mailbox's state. */
export function listCacheKey(context: RequestContext): string {
  const { c, prefer, mailbox, rootUrl } = context;
  const { guestId, address, name } = mailbox;
  return [rootUrl, c.req.url, responseTimeZone(context).name, prefer.maxPageSize, address, name, guestId].join('\n');
}

/** Sends an answer. @param extra headers that override those of every answer. */
export async function sendCachedResponse(
  context: RequestContext,
  answer: CachedResponse,
  extra: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const ETag = formTag(context.c.req, etagOfResponse(answer));
  const headers = { ...jsonContentType, ETag, ...preferenceHeaders(context, false), ...extra };
  if (answer.bytes.byteLength < worthCompressing) return reply(context.c, answer.bytes, 200, headers);
  const varied = { ...headers, Vary: `${variesBy}, Accept-Encoding` };
  if (!/\bgzip\b/.test(context.c.req.header('accept-encoding') ?? ''))
    return reply(context.c, answer.bytes, 200, varied);
  return reply(context.c, await compressedBytesOf(answer), 200, { ...varied, 'Content-Encoding': 'gzip' });
}

export const jsonContentType = { 'Content-Type': 'application/json; odata.metadata=minimal; charset=utf-8' } as const;

/** Preference-Applied as a header, or none. */
export function preferenceHeaders(context: RequestContext, isMinimal: boolean): Record<string, string> {
  const text = preferenceAppliedOf(context.prefer, isMinimal);
  return text === undefined ? {} : { 'Preference-Applied': text };
}
