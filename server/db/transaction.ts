import { sql, type Kysely, type Transaction } from 'kysely';
import { isSerializationFailure } from './databaseErrors.ts';
import { isPostgres } from './isPostgres.ts';
import type { Tables } from './tables.ts';

/** A deadlock has one loser, so even many writers in each other's way all get through in a few rounds. */
const maxTries = 5;

/**
 * A transaction that is run again when PostgreSQL took it back for the sake of another. `work` therefore changes nothing but
 * the database.
 */
export async function runTransaction<T>(
  db: Kysely<Tables>,
  work: (trx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (tries === maxTries || !isSerializationFailure(error)) throw error;
    }
  }
}

/**
 * From here to the end of the transaction, nobody else is where they gave the same name: for what first looks and then writes
 * without a row that it could hold. SQLite's transactions are one after the other anyway.
 */
export async function acquireNamedLock(trx: Transaction<Tables>, name: string): Promise<void> {
  if (!isPostgres(trx)) return;
  await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || ${name}, 0))`.execute(trx);
}
