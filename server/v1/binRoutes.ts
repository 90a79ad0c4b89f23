import { addMs } from '../../src/domain/time/time.ts';
import { maxTop } from '../../src/wire/odata/odata.ts';
import type { Principal } from '../identity/bearerAuth.ts';
import {
  listDeletedItems,
  purgeDeletedItems,
  purgeDeletedItem,
  restoreDeletedItem,
  type DeletedItem,
  type DeletedItemPosition,
} from '../mailbox/deletedItems.ts';
import type { ServiceContext } from '../http/requestContext.ts';
import { defaultBinDays } from '../config/config.ts';
import { invalidQuery, malformedId } from '../config/appError.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { readEmptyBody, reply, replyJson, queryStringOf, type HonoContext } from '../http/http.ts';
import { isIdText } from '../config/ids.ts';
import { purgeInMailbox } from '../db/purgeTransaction.ts';
import { writeItemOnce } from './writeItemOnce.ts';
import type { OpenMailbox } from '../access/openMailbox.ts';
import type { MailboxWrite } from '../db/mailboxTransaction.ts';

/** Guests may restore what they deleted themselves, and see nothing else of the owner's bin. */
export const restoreRoutes: V1Routes = { 'deleteditems/*/restore': { POST: postRestore } };

/** `/threefold/v1/deleteditems`: the bin, which no dialect has (docs/protocol.md#deletion). */
export const binRoutes: V1Routes = {
  deleteditems: { GET: getBin, DELETE: deleteBin },
  'deleteditems/*': { DELETE: deleteItem },
  ...restoreRoutes,
};

const defaultTop = 50;
const dayMs = 24 * 60 * 60_000;

/** Newest first, `top` items a page; `nextLink` is relative to the service's root. */
async function getBin(
  c: HonoContext,
  { read, binDays = defaultBinDays }: ServiceContext,
  principal: Principal,
): Promise<Response> {
  const { top, before } = readPaging(c);
  const rows = await listDeletedItems(read, principal.accountId, top, before);
  const page = rows.slice(0, top);
  const last = rows.length > top ? page.at(-1) : undefined;
  const nextLink = last === undefined ? undefined : linkAfter(last, top);
  return replyJson(c, {
    value: page.map((row) => itemJson(row, binDays)),
    ...(nextLink !== undefined && { nextLink }),
  });
}

function itemJson({ id, kind, name, folder_id, folder_name, task_count, deleted_at }: DeletedItem, binDays: number) {
  return {
    id,
    kind,
    name,
    folderId: folder_id,
    folderName: folder_name,
    taskCount: task_count,
    deletedAt: deleted_at,
    /** Maintenance purges it within some hours after. */
    keptUntil: addMs(deleted_at, binDays * dayMs),
  };
}

/** Empties the bin. */
async function deleteBin(c: HonoContext, { db, clock }: ServiceContext, { accountId }: Principal): Promise<Response> {
  await purgeInMailbox(db, { accountId }, clock.now(), (write) => purgeDeletedItems(write));
  return reply(c, null, 204);
}

async function deleteItem(
  c: HonoContext,
  { db, clock }: ServiceContext,
  { accountId }: Principal,
  id: string,
): Promise<Response> {
  if (!isIdText(id)) throw malformedId();
  await purgeInMailbox(db, { accountId }, clock.now(), (write) => purgeDeletedItem(write, id));
  return reply(c, null, 204);
}

/** Responds with the folder to which a task was restored, or the name that a folder got. */
async function postRestore(
  c: HonoContext,
  service: ServiceContext,
  _: Principal,
  id: string,
  { mailbox }: { mailbox: OpenMailbox },
): Promise<Response> {
  if (!isIdText(id)) throw malformedId();
  const { text } = await readEmptyBody(c);
  const restored = await writeItemOnce(
    c,
    service,
    { mailbox, id, text },
    {
      run: (write) => restoreDeletedItem(write, id),
      load: (write) => readRestored(write, id),
    },
  );
  return replyJson(c, restored);
}

/** The response to a repeated request: where the item is now, which may have changed since. */
async function readRestored({ trx, accountId }: MailboxWrite, id: string) {
  const task = await trx
    .selectFrom('tasks')
    .select(['id', 'subject as name', 'folder_id as folderId'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (task !== undefined) return { ...task, kind: 'task' as const };
  const folder = await trx
    .selectFrom('task_folders')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return { id, name: folder?.name ?? '', folderId: null, kind: 'folder' as const };
}

function readPaging(c: HonoContext): { top: number; before?: DeletedItemPosition } {
  const query = new URLSearchParams(queryStringOf(c));
  const top = query.get('top') ?? String(defaultTop);
  if (!/^[1-9]\d{0,8}$/.test(top)) throw invalidQuery("The query parameter 'top' is invalid.");
  const before = query.get('before');
  const size = Math.min(Number(top), maxTop);
  if (before === null) return { top: size };
  const [, deletedAt, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\.([\w-]+)$/.exec(before) ?? [];
  if (deletedAt === undefined || id === undefined) throw invalidQuery("The query parameter 'before' is invalid.");
  return { top: size, before: { deletedAt, id } };
}

function linkAfter({ deleted_at, id }: DeletedItem, top: number): string {
  return `/threefold/v1/deleteditems?${new URLSearchParams({ top: String(top), before: `${deleted_at}.${id}` }).toString()}`;
}
