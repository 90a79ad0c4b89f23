import { maxTop, type QueryOptions } from '../../src/wire/odata/odata.ts';
import { deletedEntry } from '../../src/wire/odata/deltaPage.ts';
import { cachedResponseOf } from '../http/responseCache.ts';
import {
  collectionText,
  odataContextOf,
  placeContextOf,
  listCacheKey,
  sendCachedResponse,
  userUrlOf,
  responseTimeZone,
  type RequestContext,
} from '../http/requestContext.ts';
import { isPostgres } from '../db/isPostgres.ts';
import { AppError, invalidQuery } from '../config/appError.ts';
import { RowsTooLarge } from '../db/statementGuard.ts';
import { lastSeq, readFeedPage, removedIds, type Feed, type FeedPage } from '../feed/changeFeed.ts';
import { feedFolderRows, feedTasksJson, feedTaskRows, shorterFeedPage } from '../feed/feedRows.ts';
import { preferenceAppliedOf, queryStringOf } from '../http/http.ts';
import { checkFolderSelection, folderJson, listFolders } from './folderRoutes.ts';
import { folderOfRequest } from '../http/pathTarget.ts';
import { selectedMembers, taskJson } from './taskRoutes.ts';
import { folderOf, taskOf } from '../mailbox/taskRows.ts';
import { decodeDeltaToken, encodeDeltaToken, type Cursor } from '../feed/deltaToken.ts';

/** Delta queries of the v2 dialect: the changes of a place since a token was issued (docs/protocol.md#sync). */

type Resource = {
  kind: Feed['kind'];
  set: 'Tasks' | 'TaskFolders';
  /** The place named by the path alone; a token for it proves that it existed. */
  named: string | undefined;
  find: () => Promise<string>;
  /** Rejects a `$select` of unknown members. */
  checkSelect: (context: RequestContext) => void;
  /**
   * The rows of a range as a JSON array, with the members that `context` selects.
   * @throws RowsTooLarge only if it is bounded.
   */
  write: (context: RequestContext, feed: Feed, feedPage: FeedPage, isBounded: boolean) => Promise<string>;
};

/** Default page size. A delta query may have any number of pages. */
const defaultSize = 100;

/**
 * Whether a GET of a list asks for changes, by its Prefer header or by a delta or next link (docs/protocol.md#sync).
 */
export function isDeltaRequest({
  prefer,
  options,
}: Pick<RequestContext, 'prefer'> & { options: QueryOptions }): boolean {
  return prefer.tracksChanges || options.deltaToken !== undefined || options.skipToken !== undefined;
}

/** The tasks of one folder. */
export function syncTasks(context: RequestContext): Promise<Response> {
  const { folder, group } = context.keys;
  const isNamed = group === undefined && folder?.toLowerCase() !== 'tasks';
  return sync(context, {
    kind: 'task',
    set: 'Tasks',
    named: isNamed ? folder : undefined,
    find: async () => (await folderOfRequest(context.read, context)).id,
    checkSelect: selectedMembers,
    write: writeTasks,
  });
}

/** The folders of the mailbox. */
export function syncFolders(context: RequestContext): Promise<Response> {
  const { accountId, guestId } = context.mailbox;
  // This list is short and depends on permissions: guests read it whole, without delta queries.
  if (guestId !== undefined) return listSharedFolders(context);
  return sync(context, {
    kind: 'folder',
    set: 'TaskFolders',
    named: accountId,
    find: async () => accountId,
    checkSelect: checkFolderSelection,
    write: writeFolders,
  });
}

/** @throws AppError 400 for a token, because this list has none. */
async function listSharedFolders(context: RequestContext): Promise<Response> {
  if (context.options.deltaToken !== undefined || context.options.skipToken !== undefined) throw invalidSyncState();
  return listFolders(context);
}

async function sync(context: RequestContext, resource: Resource): Promise<Response> {
  refuseOptions(context);
  const token = context.options.deltaToken ?? context.options.skipToken;
  if (token === undefined) return beginSync(context, resource);
  const { accountId, guestId } = context.mailbox;
  // A guest's view changes without a write to the mailbox, so it is not cached.
  if (guestId !== undefined) return continueSync(context, resource, token);
  // A polling client sends the same token until something changes: cache the response.
  const answer = await context.responseCache.get(
    context.read,
    accountId,
    `changes\n${listCacheKey(context)}`,
    async () => {
      const nothing = await unchangedPage(context, resource, token);
      return nothing ?? { response: await continueSync(context, resource, token) };
    },
  );
  return 'bytes' in answer ? sendCachedResponse(context, answer) : answer.response;
}

/**
 * The response when the mailbox was not written since the token: the folder still exists, and the token has all it
 * needs.
 */
async function unchangedPage(context: RequestContext, resource: Resource, token: string): Promise<string | undefined> {
  const { accountId, guestId } = context.mailbox;
  const upTo = await lastSeq(context.read, accountId);
  const placeId = resource.named ?? (await resource.find());
  const cursor = decodeDeltaToken({ accountId, guestId, placeId }, token);
  if (cursor?.after.seq !== upTo + 1) return undefined;
  return pageText(withSelect(context, cursor.select), { json: '[]', link: 'deltaLink', token });
}

async function continueSync(context: RequestContext, resource: Resource, token: string): Promise<Response> {
  const { accountId, guestId } = context.mailbox;
  const upTo = await lastSeq(context.read, accountId);
  const feed: Feed = { accountId, guestId, placeId: await resource.find(), kind: resource.kind };
  const cursor = decodeDeltaToken(feed, token);
  if (cursor === undefined) throw invalidSyncState();
  const selecting = withSelect(context, cursor.select);
  const feedPage = await readFeedPage(context.read, feed, cursor, { size: sizeOf(context), upTo });
  if (feedPage === undefined) throw syncStateTooOld(selecting);
  return sendFeedPage(selecting, resource, { feed, cursor, feedPage, isFirst: false });
}

/** The first response has the first page and always a deltaLink, even when there is more. */
async function beginSync(context: RequestContext, resource: Resource): Promise<Response> {
  const { accountId, guestId } = context.mailbox;
  const feed: Feed = { accountId, guestId, placeId: await resource.find(), kind: resource.kind };
  const upTo = await lastSeq(context.read, accountId);
  resource.checkSelect(context);
  const { select } = context.options;
  const isAll = select === undefined || select.includes('*');
  const cursor: Cursor = { after: { seq: 0, id: '' }, floor: upTo, ...(!isAll && { select }) };
  const feedPage = await readFeedPage(context.read, feed, cursor, { size: sizeOf(context), upTo });
  if (feedPage === undefined) throw syncStateTooOld(context);
  return sendFeedPage(context, resource, { feed, cursor, feedPage, isFirst: true });
}

async function sendFeedPage(
  context: RequestContext,
  resource: Resource,
  { feed, cursor, feedPage: planned, isFirst }: { feed: Feed; cursor: Cursor; feedPage: FeedPage; isFirst: boolean },
): Promise<Response> {
  const { rows, feedPage } = await readRows(context, resource, feed, planned);
  const placeUrl = placeContextOf(lowerMe(context));
  const removed = removedIds(feedPage).map((id) => JSON.stringify(deletedEntry(placeUrl, resource.set, id)));
  const members = [...(rows === '[]' ? [] : [rows.slice(1, -1)]), ...removed];
  return sendPage(context, {
    json: `[${members.join()}]`,
    link: feedPage.hasMore && !isFirst ? 'nextLink' : 'deltaLink',
    token: encodeDeltaToken(feed, { ...cursor, after: feedPage.to }),
    isFirst,
  });
}

/** The rows of a page, or of as much of it as may be in memory at once. */
async function readRows(
  context: RequestContext,
  resource: Resource,
  feed: Feed,
  feedPage: FeedPage,
): Promise<{ rows: string; feedPage: FeedPage }> {
  if (feedPage.isEmpty) return { rows: '[]', feedPage };
  try {
    return { rows: await resource.write(context, feed, feedPage, true), feedPage };
  } catch (error) {
    if (!(error instanceof RowsTooLarge)) throw error;
    const shorter = await shorterFeedPage(context.read, feed, feedPage);
    return { rows: await resource.write(context, feed, shorter, false), feedPage: shorter };
  }
}

type SyncPage = { json: string; link: 'nextLink' | 'deltaLink'; token: string; isFirst?: boolean };

function sendPage(context: RequestContext, page: SyncPage): Promise<Response> {
  // Sent with the first response only; its absence there means that the collection has no delta queries.
  const otherPreferences = preferenceAppliedOf(context.prefer, false);
  const applied = ['odata.track-changes', ...(otherPreferences === undefined ? [] : [otherPreferences])].join(', ');
  return sendCachedResponse(
    context,
    cachedResponseOf(pageText(context, page)),
    page.isFirst === true ? { 'Preference-Applied': applied } : {},
  );
}

function pageText(context: RequestContext, { json, link: kind, token, isFirst = false }: SyncPage): string {
  const option = kind === 'nextLink' ? 'skipToken' : 'deltatoken';
  const contextUrl = odataContextOf(lowerMe(context));
  const link = `${placeLink(context)}/?%24${option}=${token}`;
  return collectionText(isFirst ? contextUrl : `${contextUrl}/$delta`, json, { [kind]: link });
}

/** The samples of this part of the documentation write `me`, those of the others `Me`. */
function lowerMe(context: RequestContext): RequestContext {
  return context.userText === 'Me' ? { ...context, userText: 'me' } : context;
}

/** The URL of the place as links spell it: its keys are not encoded. */
function placeLink(context: RequestContext): string {
  const contextUrl = placeContextOf(lowerMe(context));
  return `${context.rootUrl}/${decodeURIComponent(contextUrl.slice(contextUrl.indexOf('#') + 1))}`;
}

async function writeTasks(
  context: RequestContext,
  feed: Feed,
  feedPage: FeedPage,
  isBounded: boolean,
): Promise<string> {
  const { name: owner } = context.mailbox;
  const select = selectedMembers(context);
  const showsNotes = select?.has('body') ?? true;
  if (responseTimeZone(context).name === 'UTC' && !isPostgres(context.read)) {
    return feedTasksJson(context.read, feed, feedPage, {
      owner,
      userUrl: userUrlOf(context),
      isBounded: isBounded && showsNotes,
      ...(select !== undefined && { select }),
    });
  }
  const bound = !showsNotes ? 'withoutNotes' : isBounded ? 'bounded' : 'none';
  const rows = await feedTaskRows(context.read, feed, feedPage, bound);
  return JSON.stringify(rows.map((row) => taskJson(context, taskOf(row, owner))));
}

async function writeFolders(context: RequestContext, feed: Feed, feedPage: FeedPage): Promise<string> {
  const rows = await feedFolderRows(context.read, feed, feedPage);
  return JSON.stringify(rows.map((row) => folderJson(context, folderOf(row))));
}

function sizeOf({ prefer }: RequestContext): number {
  return Math.min(prefer.maxPageSize ?? defaultSize, maxTop);
}

/** The selection in the token applies, whatever a later request selects. */
function withSelect(context: RequestContext, select: readonly string[] | undefined): RequestContext {
  const { select: _, ...options } = context.options;
  return { ...context, options: select === undefined ? options : { ...options, select } };
}

/** Options of lists that delta queries reject (docs/protocol.md#sync). */
const unsupportedOptions = [
  ['filter', 'Filter'],
  ['orderBy', 'OrderBy'],
  ['search', 'Search'],
  ['expand', 'Expand'],
  ['count', 'Count'],
] as const;

function refuseOptions({ c, options }: RequestContext): void {
  for (const [name, text] of unsupportedOptions) {
    if (options[name] !== undefined) throw unsupportedOption(text);
  }
  // Lists have defaults for these two: only the URL shows whether they were given.
  const [, paging] = /[?&](?:\$|%24)(top|skip)=/i.exec(queryStringOf(c)) ?? [];
  if (paging !== undefined) throw unsupportedOption(paging.toLowerCase() === 'top' ? 'Top' : 'Skip');
}

function unsupportedOption(name: string): AppError {
  return invalidQuery(`The query parameter '${name}' is invalid.`);
}

function invalidSyncState(): AppError {
  return new AppError(400, 'ErrorInvalidSyncStateData', 'The sync state data is invalid.');
}

/**
 * Changes before the oldest tombstone cannot be reported: the client reads everything again (docs/protocol.md#sync).
 */
function syncStateTooOld(context: RequestContext): AppError {
  const { select } = context.options;
  const query = select === undefined ? '' : `?%24select=${select.join()}`;
  const message = 'The sync state generation is not found; the token is too old. Start over without it.';
  return new AppError(410, 'SyncStateNotFound', message, { Location: placeLink(context) + query });
}
