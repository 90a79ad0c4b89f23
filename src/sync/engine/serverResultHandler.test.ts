import { expect, test } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import { createServerResultHandler } from './serverResultHandler.ts';

/** What is done with the results of these changes, in order. */
function handled(...changes: readonly Change[]) {
  const log: unknown[] = [];
  const handle = createServerResultHandler({
    concurrentAnswers: { add: ({ change }) => log.push(['answer', change.id]) },
    lists: { applyResults: (results) => log.push(['lists', results.length]) },
    replica: { applyResults: (results) => log.push(['replica', results.length]) },
    categories: { applyResult: ({ change }) => log.push(['category', change.id]) },
    events: { emit: ({ kind }) => log.push([kind]) },
    ledger: {
      report: (targets) => log.push(['stale', ...targets]),
      refreshWatched: (targets) => log.push(['refresh', ...(targets ?? [])]),
    },
    scheduler: { pullTasksAnew: () => (log.push(['all tasks']), Promise.resolve(true)) },
  });
  handle(changes.map((change) => serverResultOf(change, {})));
  return log;
}
const me = { mailbox: 'me', id: 'x', name: 'A' } as const;
const deleteGroup: Change = { ...me, kind: 'deleteGroup', groupKey: 'k' };
const rename: Change = { ...me, kind: 'updateCategory', was: 'B', colour: 'preset0', wasColour: 'preset0' };
const staleOf = (...changes: readonly Change[]) =>
  handled(...changes).filter((step) => Array.isArray(step) && ['stale', 'refresh', 'all tasks'].includes(step[0]));

test('answers are kept for readers, then applied, then told', () => {
  expect(handled(deleteGroup, rename).slice(0, 7)).toEqual([
    ['answer', 'x'],
    ['answer', 'x'],
    ['lists', 2],
    ['replica', 2],
    ['category', 'x'],
    ['category', 'x'],
    ['accepted'],
  ]);
});

test('lists that an answer leaves out are reported as stale, and read where somebody looks', () => {
  const both = [
    { kind: 'groups', mailbox: 'me' },
    { kind: 'folders', mailbox: 'me' },
  ];
  expect(staleOf(deleteGroup)).toEqual([
    ['stale', ...both],
    ['refresh', ...both],
  ]);
  const folder: Change = { kind: 'renameFolder', mailbox: 'ada@example.com', id: 'f', name: 'A', was: 'B' };
  expect(staleOf(folder)[0]).toEqual(['stale', { kind: 'folders', mailbox: 'ada@example.com' }]);
});

test('a category’s new name or removal is read in every task, other changes read none', () => {
  const remove: Change = { ...me, kind: 'deleteCategory', colour: 'preset0' };
  for (const change of [rename, remove]) expect(staleOf(change)).toEqual([['stale'], ['refresh'], ['all tasks']]);
  const task: Change = { kind: 'deleteTask', mailbox: 'me', id: 't', folderId: 'f', subject: '' };
  expect(staleOf(task)).toEqual([['stale'], ['refresh']]);
  expect(staleOf(task, rename)).toContainEqual(['all tasks']);
});
