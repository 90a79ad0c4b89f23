import { addMs, type Clock } from '../../src/domain/time/time.ts';
import { purgeDeletedItems } from './deletedItems.ts';
import { runTransaction } from '../db/transaction.ts';
import { truncateWal } from '../db/truncateWal.ts';
import { deleteExpiredKeys } from '../http/idempotency.ts';
import { writeMailbox } from '../db/mailboxTransaction.ts';
import { type Db } from '../db/tables.ts';

const day = 24 * 60 * 60_000;

/** How long tombstones are kept: a reader with an older cursor starts over (docs/protocol.md#sync). Days. */
const tombstoneDays = 90;

/** Tombstones of one mailbox, and idempotency keys of one sender; each as many as can be written in an hour or two. */
export const maxRecordsOfMailbox = 100_000;

export type MaintenanceInput = {
  db: Db;
  clock: Clock;
  binDays: number;
  /** False keeps what was deleted: the clock may be wrong (clockGuard.ts). */
  isClockTrusted?: boolean;
  /** Smaller in tests. */
  maxRecords?: number;
};

/**
 * Runs at start and every hour: deletes old idempotency keys and tombstones, and purges items that were deleted
 * `binDays` ago. Bounds the records that no write is refused for.
 */
export async function runMaintenance({
  db,
  clock,
  binDays,
  isClockTrusted = true,
  maxRecords = maxRecordsOfMailbox,
}: MaintenanceInput): Promise<void> {
  await deleteExpiredKeys(db, clock);
  await deleteOldTombstones(db, clock);
  await limitRecords(db, maxRecords);
  if (isClockTrusted) await emptyBins(db, clock, binDays);
  // Also completes a purge that was blocked by a reader in another process.
  await truncateWal(db);
}

/** Deletes all tombstones of a mailbox up to a number, so that a cursor from before it is recognised as too old. */
async function deleteOldTombstones(db: Db, clock: Clock): Promise<void> {
  const old = await db
    .selectFrom('departures')
    .select((eb) => ['account_id', eb.fn.max('seq').as('seq')])
    .where('at', '<', addMs(clock.now(), -tombstoneDays * day))
    .groupBy('account_id')
    .execute();
  for (const { account_id, seq } of old) await forgetTombstones(db, account_id, seq);
}

async function forgetTombstones(db: Db, accountId: string, seq: number): Promise<void> {
  await runTransaction(db, async (trx) => {
    // Another process may have advanced it meanwhile.
    await trx
      .updateTable('counters')
      .set({ forgotten_seq: seq })
      .where('account_id', '=', accountId)
      .where('forgotten_seq', '<', seq)
      .execute();
    await trx.deleteFrom('departures').where('account_id', '=', accountId).where('seq', '<=', seq).execute();
  });
}

/**
 * Deletes the oldest tombstones and idempotency keys of a mailbox that has too many. Nobody is refused because of them,
 * so they are bounded here: a reader from before starts over, and a request repeated from before counts as new.
 */
async function limitRecords(db: Db, max: number): Promise<void> {
  const many = await db.selectFrom('counters').select('account_id').where('other_items', '>', max).execute();
  for (const { account_id: accountId } of many) {
    const tombstones = db.selectFrom('departures').select('seq').where('account_id', '=', accountId);
    const tombstone = await tombstones.orderBy('seq', 'desc').limit(1).offset(max).executeTakeFirst();
    if (tombstone !== undefined) await forgetTombstones(db, accountId, tombstone.seq);
    const keys = db.selectFrom('repeatability').select('at').where('account_id', '=', accountId);
    const key = await keys.orderBy('at', 'desc').limit(1).offset(max).executeTakeFirst();
    if (key === undefined) continue;
    const own = db.deleteFrom('repeatability').where('account_id', '=', accountId);
    await runTransaction(db, (trx) => trx.executeQuery(own.where('at', '<=', key.at)));
  }
}

async function emptyBins(db: Db, clock: Clock, binDays: number): Promise<void> {
  const before = addMs(clock.now(), -binDays * day);
  const owners = await db
    .selectFrom('tasks')
    .select('account_id')
    .where('deleted_at', '<', before)
    .where('deleted_with', 'is', null)
    .union(db.selectFrom('task_folders').select('account_id').where('deleted_at', '<', before))
    .execute();
  for (const { account_id } of owners) {
    await writeMailbox(db, { accountId: account_id }, clock.now(), (write) => purgeDeletedItems(write, before));
  }
}
