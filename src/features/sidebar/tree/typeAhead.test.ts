import { expect, test } from 'vitest';
import { createTypeAhead, type TypeAhead } from './typeAhead.ts';
import type { TreeRow } from './treeKeys.ts';

const group: TreeRow = { id: 'my', name: 'My Tasks', isOpen: true };
const rows: readonly TreeRow[] = [
  group,
  { id: 'tasks', name: 'Tasks', parentId: 'my' },
  { id: 'my-house', name: 'My house', parentId: 'my' },
  { id: 'trips', name: 'Trips', isOpen: true },
];

/** Types one letter every 50 ms and answers with what each led to; the focus follows. */
function typeAll(typing: TypeAhead, there: readonly TreeRow[], text: string, fromMs = 0) {
  let at: string | undefined = there[0]?.id;
  return text.split('').map((letter, index) => {
    const typed = typing.type(there, at, letter, fromMs + index * 50);
    if (typed.kind !== 'row') return typed.kind;
    at = typed.id;
    return typed.id;
  });
}

test('letters go on with the word while they come quickly, and begin anew after a pause', () => {
  const typing = createTypeAhead();
  expect(typeAll(typing, rows, 'Tas')).toEqual(['tasks', 'tasks', 'tasks']);
  expect(typing.type(rows, 'tasks', 't', 900)).toEqual({ kind: 'row', id: 'trips' });
});

test('the pause is between the keys, not between the moments they are dealt with', () => {
  const typing = createTypeAhead();
  typing.type(rows, 'my', 't', 1000);
  expect(typing.type(rows, 'tasks', 'r', 1699)).toEqual({ kind: 'row', id: 'trips' });
});

test('letters that find nothing are free for other uses, unless they go on with a word', () => {
  expect(typeAll(createTypeAhead(), rows, 'gt')).toEqual(['free', 'free']);
  expect(typeAll(createTypeAhead(), rows, 'tan')).toEqual(['tasks', 'tasks', 'kept']);
});

test('a space opens the row, unless a name goes on with it', () => {
  const typing = createTypeAhead();
  expect(typing.type(rows, 'my', ' ', 0).kind).toBe('free');
  expect(typeAll(typing, rows, 'My h', 50).at(-1)).toBe('my-house');
  expect(typeAll(createTypeAhead(), rows, 'ta ')).toEqual(['tasks', 'tasks', 'free']);
});

test('what is typed before there are rows waits for them, however long they take, with its Enter', () => {
  const typing = createTypeAhead();
  expect(typeAll(typing, [], 'Tasks')).toEqual(Array.from({ length: 5 }, () => 'kept'));
  typing.open();
  expect(typing.findPending([], undefined, 30_000)).toBeNull();
  expect(typing.findPending(rows, undefined, 60_000)).toEqual({ id: 'tasks', isOpened: true });
  expect(typing.findPending(rows, 'tasks', 60_010)).toBeNull();
  expect(typing.type(rows, 'tasks', 'n', 60_020)).toEqual({ kind: 'free' });
});

test('a word goes on when its row comes in the middle of it', () => {
  const typing = createTypeAhead();
  typeAll(typing, [], 'Ta');
  expect(typing.findPending(rows, undefined, 5000)).toEqual({ id: 'tasks', isOpened: false });
  expect(typing.type(rows, 'tasks', 's', 5100)).toEqual({ kind: 'row', id: 'tasks' });
});

test('a row that comes late is found as long as the next letter would have counted', () => {
  for (const [ms, found] of [
    [800, { id: 'tasks', isOpened: false }],
    [950, null],
  ] as const) {
    const typing = createTypeAhead();
    typeAll(typing, [group], 'Tasks');
    expect(typing.findPending(rows, 'my', ms)).toEqual(found);
  }
});

test('Enter counts for later only where there was nothing to open', () => {
  const typing = createTypeAhead();
  typeAll(typing, [group], 'Tas');
  typing.open();
  expect(typing.findPending(rows, 'my', 200)).toEqual({ id: 'tasks', isOpened: false });
});

test('rows that come do not move what was found, nor what another key has ended', () => {
  const typing = createTypeAhead();
  typeAll(typing, rows, 't');
  expect(typing.findPending([...rows, { id: 'tea', name: 'Tea' }], 'tasks', 100)).toBeNull();
  typeAll(typing, [], 'tas', 1000);
  typing.end();
  expect(typing.findPending(rows, undefined, 1300)).toBeNull();
});
