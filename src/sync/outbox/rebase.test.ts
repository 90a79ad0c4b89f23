import { expect, test } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { TaskPatch } from '../../domain/task/task.ts';
import type { Op } from '../storage/op.ts';
import { present } from './present.ts';
import { rebaseOnDiscard } from './rebase.ts';

const now = '2026-03-18T09:00:00.000Z';
const opsOf = (...changes: Change[]): Op[] =>
  changes.map((change, at) => ({
    id: `op-${at}`,
    seq: at + 1,
    change,
    madeAt: now,
    notBefore: null,
    repeatabilityId: 'key',
    firstSentAt: null,
    attempts: 0,
    parked: null,
  }));
/** What becomes of the later changes when the first is discarded. */
function afterDiscard(ops: readonly Op[]) {
  const rebased = new Map(rebaseOnDiscard(ops, present(ops[0])).map((op) => [op.id, op.change]));
  return ops.slice(1).map(({ id, change }) => rebased.get(id) ?? change);
}

const task = (id: string, folderId: string) => ({ mailbox: 'me', id, folderId, subject: '' }) as const;
const move = (id: string, folderId: string, toFolderId: string): Change => ({
  ...task(id, folderId),
  kind: 'moveTask',
  toFolderId,
  task: blankTask({ id, folderId, owner: null, now }),
});
const remove = (id: string, folderId: string): Change => ({ ...task(id, folderId), kind: 'deleteTask' });
const update = (id: string, folderId: string, patch: TaskPatch, values: object): Change => ({
  ...task(id, folderId),
  kind: 'updateTask',
  patch,
  base: { etag: '1', values },
  at: now,
  zone: 'UTC',
});

test('without a move the task is where it was, until the next move', () => {
  const ops = opsOf(
    move('t', 'a', 'b'),
    update('t', 'b', { subject: 'x' }, {}),
    move('u', 'b', 'c'),
    move('t', 'b', 'c'),
    remove('t', 'c'),
  );
  expect(afterDiscard(ops).map((change) => 'folderId' in change && change.folderId)).toEqual(['a', 'b', 'a', 'c']);
});

test('without a move and with no other, every later change is where the task was', () => {
  const attach: Change = { ...task('x', 'b'), kind: 'removeAttachment', taskId: 't', name: 'a.txt' };
  const ops = opsOf(move('t', 'a', 'b'), attach, remove('t', 'b'));
  expect(afterDiscard(ops).map((change) => 'folderId' in change && change.folderId)).toEqual(['a', 'a']);
});

test('without an edit, the next edit of a field starts from what the server has', () => {
  const ops = opsOf(
    update('t', 'f', { subject: 'B', importance: 'high' }, { subject: 'A', importance: 'low' }),
    update('t', 'f', { subject: 'C' }, { subject: 'B' }),
    update('u', 'f', { subject: 'C' }, { subject: 'B' }),
    update('t', 'f', { subject: 'D', importance: 'normal' }, { subject: 'C', importance: 'high' }),
  );
  expect(afterDiscard(ops)).toMatchObject([
    { base: { values: { subject: 'A' } } },
    { base: { values: { subject: 'B' } } },
    { base: { values: { subject: 'C', importance: 'low' } } },
  ]);
});

test('without a rename, the next one is from the first name', () => {
  const rename = (id: string, name: string, was: string): Change => ({
    kind: 'renameFolder',
    mailbox: 'me',
    id,
    name,
    was,
  });
  const ops = opsOf(rename('f', 'B', 'A'), rename('g', 'C', 'B'), rename('f', 'C', 'B'), rename('f', 'D', 'C'));
  expect(afterDiscard(ops)).toMatchObject([{ was: 'B' }, { was: 'A' }, { was: 'C' }]);
  const gone = opsOf(rename('f', 'B', 'A'), { kind: 'deleteFolder', mailbox: 'me', id: 'f', name: 'B' });
  expect(rebaseOnDiscard(gone, present(gone[0]))).toEqual([]);
});
