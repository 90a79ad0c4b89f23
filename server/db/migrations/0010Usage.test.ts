import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { annId, bobId } from '../../testing/testService.ts';
import { openDatabaseBefore } from '../../testing/testDatabase.ts';
import { migrate } from '../openDatabase.ts';
import { readUsage } from '../../usage/mailboxUsage.ts';
import { usageDifferences } from '../../usage/recountUsage.ts';

test('a database from before is counted, and an unfinished upload by what has arrived', async () => {
  const { db, close } = await openDatabaseBefore('0010Usage');
  const at = '2026-03-25T12:00:00.000Z';
  const insert = (table: string, row: Readonly<Record<string, string | number>>) =>
    sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((name) => sql.ref(name)))})
      values (${sql.join(Object.values(row))})`.execute(db);
  await insert('accounts', {
    id: annId,
    address: 'ann@example.com',
    name: 'Ann',
    created_at: at,
    tokens_valid_from: at,
  });
  await insert('counters', { account_id: annId, seq: 2 });
  await insert('task_folders', {
    id: 'folder',
    account_id: annId,
    group_key: 'g',
    name: 'Tasks',
    name_key: 'tasks',
    is_default: 1,
    seq: 1,
    created_at: at,
  });
  const task = {
    account_id: annId,
    folder_id: 'folder',
    seq: 2,
    created_at: at,
    modified_at: at,
    subject: 'Küche',
    body_type: 'text',
    body: 'x'.repeat(1000),
    status: 'notStarted',
    importance: 'normal',
    sensitivity: 'normal',
    categories: '[]',
    subject_key: 'kuche',
    category_keys: '[]',
    is_reminder_on: 0,
    has_attachments: 0,
  };
  await insert('tasks', { ...task, id: 'one', modified_by: bobId });
  await insert('tasks', { ...task, id: 'two', deleted_at: at });
  await insert('attachment_contents', { id: 'content', account_id: annId, size: 1_000_000 });
  await insert('attachment_uploads', {
    id: 'upload',
    account_id: annId,
    task_id: 'one',
    content_id: 'content',
    name: 'film',
    is_inline: 0,
    size: 1_000_000,
    received: 5,
    dialect: 'outlookRest',
    expires_at: at,
  });

  await migrate(db);
  expect(await usageDifferences(db)).toEqual([]);
  const { parts } = await readUsage(db, annId);
  expect(parts.tasks).toEqual({ items: 1, bytes: 1024 + 1000 + 'Küche'.length + 1 + 2 + 2 });
  expect(parts.bin).toEqual(parts.tasks);
  expect(parts.files).toEqual({ items: 1, bytes: 5 + 1024 + 'film'.length });
  expect(await db.selectFrom('guest_usage').selectAll().execute()).toEqual([
    { account_id: annId, guest_id: bobId, ...parts.tasks },
  ]);
  await close();
});
