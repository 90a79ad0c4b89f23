import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { ConfigError } from '../config/config.ts';
import { isPostgres } from './isPostgres.ts';
import { migrations } from './migrations.ts';
import { openPostgres } from './postgresDialect.ts';
import { createSnapshot, readerDialect, writerDialect } from './sqliteDialect.ts';
import { createSlowStatements } from './slowStatements.ts';
import { addGuard } from './statementGuard.ts';
import type { Tables } from './tables.ts';

export type Database = {
  /** SQLite: the only writing connection, whose transactions queue (`begin immediate`). PostgreSQL: a pool. */
  db: Kysely<Tables>;
  /** Reads without a transaction; sees committed rows only. For SQLite in memory it is `db` itself. */
  read: Kysely<Tables>;
  close: () => Promise<void>;
};

/** Readers only wait while another process opens or closes the log. Milliseconds. */
const openTimeout = 1_000;

/** Longest time of a statement on the event loop. Milliseconds. */
const longestMs = 50;

export type DatabaseLocation = {
  /** The SQLite file, or `:memory:`. */
  path: string;
  /** Opens PostgreSQL instead. */
  databaseUrl?: string | null;
  /** Milliseconds since some start, for the time that statements take. */
  uptime?: () => number;
};

/**
 * Opens PostgreSQL if its URL is given, else SQLite (docs/decisions/0020-postgresql.md). Does not migrate.
 * @param onLost called when a connection to PostgreSQL breaks.
 */
export function openDatabase(
  { path, databaseUrl, uptime = () => performance.now() }: DatabaseLocation,
  onLost: (error: unknown) => void = () => {},
): Database {
  if (databaseUrl) return openPostgres(databaseUrl, onLost);
  return openSqlite(path, uptime);
}

/**
 * Opens the database file (or `:memory:`) in WAL mode with `synchronous=FULL`: an acknowledged commit survives a killed
 * process and a power failure.
 */
function openSqlite(path: string, uptime: () => number): Database {
  const inMemory = path === ':memory:';
  if (!inMemory) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const writer = new DatabaseSync(path, { timeout: openTimeout, enableForeignKeyConstraints: true });
  if (!inMemory) {
    // Mail addresses, password hashes and tasks must not be readable by other users of the machine.
    chmodSync(path, 0o600);
    switchToWriteAheadLog(writer);
  }
  writer.exec('pragma synchronous = full');
  // Overwrites deleted content in the file (docs/architecture.md#purging).
  writer.exec('pragma secure_delete = on');
  // Checkpoint every 16 MB: at SQLite's default of 4 MB a busy service would copy pages most of the time.
  writer.exec('pragma wal_autocheckpoint = 4000');
  // Waiting inside SQLite blocks the event loop: from here on writers wait in lockRetry.ts.
  writer.exec('pragma busy_timeout = 0');
  // Only reads are interrupted.
  const writerGuard = addGuard(writer, { longestMs: Infinity, uptime });
  if (inMemory) {
    const db = new Kysely<Tables>({ dialect: writerDialect(writer, writerGuard, () => {}) });
    return { db, read: db, close: () => db.destroy() };
  }

  const reader = new DatabaseSync(path, { timeout: openTimeout, readOnly: true });
  reader.exec('pragma cache_size = -32768');
  const readerGuard = addGuard(reader, { longestMs, uptime });
  const snapshot = createSnapshot(reader);
  const db = new Kysely<Tables>({ dialect: writerDialect(writer, writerGuard, snapshot.end) });
  const read = new Kysely<Tables>({
    dialect: readerDialect(reader, readerGuard, snapshot, createSlowStatements(path)),
  });
  return {
    db,
    read,
    // The reader first: the last connection to close writes the log into the file, which only the writer may do.
    async close() {
      await read.destroy();
      if (reader.isOpen) reader.close();
      await db.destroy();
      if (writer.isOpen) writer.close();
    },
  };
}

/**
 * Brings the schema up to date in one exclusive transaction, so of two processes that start at once one migrates and
 * the other finds it done.
 * @param steps those of an older version, in tests.
 * @throws when a migration fails; ConfigError when the data was written by a newer version.
 */
export async function migrate(db: Kysely<Tables>, steps = migrations): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const provider = { getMigrations: async () => ({ ...steps }) };
    const migrator = new Migrator({ db: trx, provider, ...(isPostgres(trx) && (await ownSchema(trx))) });
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) return;
    const known = new Set(Object.keys(steps));
    // PostgreSQL rejects further statements of a failed transaction.
    const done = await sql<{ name: string }>`select name from kysely_migration`
      .execute(trx)
      .catch(() => ({ rows: [] }));
    if (done.rows.every(({ name }) => known.has(name))) throw error;
    throw new ConfigError(
      'The database holds data of a newer version of Threefold. Start that version, or restore a backup.',
    );
  });
}

/** PostgreSQL's transactions run concurrently, so this one waits for a migration of the same schema to end. */
async function ownSchema(trx: Kysely<Tables>): Promise<{ migrationTableSchema: string }> {
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(trx);
  const [{ name } = { name: 'public' }] = rows;
  await sql`set local lock_timeout = 0`.execute(trx);
  await sql`select pg_advisory_xact_lock(hashtext('threefold migration'), hashtext(${name}))`.execute(trx);
  return { migrationTableSchema: name };
}

/**
 * Retries, because two processes that create the file together may find it locked regardless of SQLite's busy timeout.
 */
function switchToWriteAheadLog(database: DatabaseSync): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let attempt = 0; ; attempt += 1) {
    try {
      database.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      Atomics.wait(pause, 0, 0, 20);
    }
  }
}
