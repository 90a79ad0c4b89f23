import { sql, type Kysely, type Transaction } from 'kysely';
import { isSerializationFailure } from './databaseErrors.ts';
import { resumeCounting } from '../load/fairShare.ts';
import { isPostgres } from './isPostgres.ts';
import type { Tables } from './tables.ts';

/** A deadlock has one loser, so even many writers that block each other finish within a few tries. */
const maxTries = 5;

/**
 * Runs a transaction, again when PostgreSQL rolled it back in favour of another. So `work` must change nothing but the
 * database.
 */
export async function runTransaction<T>(
  db: Kysely<Tables>,
  work: (trx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      const result = await db.transaction().execute((trx) => {
        resumeCounting();
        return work(trx);
      });
      resumeCounting();
      return result;
    } catch (error) {
      if (tries === maxTries || !isSerializationFailure(error)) throw error;
    }
  }
}

/**
 * Until the end of the transaction, no other one can acquire the same name: for a read followed by a write without a
 * row to lock. Not needed on SQLite, whose transactions are serial.
 */
export async function acquireNamedLock(trx: Transaction<Tables>, name: string): Promise<void> {
  if (!isPostgres(trx)) return;
  await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || ${name}, 0))`.execute(trx);
}
