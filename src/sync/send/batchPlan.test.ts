import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { referencedIds, idsCreatedBy } from '../outbox/dependencies.ts';
import type { Op } from '../storage/op.ts';
import { largestBatch } from '../../api/batching.ts';
import { isCreateIn, room, underWayOf, unitsOf } from './batchPlan.ts';
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
          isHeld: (op) => mayShare(op) && isCreateIn(underWay.creatingIn, op),
        });
        if (plan.cancel.length + plan.orphaned.length > 0) {
          const gone = new Set([...plan.cancel, ...plan.orphaned]);
          left = left.filter((op) => !gone.has(op));
          return true;
        }
        const units = unitsOf(plan.send, underWay, mayShare);
        for (const unit of units) {
          const creating = underWayOf(running).creatingIn;
          for (const op of unit) {
            // A folder's new tasks arrive in creation order.
            if (mayShare(op)) expect(isCreateIn(creating, op)).toBe(false);
            const before = ops.slice(0, ops.indexOf(op)).filter((one) => left.includes(one));
            expect(before.filter((one) => areDependent(one, op))).toEqual([]);
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
        const [ended = []] = running.splice((endings[turn % endings.length] ?? 0) % running.length, 1);
        left = left.filter((op) => !ended.includes(op));
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

it('two changes are batched, one is not, and more than two batches wait', () => {
  const updates = (count: number) =>
    Array.from({ length: count }, (_, at) => opOf(present(makers['updateTask']?.(`n${at}`, 'f', 'g')), at));
  expect(sizes(unitsOf(updates(1), none, () => true))).toEqual([1]);
  expect(sizes(unitsOf(updates(2), none, () => true))).toEqual([2]);
  expect(sizes(unitsOf(updates(21), none, () => true))).toEqual([20, 1]);
  expect(sizes(unitsOf(updates(100), none, () => true))).toEqual([20, 20]);
  expect(sizes(unitsOf(updates(100), { ...none, units: 2, batches: 2 }, () => true))).toEqual([]);
});

it('new tasks of a folder are sent in one unit at a time and block nothing else', () => {
  expect(sizes(unitsOf(creates(100), none, () => true))).toEqual([20]);
  expect(unitsOf(creates(9), underWayOf([creates(20)]), () => true)).toEqual([]);
  const inOther = opOf(present(makers['createTask']?.('other', 'g', 'h')), 200);
  expect(unitsOf([...creates(9), inOther], underWayOf([creates(20)]), () => true)).toEqual([[inOther]]);
  const done = opOf(present(makers['completeTask']?.('t', 'f', 'g')), 200);
  expect(unitsOf([...creates(9), done], underWayOf([creates(1)]), () => true)).toEqual([[done]]);
});

it('a change made while batches are in flight is sent at once', () => {
  expect(sizes(unitsOf(creates(1), { ...none, units: 2, batches: 2 }, () => true))).toEqual([1]);
});

it('without batches, four requests run at a time', () => {
  expect(sizes(unitsOf(creates(9), none, () => false))).toEqual([1, 1, 1, 1]);
  expect(sizes(unitsOf(creates(9), { ...none, units: 3 }, () => false))).toEqual([1]);
});
