import { folderOfRequest } from '../http/pathTarget.ts';
import { sql } from 'kysely';
import type { TaskFolder, TaskGroup } from '../../src/domain/task/task.ts';
import { defaultGroupKey } from '../../src/domain/task/task.ts';
import {
  withODataId,
  collectionText,
  odataContextOf,
  sendEntity,
  sendList,
  sendNoContent,
  writeForRequest,
  type RequestContext,
} from '../http/requestContext.ts';
import * as use from '../mailbox/folders.ts';
import { readJsonBody } from '../http/http.ts';
import { nextLinkOf, selectMembers, sendCount } from '../http/paging.ts';
import { folderQueryFields, groupQueryFields } from '../query/queryFields.ts';
import { listQueryOf } from '../query/listQuery.ts';
import { expressionOf, never, type SqlText } from '../query/sqlText.ts';
import { runOnce, readIdempotencyKey } from '../http/idempotency.ts';
import { folderRow, groupRow, sharedFolders } from '../db/mailboxTransaction.ts';
import { folderOf, groupOf } from '../mailbox/taskRows.ts';

/** Groups and folders (docs/protocol.md#folders-and-groups). */

/** The order of headings: the one every mailbox has, then as they were made. */
const defaultFirst = 'is_default desc, created_at asc, id asc';

export function listGroups(call: RequestContext): Promise<Response> {
  return sendList(call, () => groupsText(call));
}

async function groupsText(call: RequestContext): Promise<string> {
  const { where, order = defaultFirst } = listQueryOf(call, groupQueryFields);
  const query = groupsIn(call, where);
  const { top, skip, count } = call.options;
  const total = await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await query.selectAll().orderBy(sql.raw(order)).limit(top).offset(skip).execute();
  const values = rows.map((row) => groupJson(call, groupOf(row)));
  const nextLink = nextLinkOf(call, skip + rows.length < total.n);
  return collectionText(odataContextOf(call), JSON.stringify(values), {
    nextLink,
    count: count ? total.n : undefined,
  });
}

export async function countGroups(call: RequestContext): Promise<Response> {
  const query = groupsIn(call, listQueryOf(call, groupQueryFields).where);
  return sendCount(call, await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow());
}

function groupsIn(call: RequestContext, where: SqlText) {
  const { accountId, guestId } = call.mailbox;
  return (
    call.read
      .selectFrom('task_groups')
      .where('account_id', '=', accountId)
      // Groups are the owner's own order: a guest sees none.
      .where(expressionOf(guestId === undefined ? where : never))
  );
}

export async function getGroup(call: RequestContext): Promise<Response> {
  const row = await groupRow(call.read, call.mailbox, call.keys.group ?? '');
  return sendEntity(call, 200, groupJson(call, groupOf(row)));
}

export async function postGroup(call: RequestContext): Promise<Response> {
  const { text, json } = await readJsonBody(call.c);
  const { name } = call.dialect.group.decodePatch(json);
  const repeat = readIdempotencyKey(call.c, text, call.clock.now());
  const group = await writeForRequest(call, (write) =>
    runOnce(write, repeat, {
      run: () => use.createGroup(write, call.newId(), name),
      ids: ({ id }) => [id],
      load: async ([id = '']) => groupOf(await groupRow(write.trx, write, id)),
    }),
  );
  return sendEntity(call, 201, groupJson(call, group));
}

export async function patchGroup(call: RequestContext): Promise<Response> {
  const { json } = await readJsonBody(call.c);
  const { name } = call.dialect.group.decodePatch(json);
  const { group = '' } = call.keys;
  const renamed = await writeForRequest(call, (write) =>
    use.renameGroup(write, group, name, call.c.req.header('if-match')),
  );
  return sendEntity(call, 200, groupJson(call, renamed));
}

export async function deleteGroup(call: RequestContext): Promise<Response> {
  const { group = '' } = call.keys;
  await writeForRequest(call, (write) => use.deleteGroup(write, group, call.c.req.header('if-match')));
  return sendNoContent(call);
}

export function listFolders(call: RequestContext): Promise<Response> {
  return sendList(call, () => foldersText(call));
}

async function foldersText(call: RequestContext): Promise<string> {
  const { where, order = defaultFirst } = listQueryOf(call, folderQueryFields);
  const query = await foldersOf(call, where);
  const { top, skip, count } = call.options;
  const total = await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await query.selectAll().orderBy(sql.raw(order)).limit(top).offset(skip).execute();
  const values = rows.map((row) => folderJson(call, folderOf(row)));
  const nextLink = nextLinkOf(call, skip + rows.length < total.n);
  return collectionText(odataContextOf(call), JSON.stringify(values), {
    nextLink,
    count: count ? total.n : undefined,
  });
}

export async function countFolders(call: RequestContext): Promise<Response> {
  const query = await foldersOf(call, listQueryOf(call, folderQueryFields).where);
  return sendCount(call, await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow());
}

async function foldersOf(call: RequestContext, where: SqlText) {
  const { accountId, guestId } = call.mailbox;
  const own = call.read
    .selectFrom('task_folders')
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .where(expressionOf(where));
  const all = guestId === undefined ? own : own.where('id', 'in', sharedFolders(call.read, guestId));
  if (call.keys.group === undefined) return all;
  const { group_key } = await groupRow(call.read, call.mailbox, call.keys.group);
  return all.where('group_key', '=', group_key);
}

export async function getFolder(call: RequestContext): Promise<Response> {
  return sendEntity(call, 200, folderJson(call, folderOf(await folderOfRequest(call.read, call))));
}

export async function postFolder(call: RequestContext): Promise<Response> {
  const { text, json } = await readJsonBody(call.c);
  const { name } = call.dialect.folder.decodePatch(json);
  const repeat = readIdempotencyKey(call.c, text, call.clock.now());
  const { group } = call.keys;
  const folder = await writeForRequest(call, async (write) => {
    const heading = group === undefined ? undefined : await groupRow(write.trx, write, group);
    return runOnce(write, repeat, {
      run: () => use.createFolder(write, call.newId(), heading?.group_key ?? defaultGroupKey, name),
      ids: ({ id }) => [id],
      load: async ([id = '']) => folderOf(await folderRow(write.trx, write, id)),
    });
  });
  return sendEntity(call, 201, folderJson(call, folder));
}

export async function patchFolder(call: RequestContext): Promise<Response> {
  const { json } = await readJsonBody(call.c);
  const { name } = call.dialect.folder.decodePatch(json);
  const renamed = await writeForRequest(call, async (write) => {
    const { id } = await folderOfRequest(write.trx, call);
    return use.renameFolder(write, id, name, call.c.req.header('if-match'));
  });
  return sendEntity(call, 200, folderJson(call, renamed));
}

export async function deleteFolder(call: RequestContext): Promise<Response> {
  await writeForRequest(call, async (write) => {
    const { id } = await folderOfRequest(write.trx, call);
    await use.deleteFolder(write, id, call.c.req.header('if-match'));
  });
  return sendNoContent(call);
}

function groupJson(call: RequestContext, group: TaskGroup): object {
  return withODataId(call, 'TaskGroups', group.id, selectMembers(call, call.dialect.group.encode(group)));
}

export function folderJson(call: RequestContext, folder: TaskFolder): object {
  return withODataId(call, 'TaskFolders', folder.id, selectMembers(call, call.dialect.folder.encode(folder)));
}
