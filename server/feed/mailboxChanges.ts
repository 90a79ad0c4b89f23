import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

/** The changes of a mailbox between two of its numbers. */
export type MailboxChange = {
  seq: number;
  /** Folders whose tasks changed, arrived or left. */
  folders: readonly string[];
  /** Whether folders or groups changed. */
  structure: boolean;
  /** The current number of groups: a deleted group leaves no other trace. */
  groups: number;
};

/** The current number of each of these mailboxes; none for a removed account. */
export async function lastSeqsOf(read: Db, accountIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const numbers = new Map<string, number>();
  // In batches, because databases limit the number of parameters.
  for (let from = 0; from < accountIds.length; from += 500) {
    const rows = await read
      .selectFrom('counters')
      .select(['account_id', 'seq'])
      .where('account_id', 'in', accountIds.slice(from, from + 500))
      .execute();
    for (const { account_id, seq } of rows) numbers.set(account_id, seq);
  }
  return numbers;
}

/** Reads the feed's indexes only: its time grows with the number of folders, not of tasks. */
export async function mailboxChangeSince(
  read: Db,
  accountId: string,
  since: number,
  seq: number,
): Promise<MailboxChange> {
  const { rows: folders } = await sql<{ id: string }>`
    select id from task_folders as folder
    where account_id = ${accountId} and deleted_at is null and (
      exists (select 1 from tasks where folder_id = folder.id and seq > ${since})
      or exists (select 1 from departures where place_id = folder.id and seq > ${since}))
    order by id`.execute(read);
  const { rows: counted } = await sql<{ changed: number; groups: number }>`
    select case when
        exists (select 1 from task_folders where account_id = ${accountId} and seq > ${since})
        or exists (select 1 from departures where place_id = ${accountId} and seq > ${since})
        or exists (select 1 from task_groups where account_id = ${accountId} and seq > ${since})
      then 1 else 0 end as changed,
      (select count(*) from task_groups where account_id = ${accountId}) as groups`.execute(read);
  const [{ changed, groups } = { changed: 0, groups: 0 }] = counted;
  return { seq, folders: folders.map(({ id }) => id), structure: changed === 1, groups };
}
