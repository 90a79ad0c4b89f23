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

/** What only the beta dialect has (docs/protocol.md#endpoints-of-beta). */

const taskPlaces = ['tasks', 'taskfolders/{}/tasks', 'taskgroups/{}/taskfolders/{}/tasks'];
const folderPlaces = ['taskfolders', 'taskgroups/{}/taskfolders'];
const zonesBy = (standard: string) =>
  `supportedtimezones(timezonestandard=microsoft.graph.timezonestandard'${standard}')`;

/** The addresses after the mailbox, and what answers there. */
export const graphRoutes: readonly [string, Handlers][] = [
  ...taskPlaces.map((place): [string, Handlers] => [`${place}/{}/permanentdelete`, { POST: postTaskPurge }]),
  ...folderPlaces.map((place): [string, Handlers] => [`${place}/{}/permanentdelete`, { POST: postFolderPurge }]),
  ['supportedtimezones', { GET: (call) => sendZones(call, 'windows') }],
  [zonesBy('windows'), { GET: (call) => sendZones(call, 'windows') }],
  [zonesBy('iana'), { GET: (call) => sendZones(call, 'iana') }],
  ['mastercategories', { GET: listCategories }],
];

function postTaskPurge(call: RequestContext): Promise<Response> {
  return purge(call, async (write, ifMatch) => {
    const { task = '', folder } = call.keys;
    const folderId = folder === undefined ? undefined : (await folderOfRequest(write.trx, call)).id;
    await purgeTask(write, task, folderId, ifMatch);
  });
}

function postFolderPurge(call: RequestContext): Promise<Response> {
  return purge(call, async (write, ifMatch) => {
    const { folder = '', group } = call.keys;
    const heading = group === undefined ? undefined : await groupRow(write.trx, write, group);
    await purgeFolder(write, folder, heading?.group_key, ifMatch);
  });
}

async function purge(
  call: RequestContext,
  work: (write: MailboxWrite, ifMatch: string | undefined) => Promise<void>,
): Promise<Response> {
  const { text } = await readEmptyBody(call.c);
  const repeat = readIdempotencyKey(call.c, text, call.clock.now());
  const { db, clock, mailbox } = call;
  await purgeInMailbox(db, mailbox, clock.now(), (write) =>
    runOnce(write, repeat, {
      run: () => work(write, call.c.req.header('if-match')),
      ids: () => [],
      // Gone is gone.
      load: async () => {},
    }),
  );
  return sendNoContent(call);
}

async function sendZones(call: RequestContext, standard: 'windows' | 'iana'): Promise<Response> {
  const context = '$metadata#Collection(microsoft.graph.timeZoneInformation)';
  return sendCachedResponse(
    call,
    cachedResponseOf(pageText(call, context, supportedTimeZones(standard, call.clock.now()))),
  );
}

function listCategories(call: RequestContext): Promise<Response> {
  return sendList(call, async () => {
    const all = await categoriesOf(call.read, call.mailbox);
    return pageText(call, `$metadata#${call.userText}/masterCategories`, all);
  });
}

/** Short lists come whole unless a part is asked for. */
function pageText(call: RequestContext, context: string, all: readonly object[]): string {
  const { top = all.length, skip = 0, count } = readOptions(queryStringOf(call.c), call.dialect);
  const values = all.slice(skip, skip + top).map((one) => selectMembers(call, one));
  return collectionText(`${call.rootUrl}/${context}`, JSON.stringify(values), {
    count: count ? all.length : undefined,
    nextLink: nextLinkOf(call, skip + top < all.length),
  });
}
