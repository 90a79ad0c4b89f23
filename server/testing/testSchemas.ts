import { sql } from 'kysely';
import { openDatabase } from '../db/openDatabase.ts';

/** Vitest's, around all tests of the project `postgres`: takes what they made out of the server again. */
export async function teardown(): Promise<void> {
  const [databaseUrl, prefix] = [process.env['TEST_DATABASE_URL'], process.env['TEST_SCHEMAS']];
  if (databaseUrl === undefined || prefix === undefined) return;
  const { db, close } = openDatabase({ path: '', databaseUrl });
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where starts_with(nspname, ${prefix})`.execute(db);
  // One at a time: dropping takes a lock for every table, and a server has only so many in one transaction.
  for (const { name } of rows) await sql`drop schema ${sql.id(name)} cascade`.execute(db);
  await close();
}
