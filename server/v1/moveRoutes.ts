import { outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { isObject } from '../../src/wire/jsonReader.ts';
import type { Principal } from '../identity/bearerAuth.ts';
import type { ServiceContext } from '../http/requestContext.ts';
import { malformedId, malformedBody } from '../config/appError.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { readJsonBody, replyJson, type HonoContext } from '../http/http.ts';
import { isIdText } from '../config/ids.ts';
import { moveFolder, moveTask } from '../mailbox/moveItems.ts';
import { writeItemOnce } from './writeItemOnce.ts';
import type { OpenMailbox } from '../access/openMailbox.ts';
import { folderRow, taskRow } from '../db/mailboxTransaction.ts';
import { folderOf, taskOf } from '../mailbox/taskRows.ts';

/** Moves, which neither dialect has. The responses are entities in v2's spelling. */
export const moveRoutes: V1Routes = {
  'tasks/*/move': { POST: postTaskMove },
  'taskfolders/*/move': { POST: postFolderMove },
};

/** `{ "DestinationId": "…" }`: a folder's id, or its well-known name. */
async function postTaskMove(
  c: HonoContext,
  service: ServiceContext,
  _: Principal,
  id: string,
  { mailbox }: { mailbox: OpenMailbox },
): Promise<Response> {
  const { name: owner } = mailbox;
  const { text, destination } = await readDestination(c, id, 'DestinationId');
  if (!isIdText(destination)) throw malformedId();
  const task = await writeItemOnce(
    c,
    service,
    { mailbox, id, text },
    {
      run: (write) => moveTask(write, owner, id, destination, c.req.header('if-match')),
      load: async (write) => taskOf(await taskRow(write.trx, write, id), owner),
    },
  );
  return replyJson(c, outlookRest.task.encode(task));
}

/** `{ "DestinationGroupKey": "…" }`: the GroupKey of a group. */
async function postFolderMove(
  c: HonoContext,
  service: ServiceContext,
  _: Principal,
  id: string,
  { mailbox }: { mailbox: OpenMailbox },
): Promise<Response> {
  const { text, destination } = await readDestination(c, id, 'DestinationGroupKey');
  const folder = await writeItemOnce(
    c,
    service,
    { mailbox, id, text },
    {
      run: (write) => moveFolder(write, id, destination, c.req.header('if-match')),
      load: async (write) => folderOf(await folderRow(write.trx, write, id)),
    },
  );
  return replyJson(c, outlookRest.folder.encode(folder));
}

async function readDestination(
  c: HonoContext,
  id: string,
  name: string,
): Promise<{ text: string; destination: string }> {
  if (!isIdText(id)) throw malformedId();
  const { text, json } = await readJsonBody(c);
  const destination = isObject(json) ? json[name] : undefined;
  if (typeof destination !== 'string' || destination === '') throw malformedBody(`The body must name a ${name}.`);
  return { text, destination };
}
