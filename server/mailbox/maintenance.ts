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

export type MaintenanceInput = {
  db: Db;
  clock: Clock;
  binDays: number;
  /** False keeps what was deleted: the clock may be wrong (clockGuard.ts). */
  isClockTrusted?: boolean;
};

/**
 * Runs at start and every hour: deletes old idempotency keys and tombstones, and purges items that were deleted
 * `binDays` ago.
 */
export async function runMaintenance({ db, clock, binDays, isClockTrusted = true }: MaintenanceInput): Promise<void> {
  await deleteExpiredKeys(db, clock);
  await deleteOldTombstones(db, clock);
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
  for (const { account_id, seq } of old) {
    await runTransaction(db, async (trx) => {
      // Another process may have advanced it meanwhile.
      await trx
        .updateTable('counters')
        .set({ forgotten_seq: seq })
        .where('account_id', '=', account_id)
        .where('forgotten_seq', '<', seq)
        .execute();
      await trx.deleteFrom('departures').where('account_id', '=', account_id).where('seq', '<=', seq).execute();
    });
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
