import type { Dialect } from '../../src/wire/dialect.ts';
import { maxTop, parsePath, readOptions, type ParsedPath, type QueryOptions } from '../../src/wire/odata/odata.ts';
import { readPrefer } from '../../src/wire/odata/preferHeader.ts';
import type { Principal } from '../identity/bearerAuth.ts';
import { attachmentRoutes } from '../attachments/attachmentRoutes.ts';
import {
  namedKeys,
  type RequestContext,
  type Handler,
  type Handlers,
  type ServiceContext,
  isMethod,
} from '../http/requestContext.ts';
import { isIdText } from '../config/ids.ts';
import { invalidQuery, malformedId, methodNotAllowed, notFound, unknownSegment } from '../config/appError.ts';
import { queryStringOf, type HonoContext } from '../http/http.ts';
import { defaultTop } from '../http/paging.ts';
import * as folders from './folderRoutes.ts';
import { graphRoutes } from './graphRoutes.ts';
import { functionRoute, graphUserHandlers, mailboxRoutes } from './mailboxRoutes.ts';
import * as tasks from './taskRoutes.ts';
import { requireScope, isOwnKey, openMailbox, ownMailbox, type OpenMailbox } from '../access/openMailbox.ts';
import { isDeltaRequest, syncFolders, syncTasks } from './deltaRoutes.ts';

const groupList: Handlers = { GET: folders.listGroups, POST: folders.postGroup };
const group: Handlers = { GET: folders.getGroup, PATCH: folders.patchGroup, DELETE: folders.deleteGroup };
const folderList: Handlers = { GET: folders.listFolders, POST: folders.postFolder };
const syncedFolders: Handlers = { ...folderList, GET: orChanges(folders.listFolders, syncFolders) };
const folder: Handlers = { GET: folders.getFolder, PATCH: folders.patchFolder, DELETE: folders.deleteFolder };
const taskList: Handlers = { GET: tasks.listTasks, POST: tasks.postTask };
const syncedTasks: Handlers = { ...taskList, GET: orChanges(tasks.listTasks, syncTasks) };
const task: Handlers = { GET: tasks.getTask, PATCH: tasks.patchTask, DELETE: tasks.deleteTask };

/**
 * Routes of both dialects by the path after the mailbox (docs/protocol.md#endpoints-of-v2); a long form ends in a short
 * one.
 */
const sharedRoutes: readonly [string, Handlers][] = [
  ['taskgroups', groupList],
  ['taskgroups/$count', { GET: folders.countGroups }],
  ['taskgroups/{}', group],
  ...['taskfolders', 'taskgroups/{}/taskfolders'].flatMap((place): [string, Handlers][] => [
    [place, place === 'taskfolders' ? syncedFolders : folderList],
    [`${place}/$count`, { GET: folders.countFolders }],
    [`${place}/{}`, folder],
  ]),
  ...['tasks', 'taskfolders/{}/tasks', 'taskgroups/{}/taskfolders/{}/tasks'].flatMap((place): [string, Handlers][] => [
    [place, place === 'tasks' ? taskList : syncedTasks],
    [`${place}/$count`, { GET: tasks.countTasks }],
    [`${place}/{}`, task],
    [`${place}/{}/complete`, { POST: tasks.completeTask }],
  ]),
  ...attachmentRoutes,
  ...mailboxRoutes,
];

/** The routes of each dialect by the path after the mailbox. */
export const outlookRoutes: Readonly<Record<Dialect['name'], ReadonlyMap<string, Handlers>>> = {
  outlookRest: new Map(sharedRoutes),
  graphBeta: new Map([...sharedRoutes, ...graphRoutes]),
};

type Options = readonly (keyof QueryOptions)[];

const ownOptions: ReadonlyMap<Handler, Options> = new Map(
  sharedRoutes.flatMap(([pattern, { GET }]): [Handler, Options][] =>
    GET === undefined ? [] : [[GET, optionsOf(pattern)]],
  ),
);

/**
 * $filter and $orderby apply to lists, $filter to their counts, and $expand to entities with attachments and to
 * attachments.
 */
function optionsOf(pattern: string): Options {
  if (!/\b(?:tasks|taskfolders|taskgroups)\b/.test(pattern)) return [];
  if (pattern.includes('attachments')) return /attachments(\/\{\})?$/.test(pattern) ? ['expand'] : [];
  if (pattern.endsWith('$count')) return ['filter'];
  const own: Options = pattern.endsWith('{}') ? [] : ['filter', 'orderBy'];
  return /\btasks(\/\{\})?$/.test(pattern) ? [...own, 'expand'] : own;
}

/** The two collections with delta queries return a list or its changes (docs/protocol.md#sync). */
function orChanges(list: Handler, sync: Handler): Handler {
  return (context) => (context.dialect.can.delta && isDeltaRequest(context) ? sync(context) : list(context));
}

/**
 * Handles one request to a dialect. Permission is checked before existence, and existence before anything else, so that
 * a response reveals nothing that the caller may not see.
 * @param asked the origin for links of the response, and the path after the dialect's root.
 */
export async function handleOutlookRequest(
  c: HonoContext,
  stores: ServiceContext,
  principal: Principal,
  { origin, path, dialect }: { origin: string; path: string; dialect: Dialect },
): Promise<Response> {
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
  const parsed = parsePath(path, dialect) ?? graphUserOf(path, dialect);
  const isOwn = parsed === undefined || isOwnKey(parsed.mailbox, principal, stores.tenantId);
  requireScope(method, principal, isOwn);
  if (parsed === undefined) throw unknownSegment(path.split('/')[1] ?? '');
  const { keys } = parsed;
  const mailbox = isOwn
    ? ownMailbox(principal)
    : await openMailbox(stores.read, parsed.mailbox, principal, stores.tenantId);
  c.set('mailbox', mailbox.accountId);
  const pattern = functionRoute(parsed.pattern, queryStringOf(c));
  const userText = userTextOf(parsed, mailbox, stores.tenantId, dialect);
  // An encoded slash may make a name look like a pattern with a key; then the number of keys differs.
  const isComplete = keys.length === pattern.split('{}').length - 1;
  const handlers = pattern === graphUser ? graphUserHandlers : outlookRoutes[dialect.name].get(pattern);
  c.set('route', `${dialect.root}/me${dialect.suffix}/${handlers === undefined ? '?' : pattern}`);
  if (handlers === undefined || !isComplete) throw unknownSegment(pattern.split('/').at(-1) || 'me');
  const handler = isMethod(method) ? handlers[method] : undefined;
  if (handler === undefined) throw methodNotAllowed(Object.keys(handlers));
  if (!keys.every(isIdText)) throw malformedId();
  const prefer = readPrefer(c.req.header('prefer'));
  const canSync = dialect.can.delta && (handler === syncedTasks.GET || handler === syncedFolders.GET);
  const options = readServedOptions(c, { dialect, canSync, prefer, own: ownOptions.get(handler) ?? [] });
  const rootUrl = origin + dialect.root;
  return handler({
    ...stores,
    c,
    principal,
    mailbox,
    dialect,
    rootUrl,
    userText,
    pattern,
    keys: namedKeys(pattern, keys),
    prefer,
    options,
  });
}

/**
 * Options of the dialect that this service does not support are rejected, not ignored: the response would mean
 * something else.
 */
function readServedOptions(
  c: HonoContext,
  { dialect, canSync, prefer, own }: Pick<RequestContext, 'dialect' | 'prefer'> & { canSync: boolean; own: Options },
): RequestContext['options'] {
  const options = readOptions(queryStringOf(c), dialect);
  const size = Math.min(prefer.maxPageSize ?? defaultTop, maxTop);
  const served = { ...options, top: options.top ?? size, skip: options.skip ?? 0 };
  // Delta queries check their own options.
  if (canSync && isDeltaRequest({ prefer, options })) return served;
  for (const name of ['filter', 'orderBy', 'expand', 'search', 'deltaToken', 'skipToken'] as const) {
    if (options[name] !== undefined && !own.includes(name))
      throw invalidQuery(`The query parameter '${name}' is not supported.`);
  }
  return served;
}

/** The pattern of `/beta/me`, which no path has. */
const graphUser = '/';

/** `/beta/me` and `/beta/users/{key}`: the user above the mailbox. */
function graphUserOf(path: string, { suffix }: Dialect): ParsedPath | undefined {
  const parsed = suffix === '' ? undefined : parsePath(path, { suffix: '' });
  return parsed?.pattern === '' ? { ...parsed, pattern: graphUser } : undefined;
}

/** @throws AppError 404 when the path names a mailbox other than the caller's own. */
export function checkMailboxAddress(path: string, principal: Principal, tenantId: string, dialect: Dialect): void {
  const parsed = parsePath(path, dialect);
  if (parsed !== undefined && !isOwnKey(parsed.mailbox, principal, tenantId)) throw notFound();
}

/** How the context of a response names the mailbox (docs/protocol.md#response-envelope). */
function userTextOf(parsed: ParsedPath, { accountId }: OpenMailbox, tenantId: string, { name }: Dialect): string {
  if (parsed.mailbox === 'me' && name === 'outlookRest') return 'Me';
  if (name === 'graphBeta') return `users('${accountId}')/outlook`;
  return `Users('${encodeURIComponent(`${accountId}@${tenantId}`)}')`;
}
