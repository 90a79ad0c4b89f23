import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task, TaskPatch } from '../../domain/task/task.ts';
import { toDay, zonedDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { openOutbox } from '../outbox/outbox.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { present } from '../outbox/present.ts';
import { createSendQueue } from '../send/sendQueue.ts';
import { eraseAccountStore } from '../storage/accountStore.ts';
import type { ParkReason } from '../storage/op.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import { createUndo } from './inverse.ts';
import type { PlannedChange } from './changeFactory.ts';

const now = '2026-03-18T09:00:00.000Z';
const zone = 'Europe/Paris';
const clock: Clock = { now: () => now, today: () => toDay('2026-03-18') };
let ids = 0;
const newId = () => `id-${(ids += 1)}`;
const every = { purge: true, groups: true, delta: true, move: true, bin: true, share: true };

let account: string;
let outbox: Outbox;
beforeEach(async () => {
  account = newId();
  const channel = { post: () => {}, onMessage: () => () => {}, close: () => {} };
  outbox = await openOutbox({ account, clock, newId, channel });
});
afterEach(async () => {
  outbox.close();
  await eraseAccountStore(account);
});

const me = { mailbox: 'me' } as const;
const about = { ...me, id: 't', folderId: 'f', subject: 'Milk' } as const;
const task: Task = { ...blankTask({ id: 't', folderId: 'f', owner: null, now }), etag: '1', subject: 'Milk' };
const rename: Change = {
  ...about,
  kind: 'updateTask',
  patch: { subject: 'Bread' },
  base: { etag: '1', values: { subject: 'Milk' } },
  at: now,
  zone,
};

/** Undo in this tab, which knows what these changes were made of. */
function undoing(planned: ReadonlyMap<string, PlannedChange> = new Map(), capabilities = every) {
  const added: Change[] = [];
  const commands = {
    plannedOf: (changeId: string) => planned.get(changeId),
    add: (change: Change) => (added.push(change), Promise.resolve(newId())),
    now: () => ({ at: now, zone }),
  };
  return { ...createUndo({ outbox, capabilities, commands }), added };
}
async function park(changeId: string, parked: ParkReason) {
  const op = present(outbox.ops().find(({ id }) => id === changeId));
  const sending = createSendQueue(outbox, clock);
  await sending.begin(op);
  await sending.park(op, parked);
}

describe('undo', () => {
  test('drops a change that was not sent', async () => {
    const changeId = await outbox.add(rename);
    const { undo, added } = undoing(new Map([[changeId, { change: rename, before: task }]]));
    expect(await undo(changeId)).toBe(true);
    expect([outbox.ops(), added]).toEqual([[], []]);
  });

  test('adds the inverse of a change that was sent, from what the tab knows of it', async () => {
    const { undo, added } = undoing(new Map([['gone', { change: rename, before: task }]]));
    expect(await undo('gone')).toBe(true);
    expect(added).toMatchObject([{ kind: 'updateTask', id: 't', patch: { subject: 'Milk' } }]);
    expect(await undo('unknown')).toBe(false);
  });

  test('discards a change that the server has refused', async () => {
    const changeId = await outbox.add(rename);
    await park(changeId, { kind: 'refused', message: '' });
    const { undo, added } = undoing(new Map([[changeId, { change: rename, before: task }]]));
    expect(await undo(changeId)).toBe(true);
    expect([outbox.ops(), added]).toEqual([[], []]);
  });

  test('does not just drop a parked change that may have arrived', async () => {
    const changeId = await outbox.add(rename);
    await park(changeId, { kind: 'changed', message: '', mayHaveArrived: true });
    const { undo, added } = undoing(new Map([[changeId, { change: rename, before: task }]]));
    expect(await undo(changeId)).toBe(true);
    expect(outbox.ops().map(({ id }) => id)).toEqual([changeId]);
    expect(added).toMatchObject([{ kind: 'updateTask', patch: { subject: 'Milk' } }]);
  });

  test('does not drop a refused change that later ones need, unless it made them all', async () => {
    const complete: Change = {
      ...about,
      kind: 'completeTask',
      on: zonedDay(toDay('2026-03-18'), zone),
      due: null,
      etag: '1',
      copyId: 'local-copy',
      at: now,
    };
    const completed = await outbox.add(complete);
    await park(completed, { kind: 'refused', message: '' });
    await outbox.add({ ...about, kind: 'deleteTask', id: 'local-copy' });
    expect(await undoing().undo(completed)).toBe(false);
    expect(outbox.ops()).toHaveLength(2);

    const create: Change = { ...me, kind: 'createFolder', id: 'local-f', groupId: null, groupKey: '', name: 'House' };
    const made = await outbox.add(create);
    await park(made, { kind: 'refused', message: '' });
    await outbox.add({ ...me, folderId: 'local-f', kind: 'createTask', id: 'local-t', patch: {}, at: now, zone });
    // By the local id, which stands for the change that created it.
    expect(await undoing().undo('local-f')).toBe(true);
    expect(outbox.ops()).toHaveLength(2);
  });
});

describe('the inverse', () => {
  const of = (change: Change, before: Task | null = null, capabilities = every) =>
    undoing(new Map(), capabilities).inverseOf({ change, before });
  const folder = { ...me, id: 'f', name: 'House' } as const;
  const category = { ...me, id: 'c', name: 'Rail', colour: 'preset0' } as const;
  const move: Change = { ...about, kind: 'moveTask', toFolderId: 'g', task };
  const remove: Change = { ...about, kind: 'deleteTask' };
  const attach: Change = {
    ...about,
    kind: 'addAttachment',
    id: 'x',
    taskId: 't',
    draft: {
      kind: 'file',
      name: 'a.txt',
      contentType: null,
      isInline: false,
      contentId: null,
      contentLocation: null,
      size: 1,
      blobKey: 'b',
    },
  };

  test.each<[Change, object]>([
    [
      { ...folder, kind: 'createGroup', groupKey: 'k' },
      { ...folder, kind: 'deleteGroup', groupKey: 'k' },
    ],
    [
      { ...folder, kind: 'createFolder', groupId: null, groupKey: 'k' },
      { ...folder, kind: 'deleteFolder' },
    ],
    [
      { ...about, kind: 'createTask', patch: { subject: 'Milk' }, at: now, zone },
      { ...about, kind: 'deleteTask' },
    ],
    [
      { ...folder, kind: 'renameFolder', was: 'Home' },
      { ...folder, kind: 'renameFolder', name: 'Home', was: 'House' },
    ],
    [
      { ...folder, kind: 'renameGroup', was: 'Home' },
      { ...folder, kind: 'renameGroup', name: 'Home', was: 'House' },
    ],
    [
      { ...category, kind: 'createCategory' },
      { ...category, kind: 'deleteCategory' },
    ],
    [
      { ...category, kind: 'updateCategory', was: 'Train', wasColour: 'preset1' },
      { ...category, kind: 'updateCategory', name: 'Train', was: 'Rail', colour: 'preset1', wasColour: 'preset0' },
    ],
    [
      { ...folder, kind: 'moveFolder', toGroupId: 'g', toGroupKey: 'to', wasGroupKey: 'was' },
      { ...folder, kind: 'moveFolder', toGroupId: null, toGroupKey: 'was', wasGroupKey: 'to' },
    ],
    [
      { ...folder, kind: 'deleteFolder' },
      { ...folder, kind: 'restoreFolder', folder: null },
    ],
    [
      { ...folder, kind: 'restoreFolder', folder: null },
      { ...folder, kind: 'deleteFolder' },
    ],
    [
      { ...about, kind: 'restoreTask', task },
      { ...about, kind: 'deleteTask' },
    ],
    [move, { ...move, folderId: 'g', toFolderId: 'f', task: { ...task, folderId: 'g' } }],
    [attach, { ...about, kind: 'removeAttachment', id: 'x', taskId: 't', name: 'a.txt' }],
  ])('of %j', (change, inverse) => {
    expect(of(change)).toEqual(inverse);
  });

  test.each<[string, Change, Partial<typeof every>]>([
    ['a deleted task without a bin', remove, { bin: false }],
    ['a deleted folder without a bin', { ...folder, kind: 'deleteFolder' }, { bin: false }],
    ['a move where nothing can be moved', move, { move: false }],
    ['an attachment that the server does not have', { ...attach, id: 'local-x' }, {}],
    ['a deleted group', { ...folder, kind: 'deleteGroup', groupKey: 'k' }, {}],
    ['a deleted category', { ...category, kind: 'deleteCategory' }, {}],
    ['a removed attachment', { ...about, kind: 'removeAttachment', id: 'x', taskId: 't', name: 'a.txt' }, {}],
  ])('of %s is none', (_, change, missing) => {
    expect(of(change, task, { ...every, ...missing })).toBeNull();
  });

  test('of what this tab has not seen before is none', () => {
    expect(of(rename)).toBeNull();
    expect(of(remove)).toBeNull();
    expect(of(remove, task)).toEqual({ ...remove, kind: 'restoreTask', task });
  });

  test('of an edit gives back the fields as they were', () => {
    const due = zonedDay(toDay('2026-03-20'), zone);
    const patch: TaskPatch = { importance: 'high', due };
    const change: Change = { ...about, kind: 'updateTask', patch, base: { etag: '1', values: {} }, at: now, zone };
    expect(of(change, { ...task, due: '2026-03-18T23:00:00.000Z' })).toEqual({
      ...about,
      kind: 'updateTask',
      patch: { importance: 'normal', start: null, due: zonedDay(toDay('2026-03-19'), zone) },
      base: { etag: '1', values: { importance: 'high', start: null, due: '2026-03-19T23:00:00.000Z' } },
      at: now,
      zone,
    });
  });

  test('of a completion is an edit, and for a series also takes the copy away, by its current id', async () => {
    const complete: Change = {
      ...about,
      kind: 'completeTask',
      on: zonedDay(toDay('2026-03-18'), zone),
      due: null,
      etag: '1',
      copyId: 'local-copy',
      at: now,
    };
    expect(of(complete, task)).toMatchObject({ kind: 'updateTask', patch: { status: 'notStarted' } });
    const series: Task = {
      ...task,
      due: '2026-03-17T23:00:00.000Z',
      recurrence: {
        pattern: { type: 'daily', interval: 1 },
        range: { type: 'noEnd', startDate: '2026-03-18' },
      },
    };
    expect(of(complete, series)).toMatchObject({
      kind: 'undoComplete',
      copyId: 'local-copy',
      patch: { due: zonedDay(toDay('2026-03-18'), zone), recurrence: series.recurrence },
      base: { values: { due: '2026-03-18T23:00:00.000Z' } },
    });
    // Once the copy has an id of the server, undo names that.
    await outbox.add(complete);
    const op = present(outbox.ops()[0]);
    await createSendQueue(outbox, clock).settle(
      op,
      serverResultOf(complete, { ids: [['local-copy', 'copy']] }),
      undefined,
    );
    expect(of(complete, series)).toMatchObject({ kind: 'undoComplete', copyId: 'copy' });
  });
});
