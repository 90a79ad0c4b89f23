import { sendNoContent, type RequestContext, type Handlers } from '../http/requestContext.ts';
import { readEmptyBody } from '../http/http.ts';
import { purgeFolder, purgeTask } from '../mailbox/purge.ts';
import { purgeInMailbox } from '../db/purgeTransaction.ts';
import { runOnce, readIdempotencyKey } from '../http/idempotency.ts';
import { folderOfRequest } from '../http/pathTarget.ts';
import { groupRow, type MailboxWrite } from '../db/mailboxTransaction.ts';

/** Routes that only the beta dialect has (docs/protocol.md#endpoints-of-beta). */

const taskPlaces = ['tasks', 'taskfolders/{}/tasks', 'taskgroups/{}/taskfolders/{}/tasks'];
const folderPlaces = ['taskfolders', 'taskgroups/{}/taskfolders'];

/** Routes by the path after the mailbox. */
export const graphRoutes: readonly [string, Handlers][] = [
  ...taskPlaces.map((place): [string, Handlers] => [`${place}/{}/permanentdelete`, { POST: postTaskPurge }]),
  ...folderPlaces.map((place): [string, Handlers] => [`${place}/{}/permanentdelete`, { POST: postFolderPurge }]),
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
