import { sql } from 'kysely';
import { openDatabase } from '../db/openDatabase.ts';

/** Vitest's teardown of the project `postgres`: drops the schemas of all tests. */
export async function teardown(): Promise<void> {
  const [databaseUrl, prefix] = [process.env['TEST_DATABASE_URL'], process.env['TEST_SCHEMAS']];
  if (databaseUrl === undefined || prefix === undefined) return;
  const { db, close } = openDatabase({ path: '', databaseUrl });
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where starts_with(nspname, ${prefix})`.execute(db);
  // One at a time: dropping locks every table, and one transaction can only hold so many locks.
  for (const { name } of rows) await sql`drop schema ${sql.id(name)} cascade`.execute(db);
  await close();
}
