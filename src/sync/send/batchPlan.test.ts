import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { referencedIds, idsCreatedBy } from '../outbox/dependencies.ts';
import type { Op } from '../storage/op.ts';
import { largestBatch } from '../../api/batching.ts';
import { room, underWayOf, unitsOf } from './batchPlan.ts';
import type { Unit } from './batchPlan.ts';
import { scheduleSends } from './schedule.ts';
import { present } from '../outbox/present.ts';

const now = '2026-03-18T09:00:00.000Z';
const me = { mailbox: 'me' } as const;
const base = { etag: '1', values: {} };
const context = { at: now, zone: 'UTC', subject: '' } as const;

const makers: Record<string, (id: string, folderId: string, other: string) => Change> = {
  createFolder: (_id, folderId) => ({
    ...me,
    kind: 'createFolder',
    id: folderId,
    groupId: null,
    groupKey: '',
    name: '',
  }),
  deleteFolder: (_id, folderId) => ({ ...me, kind: 'deleteFolder', id: folderId, name: '' }),
  renameFolder: (_id, folderId) => ({ ...me, kind: 'renameFolder', id: folderId, name: 'b', was: 'a' }),
  createTask: (id, folderId) => ({ ...me, kind: 'createTask', id, folderId, patch: {}, at: now, zone: 'UTC' }),
  updateTask: (id, folderId) => ({ ...me, kind: 'updateTask', id, folderId, patch: {}, base, ...context }),
  completeTask: (id, folderId) => ({
    ...me,
    kind: 'completeTask',
    id,
    folderId,
    on: { local: '2026-03-18T00:00:00.000', zone: 'UTC' },
    due: null,
    etag: '1',
    copyId: `copy of ${id}`,
    at: now,
    subject: '',
  }),
  deleteTask: (id, folderId) => ({ ...me, kind: 'deleteTask', id, folderId, subject: '' }),
  moveTask: (id, folderId, toFolderId) => ({
    ...me,
    kind: 'moveTask',
    id,
    folderId,
    toFolderId,
    subject: '',
    task: blankTask({ id, folderId, owner: null, now }),
  }),
  removeAttachment: (id, folderId, other) => ({
    ...me,
    kind: 'removeAttachment',
    id: `file ${other}`,
    taskId: id,
    folderId,
    name: '',
    subject: '',
  }),
};

const opOf = (change: Change, at: number, more: Partial<Op> = {}): Op => ({
  id: `op ${at}`,
  seq: at,
  change,
  madeAt: now,
  notBefore: null,
  repeatabilityId: `key ${at}`,
  firstSentAt: null,
  attempts: 0,
  parked: null,
  ...more,
});

const folders = fc.constantFrom('f', 'g', 'h');
const change = fc
  .record({
    kind: fc.constantFrom(...Object.keys(makers)),
    id: fc.integer({ min: 0, max: 40 }),
    folder: folders,
    other: folders,
  })
  .map(({ kind, id, folder, other }) => makers[kind]?.(`t${id}`, folder, other))
  .filter((one) => one !== undefined);
const queue = fc.array(fc.tuple(change, fc.boolean(), fc.boolean()), { maxLength: 120 }).map((all) =>
  all.map(([one, isParked, isAlone], at) =>
    opOf(one, at, {
      ...(isParked && at % 7 === 0 && { parked: { kind: 'refused', message: '' } }),
      attempts: isAlone ? 1 : 0,
    }),
  ),
);
const mayShare = (op: Op) => op.attempts === 0;

/** Ops that must keep their order. */
function areDependent(earlier: Op, later: Op): boolean {
  if (earlier.change.id === later.change.id) return true;
  const made = idsCreatedBy(earlier.change);
  if (referencedIds(later.change).some((id) => made.includes(id))) return true;
  return later.change.kind === 'deleteFolder' && referencedIds(earlier.change).includes(later.change.id);
}

/** New tasks of one folder, none of them parked. */
function areInOneList(one: Op, other: Op): boolean {
  if (one.change.kind !== 'createTask' || other.change.kind !== 'createTask') return false;
  return one.change.folderId === other.change.folderId && one.parked === null && other.parked === null;
}

it('every op is sent once, and never with or before its dependencies', () => {
  fc.assert(
    fc.property(queue, fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), (ops, endings) => {
      let left: readonly Op[] = ops;
      const running: Unit[] = [];
      const sent: Op[] = [];
      const begin = () => {
        const underWay = underWayOf(running);
        const busy = new Set(running.flat().map(({ id }) => id));
        const plan = scheduleSends(left, now, {
          busy,
          most: busy.size + room(underWay),
          keepsOrder: true,
        });
        if (plan.cancel.length + plan.orphaned.length > 0) {
          const gone = new Set([...plan.cancel, ...plan.orphaned]);
          left = left.filter((op) => !gone.has(op));
          return true;
        }
        const units = unitsOf(plan.send, underWay, { mayShare, keepsOrder: true });
        for (const unit of units) {
          for (const op of unit) {
            const before = left.filter(({ seq }) => seq < op.seq);
            expect(before.filter((one) => areDependent(one, op))).toEqual([]);
            // New tasks of a folder keep their order, whatever fails.
            expect(before.filter((one) => areInOneList(one, op) && !unit.includes(one))).toEqual([]);
            expect(sent).not.toContain(op);
            if (unit.length > 1) expect(mayShare(op)).toBe(true);
          }
          expect(unit.length).toBeLessThanOrEqual(largestBatch);
          sent.push(...unit);
          running.push(unit);
        }
        expect(running.length).toBeLessThanOrEqual(4);
        expect(running.filter((unit) => unit.length > 1).length).toBeLessThanOrEqual(2);
        return units.length > 0;
      };
      for (let turn = 0; turn < 500; turn += 1) {
        while (begin());
        if (running.length === 0) break;
        const ending = endings[turn % endings.length] ?? 0;
        const [ended = []] = running.splice(ending % running.length, 1);
        // Some units fail once; their ops are sent again alone.
        const hasFailed = ending % 3 === 0;
        left = left.flatMap((op) => {
          if (!ended.includes(op)) return [op];
          return hasFailed && op.attempts === 0 ? [{ ...op, attempts: 1 }] : [];
        });
      }
      // What is left depends on a parked op.
      expect(running).toEqual([]);
      if (ops.every(({ parked }) => parked === null)) expect(left).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

const creates = (count: number) =>
  Array.from({ length: count }, (_, at) => opOf(present(makers['createTask']?.(`n${at}`, 'f', 'g')), at));
const sizes = (units: readonly Unit[]) => units.map(({ length }) => length);
const none = underWayOf([]);
const inOrder = { mayShare: () => true, keepsOrder: true };

it('a delayed new task holds up the later ones of its folder, and no others', () => {
  const [first, ...others] = creates(3);
  const inOther = opOf(present(makers['createTask']?.('other', 'g', 'h')), 200);
  const ops = [{ ...present(first), retryAt: '2026-03-18T09:00:01.000Z' }, ...others, inOther];
  const plan = scheduleSends(ops, now, { most: 9, keepsOrder: true });
  expect(plan).toMatchObject({ send: [inOther], notBefore: '2026-03-18T09:00:01.000Z' });
  expect(scheduleSends(ops, now, { most: 9 }).send).toEqual([...others, inOther]);
});

it('two changes are batched, one is not, and more than two batches wait', () => {
  const updates = (count: number) =>
    Array.from({ length: count }, (_, at) => opOf(present(makers['updateTask']?.(`n${at}`, 'f', 'g')), at));
  expect(sizes(unitsOf(updates(1), none, inOrder))).toEqual([1]);
  expect(sizes(unitsOf(updates(2), none, inOrder))).toEqual([2]);
  expect(sizes(unitsOf(updates(21), none, inOrder))).toEqual([20, 1]);
  expect(sizes(unitsOf(updates(100), none, inOrder))).toEqual([20, 20]);
  expect(sizes(unitsOf(updates(100), { ...none, units: 2, batches: 2 }, inOrder))).toEqual([]);
});

it('new tasks of a folder are sent in one unit at a time and block nothing else', () => {
  expect(sizes(unitsOf(creates(100), none, inOrder))).toEqual([20]);
  const inOther = opOf(present(makers['createTask']?.('other', 'g', 'h')), 200);
  const done = opOf(present(makers['completeTask']?.('t', 'f', 'g')), 200);
  const ops = [...creates(29), inOther, done];
  const busy = new Set(creates(20).map(({ id }) => id));
  const { send } = scheduleSends(ops, now, { busy, most: 60, keepsOrder: true });
  expect(send).toEqual([inOther, done]);
  // Those that go alone wait for each other as well.
  expect(sizes(unitsOf(creates(3), none, { mayShare: () => false, keepsOrder: true }))).toEqual([1]);
});

it('a change made while batches are in flight is sent at once', () => {
  expect(sizes(unitsOf(creates(1), { ...none, units: 2, batches: 2 }, inOrder))).toEqual([1]);
});

it('without batches, four requests run at a time', () => {
  expect(sizes(unitsOf(creates(9), none, { mayShare: () => false, keepsOrder: false }))).toEqual([1, 1, 1, 1]);
  expect(sizes(unitsOf(creates(9), { ...none, units: 3 }, { mayShare: () => false, keepsOrder: false }))).toEqual([1]);
});
