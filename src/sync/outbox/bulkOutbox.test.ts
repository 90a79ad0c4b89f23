import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { addMs } from '../../domain/time/time.ts';
import { toDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { openOutbox } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import type { Channel } from '../platform/ports.ts';
import { createSendQueue } from '../send/sendQueue.ts';
import { eraseAccountStore, StorageError } from '../storage/accountStore.ts';
import { present } from './present.ts';

let now = '2026-03-18T09:00:00.000Z';
const clock: Clock = { now: () => now, today: () => toDay('2026-03-18') };
let ids = 0;
const newId = () => `id-${(ids += 1)}`;
const silent: Channel = { post: () => {}, onMessage: () => () => {}, close: () => {} };

let account: string;
let outbox: Outbox;
const open = () => openOutbox({ account, clock, newId, channel: silent });
beforeEach(async () => {
  now = '2026-03-18T09:00:00.000Z';
  account = newId();
  outbox = await open();
});
afterEach(async () => {
  vi.restoreAllMocks();
  outbox.close();
  await eraseAccountStore(account);
});

const inTasks = { mailbox: 'me', folderId: 'f' } as const;
const remove = (id: string): Change => ({ ...inTasks, kind: 'deleteTask', id, subject: '' });
const rename = (id: string, to: string, from: string): Change => ({
  ...inTasks,
  kind: 'updateTask',
  id,
  patch: { subject: to },
  base: { etag: '1', values: { subject: from } },
  at: now,
  zone: 'UTC',
  subject: from,
});
async function reopen() {
  outbox.close();
  outbox = await open();
}

describe('many at once', () => {
  it('shows them together, in order, and still after a restart', async () => {
    let shown = 0;
    outbox.subscribe(() => (shown = outbox.ops().length));
    const saved = outbox.addMany([rename('a', 'A', 'a'), remove('b'), rename('c', 'C', 'c')]);
    expect(shown).toBe(3);
    const made = await saved;
    expect(outbox.state.savedOps().map(({ id }) => id)).toEqual(made);
    expect(outbox.ops()[1]?.notBefore).toBe(addMs(now, 8_000));
    const before = outbox.ops();
    await reopen();
    expect(outbox.ops()).toEqual(before);
  });

  it('coalesces none of them, so that each can be undone', async () => {
    await outbox.add(rename('a', 'once', 'a'));
    const made = await outbox.addMany([rename('a', 'twice', 'once')]);
    expect(outbox.ops()).toHaveLength(2);
    expect(await outbox.undoMany(made)).toEqual(new Set(made));
    expect(outbox.ops().map(({ change }) => change)).toEqual([rename('a', 'once', 'a')]);
  });

  it('saves none when one write fails, and reports it', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(outbox.addMany([rename('a', 'A', 'a'), rename('b', 'B', 'b')])).rejects.toThrow(StorageError);
    expect(outbox.ops()).toEqual([]);
    await reopen();
    expect(outbox.ops()).toEqual([]);
  });

  it('undoes ops that were not sent and have no dependents', async () => {
    const [sent, free, built] = await outbox.addMany([
      rename('a', 'A', 'a'),
      rename('b', 'B', 'b'),
      rename('c', 'C', 'c'),
    ]);
    const op = present(outbox.ops().find(({ id }) => id === sent));
    await createSendQueue(outbox, clock).begin(op);
    createSendQueue(outbox, clock).release([op]);
    await outbox.add(remove('c'));
    expect(await outbox.undoMany([sent ?? '', free ?? '', built ?? ''])).toEqual(new Set([free]));
    await reopen();
    expect(outbox.ops().map(({ change }) => change.id)).toEqual(['a', 'c', 'c']);
  });

  it('takes back no creation while something in it stays', async () => {
    const folder: Change = {
      kind: 'createFolder',
      mailbox: 'me',
      id: 'local-f',
      groupId: null,
      groupKey: '',
      name: 'House',
    };
    const inside = (id: string): Change => ({
      kind: 'createTask',
      mailbox: 'me',
      folderId: 'local-f',
      id,
      patch: { subject: id },
      at: now,
      zone: 'UTC',
    });
    const [made = '', first = '', second = ''] = await outbox.addMany([folder, inside('local-a'), inside('local-b')]);
    expect(await outbox.undoMany([made, first])).toEqual(new Set([first]));
    expect(outbox.ops().map(({ id }) => id)).toEqual([made, second]);
    expect(await outbox.undoMany([made, second])).toEqual(new Set([made, second]));
  });

  it('takes back no completion while something about its copy stays', async () => {
    const complete: Change = {
      ...inTasks,
      kind: 'completeTask',
      id: 'a',
      on: { local: '2026-03-18T00:00:00.000', zone: 'UTC' },
      due: null,
      etag: '1',
      copyId: 'local-copy',
      at: now,
      subject: '',
    };
    const [done = '', gone = ''] = await outbox.addMany([complete, remove('local-copy')]);
    expect(await outbox.undoMany([done])).toEqual(new Set());
    expect(await outbox.undoMany([done, gone])).toEqual(new Set([done, gone]));
  });

  it('undoes two ops of one task together', async () => {
    const made = await outbox.addMany([rename('a', 'A', 'a'), remove('a')]);
    expect(await outbox.undoMany(made)).toEqual(new Set(made));
    expect(outbox.ops()).toEqual([]);
  });
});
