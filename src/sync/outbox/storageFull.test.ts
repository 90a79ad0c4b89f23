import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { toDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { DraftLog } from '../storage/draftLog.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import type { Op } from '../storage/op.ts';
import { openOutbox } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import type { Channel } from '../platform/ports.ts';
import { createSendQueue } from '../send/sendQueue.ts';
import { eraseAccountStore, StorageError } from '../storage/accountStore.ts';
import { present } from './present.ts';

const now = '2026-03-18T09:00:00.000Z';
const clock: Clock = { now: () => now, today: () => toDay('2026-03-18') };
let ids = 0;
const newId = () => `id-${(ids += 1)}`;
const silent: Channel = { post: () => {}, onMessage: () => () => {}, close: () => {} };

let account: string;
let outbox: Outbox;
const open = () => openOutbox({ account, clock, newId, channel: silent });
beforeEach(async () => {
  account = newId();
  outbox = await open();
});
afterEach(async () => {
  vi.restoreAllMocks();
  outbox.close();
  await eraseAccountStore(account);
});

const create = (id: string): Change => ({
  kind: 'createTask',
  mailbox: 'me',
  folderId: 'f',
  id,
  patch: { subject: id },
  at: now,
  zone: 'UTC',
});
const remove = (id: string): Change => ({ kind: 'deleteTask', mailbox: 'me', folderId: 'f', id, subject: '' });

/** Additions fail; removals succeed. */
function fill() {
  const { store } = outbox.state;
  const { write } = store;
  const full = () => new StorageError('full', undefined);
  vi.spyOn(store, 'change').mockImplementation(() => Promise.reject(full()));
  vi.spyOn(store, 'write').mockImplementation((batch) => {
    const isMore = batch.results !== undefined || batch.rebase !== undefined || (batch.ids ?? []).length > 0;
    return isMore ? Promise.reject(full()) : write(batch);
  });
}
async function reopen() {
  vi.restoreAllMocks();
  outbox.close();
  outbox = await open();
}
const learned = (op: Op) => serverResultOf(op.change, { ids: [['local-a', 'A']] });

it('sending continues when storage is full, as it frees space', async () => {
  await outbox.add(create('local-a'));
  await outbox.add(create('local-b'));
  fill();
  const sending = createSendQueue(outbox, clock);
  const [a, b] = [present(outbox.ops()[0]), present(outbox.ops()[1])];
  const startedOp = present(await sending.begin(a));
  expect(startedOp.firstSentAt).toBe(now);
  expect(outbox.storageError()).toBe('full');
  await sending.settle(startedOp, learned(a), undefined);
  expect(outbox.resolve('local-a')).toBe('A');
  expect(outbox.storageError()).toBeNull();
  await sending.park(present(await sending.begin(b)), { kind: 'refused', message: 'No' });
  expect(outbox.ops().map(outbox.stateOf)).toEqual(['parked']);
  // No accepted op is sent again, and no other is lost.
  await reopen();
  expect(outbox.ops().map(({ change }) => change.id)).toEqual(['local-b']);
});

it('an id that an op needs is kept after its create settles', async () => {
  await outbox.add(create('local-a'));
  const sending = createSendQueue(outbox, clock);
  const op = present(await sending.begin(present(outbox.ops()[0])));
  await outbox.add(remove('local-a'));
  fill();
  await expect(sending.settle(op, learned(op), undefined)).rejects.toMatchObject({ kind: 'full' });
  expect(outbox.ops()).toHaveLength(2);
  // With free space, a sent op is repeated under its key and settles.
  await reopen();
  expect(outbox.ops().map(({ firstSentAt }) => firstSentAt)).toEqual([now, null]);
});

it('what was sent while storage is full is known to be sent after a reload', async () => {
  const entries = new Map<string, string | null>();
  const draftLog: DraftLog = {
    entries: () => entries,
    record: (key, text) => void entries.set(key, text),
    clear: (key) => void entries.delete(key),
  };
  outbox.close();
  outbox = await openOutbox({ account, clock, newId, channel: silent, draftLog });
  await outbox.add(create('local-a'));
  await outbox.add(create('local-b'));
  fill();
  vi.spyOn(outbox.state.store, 'write').mockImplementation(() => Promise.reject(new StorageError('full', undefined)));
  await createSendQueue(outbox, clock).begin(present(outbox.ops()[0]));
  await outbox.preferences.flushed();
  vi.restoreAllMocks();
  outbox.close();
  outbox = await openOutbox({ account, clock, newId, channel: silent, draftLog });
  expect(outbox.ops().map(({ firstSentAt }) => firstSentAt)).toEqual([now, null]);
  const [sent, unsent] = outbox.ops().map(({ id }) => id);
  // Undo would lose what the server may have, and no later change is joined to it.
  expect(await outbox.undo(sent ?? '')).toBe(false);
  expect(await outbox.undoMany([sent ?? ''])).toEqual(new Set());
  await outbox.add(remove('local-a'));
  expect(outbox.ops()).toHaveLength(3);
  expect(await outbox.undo(unsent ?? '')).toBe(true);
  const op = present(outbox.ops().find(({ id }) => id === sent));
  await createSendQueue(outbox, clock).settle(op, learned(op), undefined);
  await outbox.preferences.flushed();
  expect([...entries.keys(), ...outbox.preferences.all().keys()]).toEqual([]);
});

it('marks of changes that are gone are dropped at the next start', async () => {
  outbox.preferences.set('sent:gone', now);
  outbox.preferences.set('draft:x', 'Milk');
  await outbox.preferences.flushed();
  await reopen();
  await outbox.preferences.flushed();
  expect([...outbox.preferences.all().keys()]).toEqual(['draft:x']);
});
