import { describe, expect, it } from 'vitest';
import type { Change } from '../domain/change.ts';
import { newTask } from '../domain/patch.ts';
import type { Task, TaskPatch } from '../domain/task.ts';
import { nextToSend, rebased } from './order.ts';
import type { Op } from './op.ts';

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

describe('what is next', () => {
  it('is the oldest', () => {
    const ops = [op(group('g')), op(folder('f'))];
    expect(nextToSend(ops, now).op).toBe(ops[0]);
    expect(nextToSend([], now)).toEqual({ op: null, notBefore: null });
  });

  it('steps over what is parked and everything made inside it, however deep', () => {
    const ops = [
      op(group('g'), parked),
      op(folder('f', 'g')),
      op(task('t', 'f')),
      op(remove('t')),
      op(folder('other')),
    ];
    expect(nextToSend(ops, now).op).toBe(ops[4]);
    expect(nextToSend(ops.slice(0, 4), now).op).toBeNull();
  });

  it('waits for a delete without holding up anything but its task', () => {
    const ops = [op(remove('t'), { notBefore: later }), op(update('t', { subject: 'x' }, {})), op(task('u', 'f'))];
    expect(nextToSend(ops, now).op).toBe(ops[2]);
    expect(nextToSend(ops.slice(0, 2), now)).toEqual({ op: null, notBefore: later });
    expect(nextToSend(ops, later).op).toBe(ops[0]);
  });
});

describe('after an answer', () => {
  const answer: Task = {
    ...newTask({ id: 't', folderId: 'f', owner: null, now }),
    etag: '2',
    subject: 'B',
    importance: 'high',
  };

  it('later ops stand on its etag, and on its values of the fields we set', () => {
    const ops = [
      op(update('t', { subject: 'B' }, { subject: 'A' })),
      op(update('t', { subject: 'C', importance: 'low' }, { subject: 'B?', importance: 'normal' })),
      op(update('t', { subject: 'D' }, { subject: 'C' })),
      op(update('u', { subject: 'x' }, { subject: 'y' })),
    ];
    const changes = rebased(ops, ops[0] as Op, answer).map((one) => one.change);
    expect(changes).toMatchObject([
      // Somebody else made it important: that stays to be compared with what the person saw.
      { base: { etag: '2', values: { subject: 'B', importance: 'normal' } } },
      { base: { etag: '2', values: { subject: 'C' } } },
    ]);
  });

  it('of a create, all of it is ours', () => {
    const ops = [op(task('t', 'f')), op(update('t', { importance: 'low' }, { importance: 'normal' }))];
    expect(rebased(ops, ops[0] as Op, answer)[0]?.change).toMatchObject({
      base: { etag: '2', values: { importance: 'high' } },
    });
  });
});
