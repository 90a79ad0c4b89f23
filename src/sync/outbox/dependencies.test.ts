import { describe, expect, it } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task, TaskPatch } from '../../domain/task/task.ts';
import { scheduleSends } from '../send/schedule.ts';
import { rebaseOnResponse } from './rebaseOnResponse.ts';
import type { Op } from '../storage/op.ts';
import { present } from './present.ts';

const now = '2026-03-18T09:00:00.000Z';
const later = '2026-03-18T09:00:08.000Z';

let seq = 0;
function op(change: Change, more: Partial<Op> = {}): Op {
  seq += 1;
  const fresh = { madeAt: now, notBefore: null, repeatabilityId: 'key', firstSentAt: null, attempts: 0, parked: null };
  return { id: `op-${seq}`, seq, change, ...fresh, ...more };
}
const parked = { parked: { kind: 'refused', message: '' } } as const;
const me = { mailbox: 'me' } as const;
const group = (id: string): Change => ({ ...me, kind: 'createGroup', id, groupKey: `${id}-key`, name: '' });
const folder = (id: string, groupId: string | null = null): Change => ({
  ...me,
  kind: 'createFolder',
  id,
  groupId,
  groupKey: '',
  name: '',
});
const task = (id: string, folderId: string): Change => ({
  ...me,
  kind: 'createTask',
  id,
  folderId,
  patch: {},
  at: now,
  zone: 'UTC',
});
const remove = (id: string): Change => ({ ...me, kind: 'deleteTask', id, folderId: 'f', subject: '' });
const update = (id: string, patch: TaskPatch, values: Partial<Task>): Change => ({
  ...me,
  kind: 'updateTask',
  id,
  folderId: 'f',
  patch,
  base: { etag: '1', values },
  at: now,
  zone: 'UTC',
  subject: '',
});

const move = (id: string, toFolderId: string): Change => ({
  ...me,
  kind: 'moveTask',
  id,
  folderId: 'f',
  toFolderId,
  subject: '',
  task: blankTask({ id, folderId: 'f', owner: null, now }),
});
const complete = (id: string): Change => ({
  ...me,
  kind: 'completeTask',
  id,
  folderId: 'f',
  on: { local: '2026-03-18T00:00:00.000', zone: 'UTC' },
  due: null,
  etag: '1',
  copyId: `local-copy-of-${id}`,
  at: now,
  subject: '',
});
const takeBack = (id: string): Extract<Change, { kind: 'undoComplete' }> => ({
  ...me,
  kind: 'undoComplete',
  id,
  folderId: 'f',
  copyId: `local-copy-of-${id}`,
  patch: { status: 'notStarted' },
  base: { etag: '1', values: {} },
  at: now,
  zone: 'UTC',
  subject: '',
});
const attach = (id: string, taskId: string): Change => ({
  ...me,
  kind: 'addAttachment',
  id,
  taskId,
  folderId: 'f',
  subject: '',
  draft: {
    kind: 'file',
    name: 'a.txt',
    contentType: null,
    isInline: false,
    contentId: null,
    contentLocation: null,
    size: 1,
    blobKey: id,
  },
});

describe('the next op', () => {
  const next = (ops: readonly Op[], at = now) => scheduleSends(ops, at).send[0] ?? null;

  it('is the oldest', () => {
    const ops = [op(group('g')), op(folder('f'))];
    expect(next(ops)).toBe(ops[0]);
    expect(scheduleSends([], now)).toEqual({ send: [], cancel: [], orphaned: [], notBefore: null });
  });

  it('skips parked ops and everything created inside them, at any depth', () => {
    const ops = [
      op(group('g'), parked),
      op(folder('f', 'g')),
      op(task('t', 'f')),
      op(update('t', { subject: 'x' }, {})),
      op(folder('other')),
    ];
    expect(next(ops)).toBe(ops[4]);
    expect(next(ops.slice(0, 4))).toBeNull();
  });

  it('a waiting delete blocks only its task', () => {
    const ops = [op(remove('t'), { notBefore: later }), op(update('t', { subject: 'x' }, {})), op(task('u', 'f'))];
    expect(next(ops)).toBe(ops[2]);
    expect(scheduleSends(ops.slice(0, 2), now)).toMatchObject({ send: [], notBefore: later });
    expect(next(ops, later)).toBe(ops[0]);
  });

  it('does not wait for a clock that was set back by more than a minute since the wait began', () => {
    const [ahead, then] = ['2026-03-19T09:00:08.000Z', '2026-03-19T09:00:00.000Z'];
    expect(scheduleSends([op(remove('t'), { madeAt: then, notBefore: ahead })], now).send).toHaveLength(1);
    expect(scheduleSends([op(update('t', {}, {}), { retryAt: ahead, retrySetAt: then })], now).send).toHaveLength(1);
    const undone = [op(task('local-t', 'f')), op(remove('local-t'), { madeAt: then, notBefore: ahead })];
    expect(scheduleSends(undone, now).cancel).toEqual(undone);
    const [minute, justMore] = ['2026-03-18T09:01:00.000Z', '2026-03-18T09:01:00.001Z'];
    const made = (madeAt: string) => scheduleSends([op(remove('t'), { madeAt, notBefore: ahead })], now).send.length;
    expect([made(minute), made(justMore)]).toEqual([0, 1]);
  });

  it('waits for as long as it is told, also for more than a minute', () => {
    const inAnHour = '2026-03-18T10:00:00.000Z';
    for (const wait of [{ notBefore: inAnHour }, { retryAt: inAnHour, retrySetAt: now }])
      expect(scheduleSends([op(remove('t'), wait)], now)).toMatchObject({ send: [], notBefore: inAnHour });
    // An earlier version has stored it without its beginning, and never for more than a minute.
    const unknown = (retryAt: string) => scheduleSends([op(remove('t'), { retryAt })], now).send.length;
    expect([unknown('2026-03-18T09:01:00.000Z'), unknown('2026-03-18T09:01:00.001Z')]).toEqual([0, 1]);
  });

  it('several independent ops are chosen, up to a limit', () => {
    const ops = [
      op(update('a', { subject: 'x' }, {})),
      op(update('a', { due: null }, {})),
      op(update('b', { subject: 'x' }, {})),
      op(attach('x', 'a')),
      op(complete('a')),
      op(folder('f2')),
      op(move('c', 'f2')),
    ];
    expect(scheduleSends(ops, now, { most: 9 }).send).toEqual([ops[0], ops[2], ops[3], ops[5]]);
    expect(scheduleSends(ops, now, { most: 2 }).send).toEqual([ops[0], ops[2]]);
    expect(scheduleSends(ops, now, { busy: new Set([ops[0]?.id ?? '']), most: 3 }).send).toEqual([ops[2], ops[3]]);
  });

  it('never names something not created yet, wherever its create is in the queue', () => {
    const ops = [op(task('t', 'local-f')), op({ ...folder('local-f') })];
    expect(scheduleSends(ops, now, { most: 4 }).send).toEqual([ops[1]]);
    expect(scheduleSends(ops.slice(0, 1), now)).toMatchObject({ send: [], orphaned: [ops[0]] });
  });

  it('moves a folder only into a group that is there', () => {
    const intoGroup: Change = {
      ...me,
      kind: 'moveFolder',
      id: 'f',
      toGroupId: 'local-g',
      toGroupKey: 'local-g-key',
      wasGroupKey: 'k',
      name: '',
    };
    const ops = [op(group('local-g')), op(intoGroup)];
    expect(scheduleSends(ops, now, { most: 9 }).send).toEqual([ops[0]]);
    expect(scheduleSends(ops.slice(1), now)).toMatchObject({ send: [], orphaned: [ops[1]] });
    const home = op({ ...intoGroup, toGroupId: null });
    expect(scheduleSends([op(group('local-g')), home], now, { most: 9 }).send).toContain(home);
  });

  it('takes a completion back only after the completion', () => {
    const ops = [op(complete('t')), op(takeBack('t'))];
    expect(scheduleSends(ops, now, { most: 9 }).send).toEqual([ops[0]]);
    expect(scheduleSends(ops.slice(1), now)).toMatchObject({ send: [], orphaned: [ops[1]] });
    // Also where another task has made the copy: the copy decides, not the task.
    const other = [op(complete('t'), parked), op({ ...takeBack('u'), copyId: 'local-copy-of-t' })];
    expect(scheduleSends(other, now, { most: 9 }).send).toEqual([]);
  });

  it('completes and deletes a task after its uploads, also delayed ones, but not for parked ones', () => {
    for (const change of [complete('t'), remove('t')]) {
      const last = op(change);
      const upload = op(attach('x', 't'));
      expect(scheduleSends([upload, last], now, { most: 9 }).send).toEqual([upload]);
      expect(scheduleSends([{ ...upload, retryAt: later }, last], now, { most: 9 })).toMatchObject({
        send: [],
        notBefore: later,
      });
      expect(scheduleSends([{ ...upload, ...parked }, last], now, { most: 9 }).send).toEqual([last]);
      const elsewhere = op(attach('y', 'u'));
      expect(scheduleSends([elsewhere, last], now, { most: 9 }).send).toEqual([elsewhere, last]);
    }
  });

  it('is sent exactly when its time has come', () => {
    const waiting = [op(remove('t'), { notBefore: later })];
    expect(scheduleSends(waiting, '2026-03-18T09:00:07.999Z')).toMatchObject({ send: [], notBefore: later });
    expect(scheduleSends(waiting, later)).toMatchObject({ send: waiting, notBefore: null });
  });

  it('knows the first time at which one of several may be sent', () => {
    const latest = '2026-03-18T09:00:30.000Z';
    const ops = [
      op(remove('a'), { notBefore: latest }),
      op(remove('b'), { notBefore: later }),
      op(remove('c'), { notBefore: latest }),
    ];
    expect(scheduleSends(ops, now, { most: 9 }).notBefore).toBe(later);
    // The later of the two times of one op counts.
    expect(scheduleSends([op(remove('a'), { notBefore: later, retryAt: latest })], now).notBefore).toBe(latest);
    expect(scheduleSends([op(remove('a'), { notBefore: latest, retryAt: later })], now).notBefore).toBe(latest);
  });

  it('deletes a folder after moves out of it, and a task after its attachments', () => {
    const ops = [op(move('t', 'f2'), parked), op({ ...me, kind: 'deleteFolder', id: 'f', name: '' })];
    expect(next(ops)).toBeNull();
    // A parked upload does not block the delete of its task.
    expect(next([op(attach('x', 't'), parked), op(remove('t'))])).toMatchObject({ change: { kind: 'deleteTask' } });
    expect(next([op(attach('x', 't')), op(remove('t'))])).toMatchObject({ change: { kind: 'addAttachment' } });
  });

  it('waits out the retry time of an op that failed alone', () => {
    const ops = [op(update('a', { subject: 'x' }, {}), { retryAt: later }), op(task('u', 'f'))];
    expect(next(ops)).toBe(ops[1]);
    expect(scheduleSends(ops.slice(0, 1), now).notBefore).toBe(later);
  });
});

describe('an item created and deleted again', () => {
  const made = () => [
    op(task('local-t', 'f')),
    op(update('local-t', { due: null }, {})),
    op(attach('local-x', 'local-t')),
    op(remove('local-t'), { notBefore: later }),
  ];

  it('is never sent when the server does not know it', () => {
    const ops = made();
    expect(scheduleSends(ops, now, { most: 4 })).toMatchObject({ send: [], cancel: [], notBefore: later });
    expect(scheduleSends(ops, later, { most: 4 }).cancel).toEqual(ops);
  });

  it('is sent when the server may know it, or when a completed copy would be lost', () => {
    const [created, ...rest] = made();
    const first = present(created);
    expect(scheduleSends([{ ...first, firstSentAt: now }, ...rest], later).send).toHaveLength(1);
    const done = [first, op(complete('local-t')), ...rest];
    expect(scheduleSends(done, later).send).toEqual([first]);
  });

  it('includes everything inside, unless something from the server was moved there', () => {
    const gone: Change = { ...me, kind: 'deleteFolder', id: 'local-f', name: '' };
    const ops = [op(folder('local-f')), op(task('local-t', 'local-f')), op(gone)];
    expect(scheduleSends(ops, now).cancel).toEqual(ops);
    const moved = [op(folder('local-f')), op(move('t', 'local-f')), op(gone)];
    expect(scheduleSends(moved, now)).toMatchObject({ cancel: [], send: [moved[0]] });
  });
});

describe('after an answer', () => {
  const answer: Task = {
    ...blankTask({ id: 't', folderId: 'f', owner: null, now }),
    etag: '2',
    subject: 'B',
    importance: 'high',
  };

  it('later ops use its etag and its values of the fields they set', () => {
    const ops = [
      op(update('t', { subject: 'B' }, { subject: 'A' })),
      op(update('t', { subject: 'C', importance: 'low' }, { subject: 'B?', importance: 'normal' })),
      op(update('t', { subject: 'D' }, { subject: 'C' })),
      op(update('u', { subject: 'x' }, { subject: 'y' })),
    ];
    const changes = rebaseOnResponse(ops, present(ops[0]), answer).map((one) => one.change);
    expect(changes).toMatchObject([
      // Another person's change of importance is still compared with what this person saw.
      { base: { etag: '2', values: { subject: 'B', importance: 'normal' } } },
      { base: { etag: '2', values: { subject: 'C' } } },
    ]);
  });

  it('all values of a create’s answer are its own', () => {
    const ops = [op(task('t', 'f')), op(update('t', { importance: 'low' }, { importance: 'normal' }))];
    expect(rebaseOnResponse(ops, present(ops[0]), answer)[0]?.change).toMatchObject({
      base: { etag: '2', values: { importance: 'high' } },
    });
  });
});
