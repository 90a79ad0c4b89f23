import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task } from '../../domain/task/task.ts';
import { systemClock } from '../../domain/time/time.ts';
import { completeInBackground } from './completeInBackground.ts';
import { openAccountDatabase } from '../storage/database.ts';
import { createAccountStore } from '../storage/accountStore.ts';

const clock = systemClock(() => Date.parse('2026-03-12T22:30:00Z'));
let made = 0;
const newId = () => `id-${(made += 1)}`;
const databases = async () => (await indexedDB.databases()).map(({ name }) => name);
const complete = (account: string, taskId = 't1') =>
  completeInBackground({ account, folderId: 'f1', taskId, clock, browserZone: 'UTC', newId, databases });

async function withTask(account: string, more: Partial<Task> = {}) {
  const {
    dateZone: _,
    reminderZone: __,
    ...task
  } = blankTask({ id: 't1', folderId: 'f1', owner: null, now: clock.now() });
  const database = await openAccountDatabase(account);
  await database.use((db) =>
    db.put('rows', { ...task, subject: 'Pay the joiner', etag: 'W/"1"', ...more }, ['me', 'f1', 't1']),
  );
  const store = createAccountStore(database);
  await store.write({ preferences: [['zone', 'Europe/Paris']] });
  return { ops: async () => (await store.load()).ops, close: () => database.close() };
}

test('a task completed without an open page waits in the outbox, on the mailbox’s day', async () => {
  const there = await withTask('ada');
  expect(await complete('ada')).toBe(true);
  const [op, ...others] = await there.ops();
  expect(others).toEqual([]);
  expect(op).toMatchObject({
    change: { kind: 'completeTask', mailbox: 'me', id: 't1', folderId: 'f1', subject: 'Pay the joiner', etag: 'W/"1"' },
    firstSentAt: null,
    parked: null,
  });
  expect(op?.change).toMatchObject({ on: { local: '2026-03-12T00:00:00.000', zone: 'Europe/Paris' } });
  // Pressed once more, it is for a page to say what that means now.
  expect(await complete('ada')).toBe(false);
  expect(await there.ops()).toHaveLength(1);
  there.close();
});

test('an unknown or completed task is left to a page, and a signed-out account is not recreated', async () => {
  const there = await withTask('bo', { status: 'completed' });
  expect(await complete('bo')).toBe(false);
  expect(await complete('bo', 't2')).toBe(false);
  expect(await there.ops()).toEqual([]);
  there.close();
  expect(await complete('cy')).toBe(false);
  expect(await databases()).not.toContain('threefold:cy');
});
