import { expect, it } from 'vitest';
import { newTask } from '../domain/patch.ts';
import { defaultGroupKey } from '../domain/task.ts';
import type { Task } from '../domain/task.ts';
import { effectOf } from './effect.ts';
import { foldersAfter, groupsAfter, mergeRows, tasksAfter } from './snapshot.ts';

const made = '2026-03-01T08:00:00.000Z';
const task = (id: string, members: Partial<Task> = {}): Task => ({
  ...newTask({ id, folderId: 'f', owner: null, now: made }),
  etag: '1',
  ...members,
});
const rowsOf = (...tasks: Task[]) => new Map(tasks.map((one) => [one.id, one]));
const deleted = { kind: 'deleteTask', mailbox: 'me', id: 'a', folderId: 'f', subject: '' } as const;

it('a full walk keeps the rows that did not change, and drops those not named', () => {
  const known = rowsOf(task('a'), task('b'), task('c'));
  const merged = mergeRows(known, [task('a'), task('b', { etag: '2', subject: 'x' })]);
  expect(merged.get('a')).toBe(known.get('a'));
  expect(merged.get('b')?.subject).toBe('x');
  expect([...merged.keys()]).toEqual(['a', 'b']);
});

it('an answer replaces its row, unless the row is newer', () => {
  const answer = task('a', { etag: '2', modifiedAt: '2026-03-02T08:00:00.000Z' });
  const effect = effectOf(deleted, { tasks: [answer] });
  expect(tasksAfter(rowsOf(task('a')), effect, 'f').get('a')).toBe(answer);
  const newer = rowsOf(task('a', { etag: '3', modifiedAt: '2026-03-03T08:00:00.000Z' }));
  expect(tasksAfter(newer, effect, 'f')).toBe(newer);
  expect(tasksAfter(newer, effect, 'another folder')).toBe(newer);
});

it('what is gone leaves', () => {
  const effect = effectOf(deleted, { goneTasks: [{ id: 'a', folderId: 'f' }] });
  expect([...tasksAfter(rowsOf(task('a'), task('b')), effect, 'f').keys()]).toEqual(['b']);
});

it('folders of a deleted group move to the default one', () => {
  const group = { id: 'g', changeKey: '', name: 'House', isDefault: false, groupKey: 'k' };
  const folder = { id: 'f', changeKey: '', name: 'Garden', isDefault: false, groupKey: 'k' };
  const change = { kind: 'deleteGroup', mailbox: 'me', id: 'g', name: 'House', groupKey: 'k' } as const;
  const effect = effectOf(change, { goneGroup: { id: 'g', groupKey: 'k' } });
  expect(groupsAfter([group], effect)).toEqual([]);
  expect(foldersAfter([folder], effect)).toMatchObject([{ id: 'f', groupKey: defaultGroupKey }]);
});
