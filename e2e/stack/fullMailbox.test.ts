import { expect } from 'vitest';
import { pendingItemOf } from '../../src/sync/views/pendingItem.ts';
import { it } from './stackTest.ts';

it('parks what a full mailbox refuses, sends what frees space, and takes the rest then', async ({ session }) => {
  const { commands, tab, view, folderId, testBed } = session;
  const body = { contentType: 'text', content: 'x'.repeat(20_000) } as const;
  await commands.createTask('me', { folderId, patch: { subject: 'Old', body } });
  await tab.sent();
  testBed.limitMailboxes({ bytes: 30_000, items: 100 });

  await commands.createTask('me', { folderId, patch: { subject: 'New', body } });
  await tab.sent();
  const [parked] = tab.outbox.ops();
  expect(parked === undefined ? undefined : pendingItemOf(parked, tab.outbox)).toMatchObject({
    state: 'parked',
    failure: { kind: 'refused', code: 'ErrorQuotaExceeded' },
  });
  expect((await (await tab.deps.attachmentClient()).usage()).parts.tasks.items).toBe(1);

  await commands.deleteTask('me', { task: view.task(folderId, 'Old') });
  testBed.time.advance(8_000);
  await tab.sent();
  await tab.deps.extras?.bin.empty();
  await tab.outbox.retry(parked?.id ?? '');
  await tab.sent();
  expect(tab.outbox.ops()).toEqual([]);
  expect((await (await tab.deps.attachmentClient()).usage()).parts).toMatchObject({
    tasks: { items: 1 },
    bin: { items: 0 },
  });
});
