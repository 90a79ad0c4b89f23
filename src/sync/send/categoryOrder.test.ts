import { expect, test } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import type { Op } from '../storage/op.ts';
import { createCategoryOrder } from './categoryOrder.ts';

const now = '2026-03-18T09:00:00.000Z';
const refused = { kind: 'refused', message: '' } as const;
const rename = (was: string, name: string, id = was): Change => ({
  kind: 'updateCategory',
  mailbox: 'me',
  id,
  name,
  was,
  colour: 'preset0',
  wasColour: 'preset0',
});
const colour = rename('A', 'A');
const remove = (name: string): Change => ({ kind: 'deleteCategory', mailbox: 'me', id: name, name, colour: 'preset0' });
const create = (name: string): Change => ({
  kind: 'createCategory',
  mailbox: 'me',
  id: `local-${name}`,
  name,
  colour: 'preset1',
});
const add = (...categories: readonly string[]): Change => ({
  kind: 'createTask',
  mailbox: 'me',
  id: 't',
  folderId: 'f',
  patch: { categories },
  at: now,
  zone: 'UTC',
});
const tag = (seen: readonly string[], categories: readonly string[]): Change => ({
  kind: 'updateTask',
  mailbox: 'me',
  id: 't',
  folderId: 'f',
  patch: { categories },
  base: { etag: '1', values: { categories: seen } },
  at: now,
  zone: 'UTC',
  subject: '',
});

/** Which of the changes wait for another, by their place; `parked` are those that wait for the person. */
function waiting(changes: readonly Change[], parked: readonly number[] = []) {
  const ops = changes.map((change, at): Op => ({
    id: `op-${at}`,
    seq: at + 1,
    change,
    madeAt: now,
    notBefore: null,
    repeatabilityId: 'key',
    firstSentAt: null,
    attempts: 0,
    parked: parked.includes(at) ? refused : null,
  }));
  const isWaiting = createCategoryOrder(ops);
  return ops.flatMap((op, at) => (isWaiting(op) ? [at] : []));
}

test.each<[string, readonly Change[], readonly number[]]>([
  ['a rename waits for an earlier task of the old name', [add('A'), rename('A', 'B')], [1]],
  ['a rename waits for a later task that still has the old name', [rename('A', 'B'), add('A', 'C')], [0]],
  ['a rename waits for an edit that saw the old name', [tag(['A'], ['C']), rename('A', 'B')], [1]],
  ['a rename waits for no task of other names', [add('C'), rename('A', 'B'), add('D')], []],
  ['a later task of the new name waits for the rename', [rename('A', 'B'), add('b')], [1]],
  ['an edit that saw the new name waits for the rename', [rename('A', 'B'), tag(['B'], ['C'])], [1]],
  ['an earlier task of the new name comes first', [add('B'), rename('A', 'B')], [1]],
  ['a task with both names comes first', [rename('A', 'B'), add('A', 'B')], [0]],
  ['a new colour waits for nothing, and nothing for it', [add('A'), colour, add('A')], []],
  ['deleting waits for tasks that have the category', [add('A'), remove('A'), add('A')], [1]],
  ['a category made again waits until the old one is gone', [remove('A'), create('A')], [1]],
  ['a name is given up before another category takes it', [rename('B', 'D'), rename('A', 'B')], [1]],
  ['and a task of the name waits for its new owner', [rename('B', 'D'), rename('A', 'B'), add('B')], [1, 2]],
  ['two renames of two categories wait for nothing', [rename('A', 'B'), rename('C', 'D')], []],
])('%s', (_, changes, expected) => {
  expect(waiting(changes)).toEqual(expected);
});

test('something can always be sent, whatever names old forms still have', () => {
  expect(waiting([rename('P', 'Q'), rename('A', 'B'), add('A', 'Q'), add('P', 'B')])).toEqual([2, 3]);
});

test('what waits for the person holds up nothing', () => {
  expect(waiting([rename('A', 'B'), add('B')], [0])).toEqual([]);
  expect(waiting([add('A'), rename('A', 'B')], [0])).toEqual([]);
});
