import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { migrate, openDatabase, type Database } from '../db/openDatabase.ts';

/**
 * The database of a test. The same tests run on both kinds: in vitest's project `postgres` this is a schema of the server
 * that TEST_DATABASE_URL names, else SQLite.
 */

/** Whether this run is on PostgreSQL: for what only one of the two has. */
export const isPostgresRun = process.env['TEST_DATABASE'] === 'postgres';

/**
 * How often a property is tried. It holds for a database or it does not, so on the second one a quarter is enough; what its
 * columns and operators refuse shows in the first few.
 */
export function propertyRuns(times: number): number {
  return isPostgresRun ? Math.ceil(times / 4) : times;
}

/** Emptied schemas of this file's earlier tests: making one takes longer than most tests. */
const idle: Database[] = [];

/**
 * Opens and migrates.
 * @param path of a file that a test opens again; on PostgreSQL it becomes the name of a schema. In memory without.
 * @param lockTimeout how long a write waits on PostgreSQL for another one, for a test that is about that. Milliseconds.
 */
export async function openTestDatabase(path = ':memory:', lockTimeout?: number): Promise<Database> {
  if (!isPostgresRun) return migrated(openDatabase({ path }));
  if (lockTimeout !== undefined) return openSchema(randomBytes(8).toString('hex'), lockTimeout);
  if (path !== ':memory:') return openSchema(createHash('sha256').update(path).digest('hex').slice(0, 16));
  const database = idle.pop() ?? (await openSchema(randomBytes(8).toString('hex')));
  return { ...database, close: () => putBack(database) };
}

/**
 * The address of a schema of the tests' server, made if it is not there.
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

/** On a slow machine a write waits for long: the limit only ends a hang. */
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
