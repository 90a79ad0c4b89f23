import { sql } from 'kysely';
import type { Instant } from '../../src/domain/time/time.ts';
import { clearTombstone, clearFolderTombstones } from '../feed/clearTombstones.ts';
import { notFound } from '../config/appError.ts';
import { limits } from '../../src/domain/limits.ts';
import { foldName } from './createMailbox.ts';
import { purgeFolder, purgeTask } from './purge.ts';
import { requireWriter } from '../access/access.ts';
import { writerIdOf, folderRow, type MailboxWrite } from '../db/mailboxTransaction.ts';
import { type Db } from '../db/tables.ts';

/** The bin: items that DELETE moved to Deleted Items, which can be restored (docs/protocol.md#deletion). */

/** A task that was deleted on its own, or a folder with the tasks deleted with it. */
export type DeletedItem = {
  id: string;
  kind: 'task' | 'folder';
  /** Subject of the task, name of the folder. */
  name: string;
  /** The folder of the task; null for a folder, and when the task's folder is deleted. */
  folder_id: string | null;
  folder_name: string | null;
  /** How many tasks a restore returns: 1 for a task. */
  task_count: number;
  deleted_at: Instant;
};

/** The position after a page of the bin. */
export type DeletedItemPosition = { deletedAt: Instant; id: string };

/** Newest first. Returns up to `size + 1` rows: the extra row means that there are more. */
export async function listDeletedItems(
  read: Db,
  accountId: string,
  size: number,
  before?: DeletedItemPosition,
): Promise<DeletedItem[]> {
  const { deletedAt, id } = before ?? { deletedAt: '9', id: '' };
  const { rows } = await sql<DeletedItem>`
    select task.id, 'task' as kind, subject as name, folder.id as folder_id, folder.name as folder_name,
        1 as task_count, task.deleted_at
      from tasks as task
      left join task_folders as folder on folder.id = task.folder_id and folder.deleted_at is null
      where task.account_id = ${accountId} and task.deleted_at is not null and deleted_with is null
        and (task.deleted_at, task.id) < (${deletedAt}, ${id})
    union all
    select id, 'folder', name, null, null,
        (select count(*) from tasks where folder_id = task_folders.id and deleted_with = task_folders.id), deleted_at
      from task_folders
      where account_id = ${accountId} and deleted_at is not null and (deleted_at, id) < (${deletedAt}, ${id})
    order by deleted_at desc, id desc limit ${size + 1}`.execute(read);
  return rows;
}

/** The restored item, and its folder. */
export type RestoredItem = { id: string; kind: 'task' | 'folder'; name: string; folderId: string | null };

/**
 * Restores a task or a folder under its old id; the feed reports it to every reader.
 * @throws AppError 404 when it is not in the bin.
 */
export async function restoreDeletedItem(write: MailboxWrite, id: string): Promise<RestoredItem> {
  if (write.guestId !== undefined) await checkGuestRestore(write, id);
  return (await restoreTask(write, id)) ?? (await restoreFolder(write, id));
}

/**
 * A guest may restore what they deleted themselves, while they may still write there; other items do not exist for
 * them.
 * @throws AppError 404, 403.
 */
async function checkGuestRestore({ trx, ...mailbox }: MailboxWrite, id: string): Promise<void> {
  const row = await trx
    .selectFrom('tasks')
    .select('folder_id')
    .where('id', '=', id)
    .where('account_id', '=', mailbox.accountId)
    .where('deleted_by', '=', writerIdOf(mailbox))
    .where('deleted_with', 'is', null)
    .where('sensitivity', '<>', 'private')
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  await requireWriter(trx, mailbox, (await folderRow(trx, mailbox, row.folder_id)).id);
}

/** Restores to its folder, or to Tasks when that is deleted. */
async function restoreTask(write: MailboxWrite, id: string): Promise<RestoredItem | undefined> {
  const { trx, accountId, seq } = write;
  const row = await trx
    .selectFrom('tasks')
    .select(['subject', 'folder_id'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is not', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const home = await trx
    .selectFrom('task_folders')
    .select('id')
    .where('id', '=', row.folder_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  const folderId = (home ?? (await folderRow(trx, { accountId }, 'Tasks'))).id;
  const back = { folder_id: folderId, deleted_at: null, deleted_with: null, deleted_by: null, seq };
  await trx.updateTable('tasks').set(back).where('id', '=', id).execute();
  await clearTombstone(write, 'task', folderId, id);
  return { id, kind: 'task', name: row.subject, folderId };
}

/** Restores with the tasks deleted with it, under another name when its own is taken. */
async function restoreFolder(write: MailboxWrite, id: string): Promise<RestoredItem> {
  const { trx, accountId, seq } = write;
  const row = await trx
    .selectFrom('task_folders')
    .select('name')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is not', null)
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  const name = await unusedName(write, row.name);
  const back = { name, name_key: foldName(name), deleted_at: null, seq };
  await trx.updateTable('task_folders').set(back).where('id', '=', id).execute();
  await clearTombstone(write, 'folder', accountId, id);
  await clearFolderTombstones(write, id);
  return { id, kind: 'folder', name, folderId: null };
}

/** The name itself, or with the first number that makes it unique: `Home (2)`. */
async function unusedName({ trx, accountId }: MailboxWrite, name: string): Promise<string> {
  const rows = await trx
    .selectFrom('task_folders')
    .select('name_key')
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .execute();
  const taken = new Set(rows.map(({ name_key }) => name_key));
  const bare = name.replace(/ \(\d+\)$/, '');
  let free = name;
  for (let n = 2; taken.has(foldName(free)); n += 1) {
    const number = ` (${n})`;
    free = bare.slice(0, limits.placeName - number.length) + number;
  }
  return free;
}

/**
 * Purges one item of the bin. Call it in `purgeInMailbox`.
 * @throws AppError 404 when it is not in the bin.
 */
export async function purgeDeletedItem(write: MailboxWrite, id: string): Promise<void> {
  const isInBin = async (table: 'tasks' | 'task_folders') => {
    const query = write.trx.selectFrom(table).select('id').where('id', '=', id).where('deleted_at', 'is not', null);
    return (await query.where('account_id', '=', write.accountId).executeTakeFirst()) !== undefined;
  };
  if (await isInBin('tasks')) return purgeTask(write, id);
  if (await isInBin('task_folders')) return purgeFolder(write, id);
  throw notFound();
}

/** Purges all items of the bin, or those deleted before an instant. Call it in `purgeInMailbox`. */
export async function purgeDeletedItems(write: MailboxWrite, before: Instant = '9'): Promise<void> {
  const { trx, accountId } = write;
  await trx
    .deleteFrom('tasks')
    .where('account_id', '=', accountId)
    .where('deleted_at', '<', before)
    .where('deleted_with', 'is', null)
    .execute();
  const folders = await trx
    .selectFrom('task_folders')
    .select('id')
    .where('account_id', '=', accountId)
    .where('deleted_at', '<', before)
    .execute();
  for (const { id } of folders) await purgeFolder(write, id);
}
