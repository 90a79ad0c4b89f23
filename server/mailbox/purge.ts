import { defaultFolderProtected, notFound } from '../config/appError.ts';
import { requireOwner, requireWriter } from '../access/access.ts';
import { hiddenFeedId } from '../access/visibility.ts';
import { checkIfMatch, folderRow, recordTombstone, taskRow, type MailboxWrite } from '../db/mailboxTransaction.ts';

/**
 * permanentDelete (docs/protocol.md#deletion) removes the rows. A deleted item keeps its id, so it can be purged from
 * Deleted Items; a second call does not find it. Call it in `purgeInMailbox`.
 */

/**
 * @param folderId the folder the task must be in, when the path names one.
 * @throws AppError 404, 412.
 */
export async function purgeTask(write: MailboxWrite, id: string, folderId?: string, ifMatch?: string): Promise<void> {
  const row = await write.trx
    .selectFrom('tasks')
    .select(['folder_id', 'seq', 'deleted_at', 'sensitivity'])
    .where('id', '=', id)
    .where('account_id', '=', write.accountId)
    .executeTakeFirst();
  if (row === undefined || (folderId !== undefined && row.folder_id !== folderId)) throw notFound();
  if (write.guestId !== undefined) await taskRow(write.trx, write, id);
  await requireWriter(write.trx, write, row.folder_id);
  checkIfMatch(ifMatch, row.seq);
  // A deleted task already left its folder.
  if (row.deleted_at === null) await recordTombstone(write, 'task', row.folder_id, id, row);
  await write.trx.deleteFrom('tasks').where('id', '=', id).execute();
}

/**
 * Purges a folder with its tasks; of a folder in Deleted Items, the tasks deleted with it. A task deleted on its own
 * before stays in Deleted Items: a restore moves it to the default folder. The feed of the folder's tasks ends, so only
 * the folder gets a tombstone.
 * @param groupKey of the group the folder must be in, when the path names one.
 * @throws AppError 404, 412; 400 for the default folder.
 */
export async function purgeFolder(write: MailboxWrite, id: string, groupKey?: string, ifMatch?: string): Promise<void> {
  const { trx, accountId } = write;
  if (write.guestId !== undefined) await folderRow(trx, write, id);
  requireOwner(write);
  const own = trx
    .selectFrom('task_folders')
    .select(['id', 'group_key', 'seq', 'is_default', 'deleted_at'])
    .where('account_id', '=', accountId);
  const named = id.toLowerCase() === 'tasks' ? own.where('is_default', '=', 1) : own.where('id', '=', id);
  const row = await named.executeTakeFirst();
  if (row === undefined || (groupKey !== undefined && row.group_key !== groupKey)) throw notFound();
  checkIfMatch(ifMatch, row.seq);
  if (row.is_default === 1) throw defaultFolderProtected();
  if (row.deleted_at === null) await recordTombstone(write, 'folder', accountId, row.id);
  const home = await folderRow(trx, write, 'Tasks');
  await trx
    .updateTable('tasks')
    .set({ folder_id: home.id })
    .where('folder_id', '=', row.id)
    .where('deleted_at', 'is not', null)
    .where('deleted_with', 'is', null)
    .execute();
  await trx
    .deleteFrom('departures')
    .where('place_id', 'in', [row.id, hiddenFeedId(row.id)])
    .execute();
  await trx.deleteFrom('tasks').where('folder_id', '=', row.id).execute();
  await trx.deleteFrom('task_folders').where('id', '=', row.id).execute();
}
