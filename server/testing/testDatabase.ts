import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { migrations } from '../db/migrations.ts';
import { migrate, openDatabase, type Database } from '../db/openDatabase.ts';

/**
 * The database of a test. The same tests run on both: in vitest's project `postgres` it is a schema of the server in
 * TEST_DATABASE_URL, else SQLite.
 */

/** Whether this run uses PostgreSQL, for tests of one database only. */
export const isPostgresRun = process.env['TEST_DATABASE'] === 'postgres';

/**
 * How often to try a property. A quarter is enough on PostgreSQL: the logic is tested on SQLite, and errors of its
 * types and operators show in the first runs.
 */
export function propertyRuns(times: number): number {
  return isPostgresRun ? Math.ceil(times / 4) : times;
}

/** Emptied schemas for the next tests of this file: creating one takes longer than most tests. */
const idle: Database[] = [];

/**
 * Opens and migrates.
 * @param path of a file that a test opens again; on PostgreSQL, the name of a schema. In memory by default.
 * @param lockTimeout how long a write waits for another one on PostgreSQL, in milliseconds.
 * @param uptime the clock of SQLite's statements. Milliseconds.
 */
export async function openTestDatabase(
  path = ':memory:',
  lockTimeout?: number,
  uptime?: () => number,
): Promise<Database> {
  if (!isPostgresRun) return migrated(openDatabase({ path, ...(uptime !== undefined && { uptime }) }));
  if (lockTimeout !== undefined) return openSchema(randomBytes(8).toString('hex'), lockTimeout);
  if (path !== ':memory:') return openSchema(createHash('sha256').update(path).digest('hex').slice(0, 16));
  const database = idle.pop() ?? (await openSchema(randomBytes(8).toString('hex')));
  return { ...database, close: () => putBack(database) };
}

/** A database as it was before a migration, for its test. */
export async function openDatabaseBefore(migration: string): Promise<Database> {
  const older = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < migration));
  const database = isPostgresRun
    ? openDatabase({ path: '', databaseUrl: await schemaUrl(randomBytes(8).toString('hex')) })
    : openDatabase({ path: ':memory:' });
  await migrate(database.db, older);
  return database;
}

/**
 * The URL of a schema of the test server, created if missing.
 * @param settings of connections to it.
 */
export async function schemaUrl(name: string, settings: Readonly<Record<string, string>> = {}): Promise<string> {
  const schema = `${process.env['TEST_SCHEMAS'] ?? 'threefold_test'}_${name}`;
  const base = process.env['TEST_DATABASE_URL'];
  if (base === undefined) throw new Error('TEST_DATABASE_URL says where the tests’ PostgreSQL is.');
  const { db, close } = openDatabase({ path: '', databaseUrl: base });
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db);
  await close();
  const options = new URLSearchParams({ ...settings, options: `-c search_path=${schema}` })
    .toString()
    .replaceAll('+', '%20');
  return `${base}${base.includes('?') ? '&' : '?'}${options}`;
}

/** The limit only ends a hang: on a slow machine a write may wait for long. */
async function openSchema(name: string, lockTimeout = 300_000): Promise<Database> {
  const databaseUrl = await schemaUrl(name, { lock_timeout: String(lockTimeout) });
  return migrated(openDatabase({ path: '', databaseUrl }));
}

async function migrated(database: Database): Promise<Database> {
  await migrate(database.db);
  return database;
}

async function putBack(database: Database): Promise<void> {
  const tables = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = current_schema() and tablename not like 'kysely%'`.execute(database.db);
  const names = tables.rows.map(({ name }) => sql.table(name));
  await sql`truncate ${sql.join(names)}`.execute(database.db);
  idle.push(database);
}
