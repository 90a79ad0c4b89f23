import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { toDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { Channel } from '../platform/ports.ts';
import { createSendQueue } from '../send/sendQueue.ts';
import { eraseAccountStore } from '../storage/accountStore.ts';
import { openOutbox } from './outbox.ts';
import { present } from './present.ts';

const clock: Clock = { now: () => '2026-03-18T09:00:00.000Z', today: () => toDay('2026-03-18') };
const silent: Channel = { post: () => {}, onMessage: () => () => {}, close: () => {} };

it('reports the progress of an upload to its own listeners, and to no list', async () => {
  const outbox = await openOutbox({ account: 'upload', clock, newId: () => crypto.randomUUID(), channel: silent });
  const draft = { kind: 'file', name: 'oak.jpg', contentType: null, isInline: false, size: 4, blobKey: 'k' } as const;
  const marks = { contentId: null, contentLocation: null };
  const about = { mailbox: 'me', folderId: 'f', id: 'local-a', taskId: 't', subject: '' };
  const opId = await outbox.add({ kind: 'addAttachment', ...about, draft: { ...draft, ...marks } }, new Blob(['oak!']));
  const [op] = outbox.ops();
  const before = outbox.ops();
  const [onList, onProgress] = [vi.fn(), vi.fn()];
  outbox.subscribe(onList);
  outbox.subscribeProgress(onProgress);
  createSendQueue(outbox, clock).progress(present(op), 0.5);
  expect(outbox.progressOf(opId)).toBe(0.5);
  expect(onProgress).toHaveBeenCalledTimes(1);
  expect(onList).not.toHaveBeenCalled();
  expect(outbox.ops()).toBe(before);
  outbox.close();
  await eraseAccountStore('upload');
});
