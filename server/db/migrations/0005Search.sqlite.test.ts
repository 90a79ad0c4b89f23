import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, expect, test } from 'vitest';
import { migrations } from '../migrations.ts';
import { migrate, openDatabase, type Database } from '../openDatabase.ts';

let database: Database;
afterEach(() => database.close());

test('tasks written before the search index existed are found by it', async () => {
  database = openDatabase({ path: ':memory:' });
  const { db } = database;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  expect((await migrator.migrateTo('0004Attachments')).error).toBeUndefined();
  await sql`insert into accounts values ('a-1', 'ann@example.com', 'Ann', null, '', '')`.execute(db);
  await sql`insert into task_folders (id, account_id, group_key, name, name_key, is_default, seq, created_at)
    values ('f', 'a-1', 'g', 'Tasks', 'tasks', 1, 1, '')`.execute(db);
  const bodies = [
    ['text', 'a <plain> word'],
    ['html', '<p>a <b>marked</b> word</p>'],
  ];
  for (const [type = '', body = ''] of bodies) {
    await sql`insert into tasks (id, account_id, folder_id, seq, created_at, modified_at, subject, body_type, body, status,
        importance, sensitivity, categories, is_reminder_on, has_attachments)
      values (${type}, 'a-1', 'f', 2, '', '', 'Old', ${type}, ${body}, 'notStarted', 'normal', 'normal', '["Red"]', 0, 0)`.execute(
      db,
    );
  }
  await migrate(db);
  const found = async (match: string) => {
    const { rows } = await sql<{ task_id: string }>`select task_id from task_search
      join task_search_ids on id = task_search.rowid where task_search match ${match} order by task_id`.execute(db);
    return rows.map(({ task_id }) => task_id);
  };
  expect(await found('owner : "a1" AND word AND red')).toEqual(['html', 'text']);
  expect(await found('marked')).toEqual(['html']);
  expect(await found('body : p')).toEqual([]);
  // The index matches the texts, before and after they change.
  const check = () => sql`insert into task_search (task_search, rank) values ('integrity-check', 1)`.execute(db);
  await check();
  await db.updateTable('tasks').set({ body: 'new', body_text: null }).where('id', '=', 'html').execute();
  await check();
  await db.deleteFrom('accounts').execute();
  await check();
  expect(await found('old')).toEqual([]);
});
