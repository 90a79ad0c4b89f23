import { expect, it } from 'vitest';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task } from '../../domain/task/task.ts';
import { applyAnswer, applyRows, createFolderTable, oncePerRow, withoutStaleRows } from './folderTable.ts';
import type { AnsweredRows } from './folderTable.ts';

const task = (id: string, members: Partial<Task> = {}): Task => ({
  ...blankTask({ id, folderId: 'f', owner: null, now: '2026-03-01T08:00:00.000Z' }),
  etag: '1',
  ...members,
});
const on = (day: number, etag: string) => ({ etag, modifiedAt: `2026-03-${10 + day}T08:00:00.000Z` });

function tableOf(...rows: Task[]) {
  const table = createFolderTable({ mailbox: 'me', id: 'f' });
  applyRows(table, rows);
  return table;
}
function reading(...rows: Task[]) {
  const table = tableOf(...rows);
  const touched: AnsweredRows = new Map();
  table.readers.add(touched);
  return { table, touched };
}

it('unchanged rows stay the same objects and report no change', () => {
  const table = tableOf(task('a'), task('b'), task('c'));
  const [before, gone] = [table.rows.get('a'), table.rows.get('c')];
  const changed = task('b', { etag: '2' });
  expect(applyRows(table, [task('a'), changed], ['c', 'x'])).toEqual([
    { before: task('b'), after: changed },
    { before: gone, after: undefined },
  ]);
  expect(table.rows.get('a')).toBe(before);
  expect([...table.rows.keys()]).toEqual(['a', 'b']);
});

it('an answer replaces its row, unless the row is newer', () => {
  const table = tableOf(task('a', on(2, '2')));
  expect(applyAnswer(table, [task('a', on(1, '1'))], [])).toEqual([]);
  expect(applyAnswer(table, [task('a', on(3, '3'))], [])).toHaveLength(1);
  expect(table.rows.get('a')?.etag).toBe('3');
});

it('an older page does not overwrite an answer', () => {
  const { table, touched } = reading(task('a', on(1, '1')), task('b', on(1, '1')));
  applyAnswer(table, [task('a', on(2, '2')), task('c', on(2, '1'))], ['b']);
  const page = [task('a', on(1, '1')), task('b', on(1, '1')), task('c', on(3, '2')), task('d')];
  expect(withoutStaleRows(touched, page).map(({ id }) => id)).toEqual(['c', 'd']);
});

it('a row that was removed and added again is present', () => {
  const { table, touched } = reading(task('a', on(1, '1')));
  applyAnswer(table, [], ['a']);
  const restored = task('a', on(1, '5'));
  expect(withoutStaleRows(touched, [restored])).toEqual([restored]);
});

it('several answers to one row report one change from its first state', () => {
  const table = tableOf(task('a'), task('b'));
  const moves = [
    ...applyAnswer(table, [task('a', on(1, '2')), task('c')], []),
    ...applyAnswer(table, [task('a', on(2, '3'))], ['b']),
  ];
  expect(oncePerRow(moves)).toEqual([
    { before: task('a'), after: task('a', on(2, '3')) },
    { before: undefined, after: task('c') },
    { before: task('b'), after: undefined },
  ]);
});
