import { readOptions } from '../../src/wire/odata/odata.ts';
import { cachedResponseOf } from '../http/responseCache.ts';
import { categoriesOf } from '../mailbox/categories.ts';
import {
  collectionText,
  sendCachedResponse,
  sendList,
  sendNoContent,
  type RequestContext,
  type Handlers,
} from '../http/requestContext.ts';
import { readEmptyBody, queryStringOf } from '../http/http.ts';
import { supportedTimeZones } from './supportedTimeZones.ts';
import { nextLinkOf, selectMembers } from '../http/paging.ts';
import { purgeFolder, purgeTask } from '../mailbox/purge.ts';
import { purgeInMailbox } from '../db/purgeTransaction.ts';
import { runOnce, readIdempotencyKey } from '../http/idempotency.ts';
import { folderOfRequest } from '../http/pathTarget.ts';
import { groupRow, type MailboxWrite } from '../db/mailboxTransaction.ts';

/** Routes that only the beta dialect has (docs/protocol.md#endpoints-of-beta). */

const taskPlaces = ['tasks', 'taskfolders/{}/tasks', 'taskgroups/{}/taskfolders/{}/tasks'];
const folderPlaces = ['taskfolders', 'taskgroups/{}/taskfolders'];
const zonesBy = (standard: string) =>
  `supportedtimezones(timezonestandard=microsoft.graph.timezonestandard'${standard}')`;

/** Routes by the path after the mailbox. */
export const graphRoutes: readonly [string, Handlers][] = [
  ...taskPlaces.map((place): [string, Handlers] => [`${place}/{}/permanentdelete`, { POST: postTaskPurge }]),
  ...folderPlaces.map((place): [string, Handlers] => [`${place}/{}/permanentdelete`, { POST: postFolderPurge }]),
  ['supportedtimezones', { GET: (context) => sendZones(context, 'windows') }],
  [zonesBy('windows'), { GET: (context) => sendZones(context, 'windows') }],
  [zonesBy('iana'), { GET: (context) => sendZones(context, 'iana') }],
  ['mastercategories', { GET: listCategories }],
];

function postTaskPurge(context: RequestContext): Promise<Response> {
  return purge(context, async (write, ifMatch) => {
    const { task = '', folder } = context.keys;
    const folderId = folder === undefined ? undefined : (await folderOfRequest(write.trx, context)).id;
    await purgeTask(write, task, folderId, ifMatch);
  });
}

function postFolderPurge(context: RequestContext): Promise<Response> {
  return purge(context, async (write, ifMatch) => {
    const { folder = '', group } = context.keys;
    const heading = group === undefined ? undefined : await groupRow(write.trx, write, group);
    await purgeFolder(write, folder, heading?.group_key, ifMatch);
  });
}

async function purge(
  context: RequestContext,
  work: (write: MailboxWrite, ifMatch: string | undefined) => Promise<void>,
): Promise<Response> {
  const { text } = await readEmptyBody(context.c);
  const repeat = readIdempotencyKey(context.c, text, context.clock.now());
  const { db, clock, mailbox } = context;
  await purgeInMailbox(db, mailbox, clock.now(), (write) =>
    runOnce(write, repeat, {
      run: () => work(write, context.c.req.header('if-match')),
      ids: () => [],
      // A purged task has nothing to return.
      load: async () => {},
    }),
  );
  return sendNoContent(context);
}

async function sendZones(context: RequestContext, standard: 'windows' | 'iana'): Promise<Response> {
  const contextUrl = '$metadata#Collection(microsoft.graph.timeZoneInformation)';
  return sendCachedResponse(
    context,
    cachedResponseOf(pageText(context, contextUrl, supportedTimeZones(standard, context.clock.now()))),
  );
}

function listCategories(context: RequestContext): Promise<Response> {
  return sendList(context, async () => {
    const all = await categoriesOf(context.read, context.mailbox);
    return pageText(context, `$metadata#${context.userText}/masterCategories`, all);
  });
}

/** Short lists are sent whole unless the request sets a page. */
function pageText(context: RequestContext, contextUrl: string, all: readonly object[]): string {
  const { top = all.length, skip = 0, count } = readOptions(queryStringOf(context.c), context.dialect);
  const values = all.slice(skip, skip + top).map((entity) => selectMembers(context, entity));
  return collectionText(`${context.rootUrl}/${contextUrl}`, JSON.stringify(values), {
    count: count ? all.length : undefined,
    nextLink: nextLinkOf(context, skip + top < all.length),
  });
}
