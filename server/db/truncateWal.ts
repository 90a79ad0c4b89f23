import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, SqliteAdapter, type Kysely } from 'kysely';
import { isBusy } from './databaseErrors.ts';
import type { Tables } from './tables.ts';

/** Readers of this process end with the turn of the event loop, so a few turns suffice. */
const maxTries = 20;

/**
 * Moves SQLite's write-ahead log into the file and empties it, so that it contains nothing that was deleted
 * (docs/architecture.md#purging). Does nothing on PostgreSQL.
 * @returns false when another process was reading or writing all the time; a later call may succeed.
 */
export async function truncateWal(db: Kysely<Tables>): Promise<boolean> {
  if (!(db.getExecutor().adapter instanceof SqliteAdapter)) return true;
  for (let tries = 0; tries < maxTries; tries += 1) {
    try {
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
      if (rows[0]?.busy !== 1) return true;
    } catch (error) {
      // The deletion is committed already: its answer must not be that of a refused one.
      if (isBusy(error)) return false;
      throw error;
    }
    await nextTurn();
  }
  return false;
}
