import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, expect, test } from 'vitest';
import { migrations } from '../migrations.ts';
import { migrate, openDatabase, type Database } from '../openDatabase.ts';

let database: Database;
afterEach(() => database.close());

test('long bodies that were indexed whole are found by their beginning, and can be changed and deleted', async () => {
  database = openDatabase({ path: ':memory:' });
  const { db } = database;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  expect((await migrator.migrateTo('0010Usage')).error).toBeUndefined();
  await sql`insert into accounts values ('a-1', 'ann@example.com', 'Ann', null, '', '')`.execute(db);
  await sql`insert into task_folders (id, account_id, group_key, name, name_key, is_default, seq, created_at)
    values ('f', 'a-1', 'g', 'Tasks', 'tasks', 1, 1, '')`.execute(db);
  const filler = 'é '.repeat(30_000);
  for (const [id, body] of [
    ['long', `first ${filler} last`],
    ['short', 'first last'],
  ]) {
    await sql`insert into tasks (id, account_id, folder_id, seq, created_at, modified_at, subject, body_type, body, status,
        importance, sensitivity, categories, is_reminder_on, has_attachments)
      values (${id}, 'a-1', 'f', 2, '', '', 'Old', 'text', ${body}, 'notStarted', 'normal', 'normal', '[]', 0, 0)`.execute(
      db,
    );
  }
  await migrate(db);
  const found = async (match: string) => {
    const { rows } = await sql<{ task_id: string }>`select task_id from task_search
      join task_search_ids on id = task_search.rowid where task_search match ${match} order by task_id`.execute(db);
    return rows.map(({ task_id }) => task_id);
  };
  // The index matches the texts, before and after they change.
  const check = () => sql`insert into task_search (task_search, rank) values ('integrity-check', 1)`.execute(db);
  await check();
  expect(await found('first')).toEqual(['long', 'short']);
  expect(await found('last')).toEqual(['short']);
  await db
    .updateTable('tasks')
    .set({ body: `changed ${filler} last` })
    .where('id', '=', 'long')
    .execute();
  await check();
  expect(await found('changed')).toEqual(['long']);
  expect(await found('first')).toEqual(['short']);
  await db.deleteFrom('accounts').execute();
  await check();
  expect(await found('changed')).toEqual([]);
});
