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

/** The published samples print the default group first and the default folder last, the others by creation. */
const groupOrder = 'is_default desc, created_at asc, id asc';
const folderOrder = 'is_default asc, created_at asc, id asc';

export function listGroups(context: RequestContext): Promise<Response> {
  return sendList(context, () => groupsText(context));
}

async function groupsText(context: RequestContext): Promise<string> {
  const { where, order = groupOrder } = listQueryOf(context, groupQueryFields);
  const query = groupsIn(context, where);
  const { top, skip, count } = context.options;
  const total = await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await query.selectAll().orderBy(sql.raw(order)).limit(top).offset(skip).execute();
  const values = rows.map((row) => groupJson(context, groupOf(row)));
  const nextLink = nextLinkOf(context, skip + rows.length < total.n);
  return collectionText(odataContextOf(context), JSON.stringify(values), {
    nextLink,
    count: count ? total.n : undefined,
  });
}

export async function countGroups(context: RequestContext): Promise<Response> {
  const query = groupsIn(context, listQueryOf(context, groupQueryFields).where);
  return sendCount(context, await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow());
}

function groupsIn(context: RequestContext, where: SqlText) {
  const { accountId, guestId } = context.mailbox;
  return (
    context.read
      .selectFrom('task_groups')
      .where('account_id', '=', accountId)
      // Guests see no groups.
      .where(expressionOf(guestId === undefined ? where : never))
  );
}

export async function getGroup(context: RequestContext): Promise<Response> {
  const row = await groupRow(context.read, context.mailbox, context.keys.group ?? '');
  return sendEntity(context, 200, groupJson(context, groupOf(row)));
}

export async function postGroup(context: RequestContext): Promise<Response> {
  const { text, json } = await readJsonBody(context.c);
  const { name } = context.dialect.group.decodePatch(json);
  checkGroupSelection(context);
  const repeat = readIdempotencyKey(context.c, text, context.clock.now());
  const group = await writeForRequest(context, (write) =>
    runOnce(write, repeat, {
      run: () => use.createGroup(write, context.newId(), name),
      ids: ({ id }) => [id],
      load: async ([id = '']) => groupOf(await groupRow(write.trx, write, id)),
    }),
  );
  return sendEntity(context, 201, groupJson(context, group));
}

export async function patchGroup(context: RequestContext): Promise<Response> {
  const { json } = await readJsonBody(context.c);
  const { name } = context.dialect.group.decodePatch(json);
  checkGroupSelection(context);
  const { group = '' } = context.keys;
  const renamed = await writeForRequest(context, (write) =>
    use.renameGroup(write, group, name, context.c.req.header('if-match')),
  );
  return sendEntity(context, 200, groupJson(context, renamed));
}

export async function deleteGroup(context: RequestContext): Promise<Response> {
  const { group = '' } = context.keys;
  await writeForRequest(context, (write) => use.deleteGroup(write, group, context.c.req.header('if-match')));
  return sendNoContent(context);
}

export function listFolders(context: RequestContext): Promise<Response> {
  return sendList(context, () => foldersText(context));
}

async function foldersText(context: RequestContext): Promise<string> {
  const { where, order = folderOrder } = listQueryOf(context, folderQueryFields);
  const query = await foldersOf(context, where);
  const { top, skip, count } = context.options;
  const total = await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await query.selectAll().orderBy(sql.raw(order)).limit(top).offset(skip).execute();
  const values = rows.map((row) => folderJson(context, folderOf(row)));
  const nextLink = nextLinkOf(context, skip + rows.length < total.n);
  return collectionText(odataContextOf(context), JSON.stringify(values), {
    nextLink,
    count: count ? total.n : undefined,
  });
}

export async function countFolders(context: RequestContext): Promise<Response> {
  const query = await foldersOf(context, listQueryOf(context, folderQueryFields).where);
  return sendCount(context, await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow());
}

async function foldersOf(context: RequestContext, where: SqlText) {
  const { accountId, guestId } = context.mailbox;
  const own = context.read
    .selectFrom('task_folders')
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .where(expressionOf(where));
  const all = guestId === undefined ? own : own.where('id', 'in', sharedFolders(context.read, guestId));
  if (context.keys.group === undefined) return all;
  const { group_key } = await groupRow(context.read, context.mailbox, context.keys.group);
  return all.where('group_key', '=', group_key);
}

export async function getFolder(context: RequestContext): Promise<Response> {
  return sendEntity(context, 200, folderJson(context, folderOf(await folderOfRequest(context.read, context))));
}

export async function postFolder(context: RequestContext): Promise<Response> {
  const { text, json } = await readJsonBody(context.c);
  const { name } = context.dialect.folder.decodePatch(json);
  checkFolderSelection(context);
  const repeat = readIdempotencyKey(context.c, text, context.clock.now());
  const { group } = context.keys;
  const folder = await writeForRequest(context, async (write) => {
    const heading = group === undefined ? undefined : await groupRow(write.trx, write, group);
    return runOnce(write, repeat, {
      run: () => use.createFolder(write, context.newId(), heading?.group_key ?? defaultGroupKey, name),
      ids: ({ id }) => [id],
      load: async ([id = '']) => folderOf(await folderRow(write.trx, write, id)),
    });
  });
  return sendEntity(context, 201, folderJson(context, folder));
}

export async function patchFolder(context: RequestContext): Promise<Response> {
  const { json } = await readJsonBody(context.c);
  const { name } = context.dialect.folder.decodePatch(json);
  checkFolderSelection(context);
  const renamed = await writeForRequest(context, async (write) => {
    const { id } = await folderOfRequest(write.trx, context);
    return use.renameFolder(write, id, name, context.c.req.header('if-match'));
  });
  return sendEntity(context, 200, folderJson(context, renamed));
}

export async function deleteFolder(context: RequestContext): Promise<Response> {
  await writeForRequest(context, async (write) => {
    const { id } = await folderOfRequest(write.trx, context);
    await use.deleteFolder(write, id, context.c.req.header('if-match'));
  });
  return sendNoContent(context);
}

const blankFolder = { id: '', changeKey: '', name: '', isDefault: false, groupKey: '' };
const blankGroup = { id: '', changeKey: '', name: '', isDefault: false, groupKey: '' };

/** @throws AppError 400 for an unknown member: before a write, because what is stored must not be answered as refused. */
export function checkFolderSelection(context: RequestContext): void {
  selectMembers(context, context.dialect.folder.encode(blankFolder));
}

function checkGroupSelection(context: RequestContext): void {
  selectMembers(context, context.dialect.group.encode(blankGroup));
}

function groupJson(context: RequestContext, group: TaskGroup): object {
  return withODataId(context, 'TaskGroups', group.id, selectMembers(context, context.dialect.group.encode(group)));
}

export function folderJson(context: RequestContext, folder: TaskFolder): object {
  return withODataId(context, 'TaskFolders', folder.id, selectMembers(context, context.dialect.folder.encode(folder)));
}
