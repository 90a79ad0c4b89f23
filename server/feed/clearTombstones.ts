import { sql } from 'kysely';
import { clearHiddenTombstone } from '../access/visibility.ts';
import type { MailboxWrite } from '../db/mailboxTransaction.ts';

/**
 * Clears the tombstone of an item that enters a place again. The row gets back its first `arrived_seq`, because readers
 * of that time already know it (docs/protocol.md#sync).
 */
export async function clearTombstone(
  write: MailboxWrite,
  kind: 'task' | 'folder',
  placeId: string,
  id: string,
): Promise<void> {
  const departed = await write.trx
    .deleteFrom('departures')
    .where('account_id', '=', write.accountId)
    .where('kind', '=', kind)
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .returning('arrived_seq')
    .executeTakeFirst();
  await write.trx
    .updateTable(kind === 'task' ? 'tasks' : 'task_folders')
    .set({ arrived_seq: departed?.arrived_seq ?? write.seq })
    .where('id', '=', id)
    .execute();
  if (kind === 'task') await clearHiddenTombstone(write, placeId, id);
}

/** The same for all tasks that are restored with their folder. */
export async function clearFolderTombstones(write: MailboxWrite, folderId: string): Promise<void> {
  const { trx, accountId, seq } = write;
  await sql`
    update tasks set deleted_at = null, deleted_with = null, seq = ${seq}, arrived_seq = coalesce(
      (select arrived_seq from departures
        where account_id = ${accountId} and kind = 'task' and place_id = ${folderId} and id = tasks.id), ${seq})
    where folder_id = ${folderId} and deleted_with = ${folderId}`.execute(trx);
  await sql`
    delete from departures where account_id = ${accountId} and kind = 'task' and place_id = ${folderId}
      and id in (select id from tasks where folder_id = ${folderId} and seq = ${seq} and deleted_at is null)`.execute(
    trx,
  );
}
