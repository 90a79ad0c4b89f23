import { sql, type Transaction } from 'kysely';
import type { Instant } from '../../src/domain/time/time.ts';
import { runTransaction } from './transaction.ts';
import type { Db, FolderRow, GroupRow, Tables, TaskRow } from './tables.ts';
import { conflict, notFound } from '../config/appError.ts';
import { beginUsageCheck, usageOf } from '../usage/mailboxUsage.ts';
import { runPreparedQuery } from './preparedQueries.ts';
import { usageColumns } from '../usage/usageTables.ts';

/** A mailbox by its owner, and the guest who reads or writes it, if any (docs/decisions/0024-sharing.md). */
export type MailboxRef = { accountId: string; guestId?: string | undefined };

/** A write in progress: its transaction, and the number that every touched row gets. */
export type MailboxWrite = MailboxRef & { trx: Transaction<Tables>; seq: number; at: Instant };

/**
 * Runs a write to a mailbox. It locks the owner's counter row until commit, so that no reader of the change feed sees a
 * number before a smaller one (docs/decisions/0004-counter-row.md). One write is one position in the feed.
 * @throws AppError 507 when it adds to a mailbox that is full; any error of `work`.
 */
export async function writeMailbox<T>(
  db: Db,
  mailbox: MailboxRef,
  at: Instant,
  work: (write: MailboxWrite) => Promise<T>,
): Promise<T> {
  const { accountId } = mailbox;
  return runTransaction(db, async (trx) => {
    const next = () =>
      trx
        .updateTable('counters')
        .set((eb) => ({ seq: sql`${eb.ref('seq')} + 1` }))
        .where('account_id', '=', accountId)
        .returning(['seq', ...usageColumns]);
    const [counter] = await runPreparedQuery(trx, 'next seq', next, [accountId]);
    if (counter === undefined) throw notFound();
    const check = await beginUsageCheck(trx, mailbox, usageOf(counter));
    const result = await work({ ...mailbox, trx, seq: counter.seq, at });
    await check?.after();
    return result;
  });
}

/**
 * Records a tombstone by which the change feed reports a deletion or a move (docs/protocol.md#sync). Call it while the
 * row is still in its place.
 * @param row of a task: a private one is reported to its owner only.
 */
export async function recordTombstone(
  write: MailboxWrite,
  kind: 'task' | 'folder',
  placeId: string,
  id: string,
  { sensitivity }: { sensitivity?: string } = {},
): Promise<void> {
  const { seq, at } = write;
  const isHidden = sensitivity === 'private' ? 1 : 0;
  await write.trx
    .insertInto('departures')
    .values((eb) => {
      const row = eb.selectFrom(kind === 'task' ? 'tasks' : 'task_folders').where('id', '=', id);
      const arrived_seq = eb.fn.coalesce(row.select('arrived_seq'), eb.lit(0));
      return { account_id: write.accountId, kind, place_id: placeId, id, seq, at, arrived_seq, is_hidden: isHidden };
    })
    .onConflict((oc) =>
      oc.columns(['account_id', 'kind', 'place_id', 'id']).doUpdateSet({ seq, at, is_hidden: isHidden }),
    )
    .execute();
}

/** A group of the mailbox. Guests see no groups. */
export async function groupRow(db: Db, { accountId, guestId }: MailboxRef, id: string): Promise<GroupRow> {
  if (guestId !== undefined) throw notFound();
  const row = await db
    .selectFrom('task_groups')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  return row;
}

/**
 * A folder of the mailbox that the reader may see; the well-known name `Tasks` is the default one
 * (docs/protocol.md#url-grammar).
 */
export async function folderRow(db: Db, { accountId, guestId }: MailboxRef, id: string): Promise<FolderRow> {
  const own = () =>
    db.selectFrom('task_folders').selectAll().where('account_id', '=', accountId).where('deleted_at', 'is', null);
  const isWellKnown = id.toLowerCase() === 'tasks';
  if (guestId !== undefined) {
    const shared = own().where('id', 'in', sharedFolders(db, guestId));
    const named = isWellKnown ? shared.where('is_default', '=', 1) : shared.where('id', '=', id);
    return (await named.executeTakeFirst()) ?? throwNotFound();
  }
  const [row] = isWellKnown
    ? await runPreparedQuery(db, 'default folder', () => own().where('is_default', '=', 1), [accountId, 1])
    : await runPreparedQuery(db, 'folder', () => own().where('id', '=', id), [accountId, id]);
  if (row === undefined) throw notFound();
  return row;
}

/** A task of the mailbox that the reader may see: for a guest, one in a shared folder that is not private. */
export async function taskRow(db: Db, { accountId, guestId }: MailboxRef, id: string): Promise<TaskRow> {
  const find = () =>
    db
      .selectFrom('tasks')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .where('deleted_at', 'is', null);
  if (guestId !== undefined) {
    const shown = find().where('sensitivity', '<>', 'private').where('folder_id', 'in', sharedFolders(db, guestId));
    return (await shown.executeTakeFirst()) ?? throwNotFound();
  }
  const [row] = await runPreparedQuery(db, 'task', find, [id, accountId]);
  if (row === undefined) throw notFound();
  return row;
}

/** The folders of all mailboxes that are shared with a guest. */
export function sharedFolders(db: Db, guestId: string) {
  return db.selectFrom('folder_permissions').select('folder_id').where('guest_id', '=', guestId);
}

function throwNotFound(): never {
  throw notFound();
}

/** The `…_by` value of a row; null for the owner. */
export function writerIdOf({ guestId }: MailboxRef): string | null {
  return guestId ?? null;
}

export function etagOf(seq: number): string {
  return `W/"${seq}"`;
}

/**
 * Compares If-Match with the change key of a row.
 * @throws AppError 412 when they differ.
 */
export function checkIfMatch(ifMatch: string | undefined, seq: number): void {
  checkIfMatchTag(ifMatch, etagOf(seq));
}

/**
 * Compares If-Match with the stored state. Etags are opaque and weak; without If-Match, or with `*`, the last writer
 * wins (docs/protocol.md#concurrency).
 * @throws AppError 412 when they differ.
 */
export function checkIfMatchTag(ifMatch: string | undefined, etag: string): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const current = bareTag(etag);
  if (!ifMatch.split(',').some((tag) => bareTag(tag) === current)) throw conflict();
}

/** Without the form in which it was read (http/conditionalRead.ts): it names the state. */
function bareTag(tag: string): string {
  const [state = ''] = tag.trim().replace(/^W\//i, '').split(';');
  return state.endsWith('"') ? state : `${state}"`;
}
