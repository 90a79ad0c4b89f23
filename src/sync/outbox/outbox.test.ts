import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { addMs } from '../../domain/time/time.ts';
import { toDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { serverResultOf } from '../storage/serverResult.ts';
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
const create = (id: string, folderId = 'f'): Change => ({
  ...inTasks,
  folderId,
  kind: 'createTask',
  id,
  patch: { subject: id },
  at: now,
  zone: 'UTC',
});
const remove = (id: string, folderId = 'f'): Change => ({ ...inTasks, folderId, kind: 'deleteTask', id, subject: '' });
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
const first = () => present(outbox.ops()[0]);
const sendingOf = (of: Outbox) => createSendQueue(of, clock);
async function reopen() {
  outbox.close();
  outbox = await open();
}

describe('storing', () => {
  it('shows a change at once, and keeps order and key over a restart', async () => {
    const saved = outbox.add(create('local-a'));
    expect(outbox.ops()).toHaveLength(1);
    await saved;
    await outbox.add(create('local-b'));
    const before = outbox.ops();
    await reopen();
    expect(outbox.ops()).toEqual(before);
    expect(outbox.ops().map(({ change }) => change.id)).toEqual(['local-a', 'local-b']);
    expect(first().repeatabilityId).not.toBe(outbox.ops()[1]?.repeatabilityId);
  });

  it('sends nothing that is not on disk yet', async () => {
    const saved = outbox.add(create('local-a'));
    expect(sendingOf(outbox).ops()).toEqual([]);
    await saved;
    expect(sendingOf(outbox).ops()).toHaveLength(1);
  });

  it('removes a change from the screen and reports it when the disk is full', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('No room', 'QuotaExceededError');
    });
    const saved = outbox.add(create('local-a'));
    expect(outbox.ops()).toHaveLength(1);
    await expect(saved).rejects.toThrow(StorageError);
    expect(outbox.ops()).toEqual([]);
    expect(outbox.storageError()).toBe('full');
    vi.restoreAllMocks();
    await outbox.add(create('local-a'));
    expect(outbox.storageError()).toBeNull();
  });

  it('works from memory and reports it when the browser denies storage', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('Not here', 'SecurityError');
    });
    const refused = await open();
    expect(refused.storageError()).toBe('refused');
    await refused.add(create('local-a'));
    expect(sendingOf(refused).ops()).toHaveLength(1);
    expect(refused.storageError()).toBe('refused');
  });

  it('keeps drafts at every input', async () => {
    for (const text of ['M', 'Mi', 'Mil', 'Milk']) outbox.preferences.set('draft:x', text);
    await outbox.preferences.flushed();
    await reopen();
    expect(outbox.preferences.get('draft:x')).toBe('Milk');
    outbox.preferences.remove('draft:x');
    await outbox.preferences.flushed();
    await reopen();
    expect(outbox.preferences.get('draft:x')).toBeUndefined();
  });
});

describe('sending', () => {
  it('stores the first send time before the request is sent', async () => {
    await outbox.add(create('local-a'));
    const startedOp = await sendingOf(outbox).begin(first());
    expect(startedOp?.firstSentAt).toBe(now);
    expect(outbox.stateOf(first())).toBe('sending');
    await sendingOf(outbox).postpone(first(), addMs(now, 1_000));
    expect(outbox.stateOf(first())).toBe('waiting');
    now = addMs(now, 60_000);
    await reopen();
    const again = await sendingOf(outbox).begin(first());
    expect(again).toMatchObject({ firstSentAt: '2026-03-18T09:00:00.000Z', attempts: 1 });
  });

  it('updates the replica and removes the op in one turn, and later ops get the new id', async () => {
    await outbox.add(create('local-a'));
    const startedOp = present(await sendingOf(outbox).begin(first()));
    await outbox.add(rename('local-a', 'B', 'local-a'));
    const seen: (readonly string[])[] = [];
    outbox.onServerResults(() => seen.push(outbox.ops().map(({ change }) => change.id)));
    await sendingOf(outbox).settle(startedOp, serverResultOf(startedOp.change, { ids: [['local-a', 'A']] }), undefined);
    expect(seen).toEqual([['A']]);
    expect(outbox.resolve('local-a')).toBe('A');
    await reopen();
    expect(outbox.ops().map(({ change }) => change.id)).toEqual(['A']);
    expect([outbox.resolve('local-a'), outbox.originOf('A')]).toEqual(['A', 'local-a']);
    await outbox.add(remove('local-a'));
    expect(outbox.ops().map(({ change }) => change.id)).toEqual(['A', 'A']);
  });

  it('an answer does not restore an op that another tab removed', async () => {
    await outbox.add(rename('a', 'x', 'w'));
    await sendingOf(outbox).begin(first());
    await outbox.add(rename('a', 'y', 'x'));
    const [op, later] = [present(sendingOf(outbox).ops()[0]), present(sendingOf(outbox).ops()[1])];
    const other = await open();
    await other.discard(later.id);
    await sendingOf(outbox).settle(op, serverResultOf(op.change, {}), {
      ...blankTask({ ...inTasks, id: 'a', owner: null, now }),
      etag: '2',
    });
    other.close();
    await reopen();
    expect(outbox.ops()).toEqual([]);
  });

  it('rereading the disk keeps object identity, and old ids are removed once nothing waits', async () => {
    await outbox.add(create('local-a'));
    const before = outbox.ops()[0];
    await sendingOf(outbox).reload();
    expect(outbox.ops()[0]).toBe(before);
    const startedOp = present(await sendingOf(outbox).begin(first()));
    const ids = Array.from({ length: 201 }, (_, n) => [`local-${n}`, `${n}`] as const);
    await sendingOf(outbox).settle(startedOp, serverResultOf(startedOp.change, { ids }), undefined);
    await reopen();
    expect(outbox.resolve('local-7')).toBe('7');
    await reopen();
    expect(outbox.resolve('local-7')).toBe('local-7');
  });

  it('does not send parked ops until they are retried', async () => {
    await outbox.add(create('local-a'));
    await sendingOf(outbox).park(first(), { kind: 'refused', message: 'No' });
    expect(await sendingOf(outbox).begin(first())).toBeUndefined();
    await reopen();
    expect(first().parked).toEqual({ kind: 'refused', message: 'No' });
    await outbox.retry(first().id);
    expect(await sendingOf(outbox).begin(first())).toBeDefined();
  });

  it('a retry gets a new key only after its key was rejected', async () => {
    await outbox.add(create('local-a'));
    const { repeatabilityId } = first();
    await sendingOf(outbox).begin(first());
    await sendingOf(outbox).park(first(), { kind: 'refused', message: 'No' });
    await outbox.retry(first().id);
    expect(first()).toMatchObject({ repeatabilityId, firstSentAt: now });
    await sendingOf(outbox).park(first(), { kind: 'changed', message: 'Too long ago', mayHaveArrived: true });
    await outbox.retry(first().id);
    expect(first()).toMatchObject({ parked: null, firstSentAt: null });
    expect(first().repeatabilityId).not.toBe(repeatabilityId);
  });
});

describe('undo and discard', () => {
  it('a delete waits eight seconds, undo removes it, and a late undo is reported', async () => {
    await outbox.add(remove('t'));
    expect(first().notBefore).toBe('2026-03-18T09:00:08.000Z');
    expect(await outbox.undo(first().id)).toBe(true);
    const second = await outbox.add(remove('t'));
    await sendingOf(outbox).begin(first());
    expect(await outbox.undo(second)).toBe(false);
    expect(outbox.ops()).toHaveLength(1);
    expect(await outbox.undo('nobody')).toBe(false);
  });

  it('discarding an op also discards its dependents, which are listed first', async () => {
    const folder: Change = {
      kind: 'createFolder',
      mailbox: 'me',
      id: 'local-f',
      groupId: null,
      groupKey: 'k',
      name: 'F',
    };
    const dropped = await outbox.add(folder);
    await outbox.add(create('local-a', 'local-f'));
    await outbox.add(remove('local-a', 'local-f'));
    await outbox.add(create('local-other'));
    expect(outbox.dependents(dropped).map(({ change }) => change.kind)).toEqual(['createTask', 'deleteTask']);
    await outbox.discard(dropped);
    expect(outbox.ops().map(({ change }) => change.id)).toEqual(['local-other']);
    await reopen();
    expect(outbox.ops()).toHaveLength(1);
  });

  it('discarding an edit bases the next one on the server’s values', async () => {
    const dropped = await outbox.add(rename('t', 'B', 'A'));
    await sendingOf(outbox).park(first(), { kind: 'refused', message: '' });
    await outbox.add(rename('t', 'C', 'B'));
    await outbox.discard(dropped);
    expect(first().change).toMatchObject({ patch: { subject: 'C' }, base: { values: { subject: 'A' } } });
  });
});

describe('coalescing', () => {
  const due = (id: string, on: string | null): Change => ({
    ...inTasks,
    kind: 'updateTask',
    id,
    patch: { due: on === null ? null : { local: `${on}T00:00:00.000`, zone: 'UTC' } },
    base: { etag: '1', values: { due: null } },
    at: now,
    zone: 'UTC',
    subject: id,
  });

  it('joins unsent edits, also on disk, and keeps the first base', async () => {
    await outbox.add(rename('t', 'B', 'A'));
    const saved = outbox.add(rename('t', 'C', 'B'));
    expect(outbox.ops()).toHaveLength(1);
    await saved;
    await outbox.add(due('t', '2026-03-20'));
    await reopen();
    expect(outbox.ops()).toHaveLength(1);
    expect(first().change).toMatchObject({
      patch: { subject: 'C', due: { zone: 'UTC' } },
      base: { values: { subject: 'A', due: null } },
    });
  });

  it('joins nothing that was sent, is in flight, is parked or is of another item', async () => {
    await outbox.add(rename('t', 'B', 'A'));
    await sendingOf(outbox).begin(first());
    await outbox.add(rename('t', 'C', 'B'));
    expect(outbox.ops()).toHaveLength(2);
    sendingOf(outbox).release([first()]);
    await outbox.add(rename('u', 'C', 'B'));
    expect(outbox.ops()).toHaveLength(3);
    const second = present(outbox.ops()[1]);
    await sendingOf(outbox).park(second, { kind: 'refused', message: '' });
    await outbox.add(rename('t', 'D', 'C'));
    expect(outbox.ops()).toHaveLength(4);
  });

  it('sees on disk that another tab has begun to send it', async () => {
    await outbox.add(rename('t', 'B', 'A'));
    const other = await open();
    await sendingOf(other).begin(present(other.ops()[0]));
    await outbox.add(rename('t', 'C', 'B'));
    expect(outbox.ops().map(({ change }) => 'patch' in change && change.patch.subject)).toEqual(['B', 'C']);
    other.close();
  });

  it('undoing one part does not undo the whole joined op', async () => {
    const one = await outbox.add(rename('t', 'B', 'A'));
    const two = await outbox.add(due('t', '2026-03-20'));
    expect(await outbox.undo(one)).toBe(false);
    expect(await outbox.undo(two)).toBe(false);
    expect(outbox.ops()).toHaveLength(1);
  });

  it('restores the earlier op when storing a join fails', async () => {
    await outbox.add(rename('t', 'B', 'A'));
    const before = outbox.ops();
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('No room', 'QuotaExceededError');
    });
    await expect(outbox.add(rename('t', 'C', 'B'))).rejects.toThrow(StorageError);
    expect(outbox.ops()).toEqual(before);
  });

  it('undo restores an item created and deleted before sending', async () => {
    await outbox.add(create('local-a'));
    const changeId = await outbox.add(remove('local-a'));
    await sendingOf(outbox).cancel(outbox.ops());
    expect(outbox.ops()).toEqual([]);
    expect(await outbox.undo(changeId)).toBe(true);
    expect(outbox.ops()).toMatchObject([{ change: { kind: 'createTask', id: 'local-a' } }]);
  });
});

it('a file waits on disk with its change and goes with it', async () => {
  const draft = {
    kind: 'file',
    name: 'a.txt',
    contentType: null,
    isInline: false,
    contentId: null,
    contentLocation: null,
    size: 5,
    blobKey: 'k',
  } as const;
  const change = { ...inTasks, kind: 'addAttachment', id: 'local-x', taskId: 't', subject: '', draft } as const;
  const opId = await outbox.add(change, new Blob(['bytes']));
  await reopen();
  expect(await (await outbox.blob('k'))?.text()).toBe('bytes');
  await outbox.cancelUploads([opId]);
  expect(outbox.ops()).toEqual([]);
  expect(await outbox.blob('k')).toBeUndefined();
});
