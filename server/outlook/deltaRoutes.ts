import { outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { maxTop, type QueryOptions } from '../../src/wire/odata/odata.ts';
import { deletedEntry } from '../../src/wire/odata/deltaPage.ts';
import { cachedResponseOf } from '../http/responseCache.ts';
import {
  collectionText,
  odataContextOf,
  listCacheKey,
  sendCachedResponse,
  userUrlOf,
  responseTimeZone,
  type RequestContext,
} from '../http/requestContext.ts';
import { isPostgres } from '../db/isPostgres.ts';
import { AppError, invalidQuery } from '../config/appError.ts';
import { lastSeq, readFeedPage, type Feed, type FeedPage } from '../feed/changeFeed.ts';
import { feedFolderRows, feedTasksJson, feedTaskRows } from '../feed/feedRows.ts';
import { preferenceAppliedOf, queryStringOf } from '../http/http.ts';
import { selectMembers } from '../http/paging.ts';
import { folderJson, listFolders } from './folderRoutes.ts';
import { folderOfRequest } from '../http/pathTarget.ts';
import { selectedMembers, taskJson } from './taskRoutes.ts';
import { folderOf, taskOf } from '../mailbox/taskRows.ts';
import { decodeDeltaToken, encodeDeltaToken, type Cursor } from '../feed/deltaToken.ts';

/** Sync of the v2 dialect: what changed in a place since a token was issued (docs/protocol.md#sync). */

type Resource = {
  kind: Feed['kind'];
  set: 'Tasks' | 'TaskFolders';
  /** The place, where the address alone names it; a token for it proves that it was there. */
  named: string | undefined;
  find: () => Promise<string>;
  /** Refuses a `$select` of members that are not there. */
  checkSelect: (call: RequestContext) => void;
  /** The JSON array of the rows in a stretch, with the members that `call` selects. */
  write: (call: RequestContext, feed: Feed, stretch: FeedPage) => Promise<string>;
};

/** Members of a page when the client names no size. A round may take as many pages as it likes. */
const defaultSize = 100;

/**
 * Whether a GET of a list asks for changes: its Prefer header says so, or it follows a link of a feed
 * (docs/protocol.md#sync).
 */
export function isDeltaRequest({
  prefer,
  options,
}: Pick<RequestContext, 'prefer'> & { options: QueryOptions }): boolean {
  return prefer.tracksChanges || options.deltaToken !== undefined || options.skipToken !== undefined;
}

/** The tasks of one folder. */
export function syncTasks(call: RequestContext): Promise<Response> {
  const { folder, group } = call.keys;
  const isNamed = group === undefined && folder?.toLowerCase() !== 'tasks';
  return sync(call, {
    kind: 'task',
    set: 'Tasks',
    named: isNamed ? folder : undefined,
    find: async () => (await folderOfRequest(call.read, call)).id,
    checkSelect: selectedMembers,
    write: writeTasks,
  });
}

/** The folders of the mailbox. */
export function syncFolders(call: RequestContext): Promise<Response> {
  const { accountId, guestId } = call.mailbox;
  // A short list, and one that changes by what is shared: guests read it whole, and are told that it cannot be synchronised.
  if (guestId !== undefined) return listSharedFolders(call);
  return sync(call, {
    kind: 'folder',
    set: 'TaskFolders',
    named: accountId,
    find: async () => accountId,
    checkSelect: () => selectMembers(call, blankFolder),
    write: writeFolders,
  });
}

/** @throws AppError 400 for a token: there is none of this list. */
async function listSharedFolders(call: RequestContext): Promise<Response> {
  if (call.options.deltaToken !== undefined || call.options.skipToken !== undefined) throw damaged();
  return listFolders(call);
}

async function sync(call: RequestContext, resource: Resource): Promise<Response> {
  refuseOptions(call);
  const token = call.options.deltaToken ?? call.options.skipToken;
  if (token === undefined) return begin(call, resource);
  const { accountId, guestId } = call.mailbox;
  // What a guest may see changes without a write to the mailbox.
  if (guestId !== undefined) return goOn(call, resource, token);
  // A client that asks again and again sends the same token until there is something new: the answer is remembered.
  const answer = await call.answers.get(call.read, accountId, `changes\n${listCacheKey(call)}`, async () => {
    const nothing = await nothingNew(call, resource, token);
    return nothing ?? { response: await goOn(call, resource, token) };
  });
  return 'bytes' in answer ? sendCachedResponse(call, answer) : answer.response;
}

/** The answer when no write to the mailbox came since the token: the folder is still there, and the token says all there is. */
async function nothingNew(call: RequestContext, resource: Resource, token: string): Promise<string | undefined> {
  const { accountId, guestId } = call.mailbox;
  const upTo = await lastSeq(call.read, accountId);
  const placeId = resource.named ?? (await resource.find());
  const known = decodeDeltaToken({ accountId, guestId, placeId }, token);
  return known?.after.seq === upTo + 1 ? pageText(call, { json: '[]', link: 'deltaLink', token }) : undefined;
}

async function goOn(call: RequestContext, resource: Resource, token: string): Promise<Response> {
  const { accountId, guestId } = call.mailbox;
  const upTo = await lastSeq(call.read, accountId);
  const feed: Feed = { accountId, guestId, placeId: await resource.find(), kind: resource.kind };
  const cursor = decodeDeltaToken(feed, token);
  if (cursor === undefined) throw damaged();
  const asked = withSelect(call, cursor.select);
  const stretch = await readFeedPage(call.read, feed, cursor, { size: sizeOf(call), upTo });
  if (stretch === undefined) throw startOver(asked);
  return sendStretch(asked, resource, { feed, cursor, stretch, isFirst: false });
}

/** The first answer holds the first page and always a deltaLink, even when there is more. */
async function begin(call: RequestContext, resource: Resource): Promise<Response> {
  const { accountId, guestId } = call.mailbox;
  const feed: Feed = { accountId, guestId, placeId: await resource.find(), kind: resource.kind };
  const upTo = await lastSeq(call.read, accountId);
  resource.checkSelect(call);
  const { select } = call.options;
  const isAll = select === undefined || select.includes('*');
  const cursor: Cursor = { after: { seq: 0, id: '' }, floor: upTo, ...(!isAll && { select }) };
  const stretch = await readFeedPage(call.read, feed, cursor, { size: sizeOf(call), upTo });
  if (stretch === undefined) throw startOver(call);
  return sendStretch(call, resource, { feed, cursor, stretch, isFirst: true });
}

async function sendStretch(
  call: RequestContext,
  resource: Resource,
  { feed, cursor, stretch, isFirst }: { feed: Feed; cursor: Cursor; stretch: FeedPage; isFirst: boolean },
): Promise<Response> {
  const rows = stretch.isEmpty ? '[]' : await resource.write(call, feed, stretch);
  const context = syncContext(call);
  const gone = stretch.gone.map((id) => JSON.stringify(deletedEntry(context, resource.set, id)));
  const members = [...(rows === '[]' ? [] : [rows.slice(1, -1)]), ...gone];
  return sendPage(call, {
    json: `[${members.join()}]`,
    link: stretch.hasMore && !isFirst ? 'nextLink' : 'deltaLink',
    token: encodeDeltaToken(feed, { ...cursor, after: stretch.to }),
    isFirst,
  });
}

type SyncPage = { json: string; link: 'nextLink' | 'deltaLink'; token: string; isFirst?: boolean };

function sendPage(call: RequestContext, page: SyncPage): Promise<Response> {
  // Said only of the first answer; its absence there means that a resource cannot be synchronised.
  const also = preferenceAppliedOf(call.prefer, false);
  const said = ['odata.track-changes', ...(also === undefined ? [] : [also])].join(', ');
  return sendCachedResponse(
    call,
    cachedResponseOf(pageText(call, page)),
    page.isFirst === true ? { 'Preference-Applied': said } : {},
  );
}

function pageText(call: RequestContext, { json, link: kind, token, isFirst = false }: SyncPage): string {
  const option = kind === 'nextLink' ? 'skipToken' : 'deltatoken';
  const context = syncContext(call);
  const link = `${placeLink(call, context)}/?%24${option}=${token}`;
  return collectionText(isFirst ? context : `${context}/$delta`, json, { [kind]: link });
}

/** The samples of this part of the documentation say `me`, those of the others `Me`. */
function syncContext(call: RequestContext): string {
  return odataContextOf({ ...call, userText: call.userText === 'Me' ? 'me' : call.userText });
}

/** The address of the place as links have it: keys in it are not encoded. */
function placeLink(call: RequestContext, context = syncContext(call)): string {
  return `${call.rootUrl}/${decodeURIComponent(context.slice(context.indexOf('#') + 1))}`;
}

async function writeTasks(call: RequestContext, feed: Feed, stretch: FeedPage): Promise<string> {
  const { name: owner } = call.mailbox;
  if (responseTimeZone(call).name === 'UTC' && !isPostgres(call.read)) {
    const select = selectedMembers(call);
    return feedTasksJson(call.read, feed, stretch, {
      owner,
      userUrl: userUrlOf(call),
      ...(select !== undefined && { select }),
    });
  }
  const rows = await feedTaskRows(call.read, feed, stretch);
  return JSON.stringify(rows.map((row) => taskJson(call, taskOf(row, owner))));
}

const blankFolder = outlookRest.folder.encode({ id: '', changeKey: '', name: '', isDefault: false, groupKey: '' });

async function writeFolders(call: RequestContext, feed: Feed, stretch: FeedPage): Promise<string> {
  const rows = await feedFolderRows(call.read, feed, stretch);
  return JSON.stringify(rows.map((row) => folderJson(call, folderOf(row))));
}

function sizeOf({ prefer }: RequestContext): number {
  return Math.min(prefer.maxPageSize ?? defaultSize, maxTop);
}

/** The token's selection counts, whatever a later request says. */
function withSelect(call: RequestContext, select: readonly string[] | undefined): RequestContext {
  const { select: _, ...options } = call.options;
  return { ...call, options: select === undefined ? options : { ...options, select } };
}

/** Options of lists that a feed refuses (docs/protocol.md#sync). */
const unsupportedOptions = [
  ['filter', 'Filter'],
  ['orderBy', 'OrderBy'],
  ['search', 'Search'],
  ['expand', 'Expand'],
  ['count', 'Count'],
] as const;

function refuseOptions({ c, options }: RequestContext): void {
  for (const [name, text] of unsupportedOptions) {
    if (options[name] !== undefined) throw notHere(text);
  }
  // These two are filled in for lists: only the address knows whether they were asked for.
  const [, paging] = /[?&](?:\$|%24)(top|skip)=/i.exec(queryStringOf(c)) ?? [];
  if (paging !== undefined) throw notHere(paging.toLowerCase() === 'top' ? 'Top' : 'Skip');
}

function notHere(name: string): AppError {
  return invalidQuery(`The query parameter '${name}' is invalid.`);
}

function damaged(): AppError {
  return new AppError(400, 'ErrorInvalidSyncStateData', 'The sync state data is invalid.');
}

/**
 * Changes before the oldest tombstone cannot be reported: the client reads everything again (docs/protocol.md#sync).
 */
function startOver(call: RequestContext): AppError {
  const { select } = call.options;
  const query = select === undefined ? '' : `?%24select=${select.join()}`;
  const message = 'The sync state generation is not found; the token is too old. Start over without it.';
  return new AppError(410, 'SyncStateNotFound', message, { Location: placeLink(call) + query });
}
