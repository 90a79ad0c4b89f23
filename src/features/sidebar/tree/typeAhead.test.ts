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

/** Types one letter every 50 ms and returns the result of each; the focus follows. */
function typeAll(typing: TypeAhead, there: readonly TreeRow[], text: string, fromMs = 0) {
  let at: string | undefined = there[0]?.id;
  return text.split('').map((letter, index) => {
    const typed = typing.type(there, at, letter, fromMs + index * 50);
    if (typed.kind !== 'row') return typed.kind;
    at = typed.id;
    return typed.id;
  });
}

test('quick letters extend the text, and a pause starts a new one', () => {
  const typing = createTypeAhead();
  expect(typeAll(typing, rows, 'Tas')).toEqual(['tasks', 'tasks', 'tasks']);
  expect(typing.type(rows, 'tasks', 't', 900)).toEqual({ kind: 'row', id: 'trips' });
});

test('the pause is measured between the key events, not between their handling', () => {
  const typing = createTypeAhead();
  typing.type(rows, 'my', 't', 1000);
  expect(typing.type(rows, 'tasks', 'r', 1699)).toEqual({ kind: 'row', id: 'trips' });
});

test('letters that find no row are free for hotkeys, unless they extend a text', () => {
  expect(typeAll(createTypeAhead(), rows, 'gt')).toEqual(['free', 'free']);
  expect(typeAll(createTypeAhead(), rows, 'tan')).toEqual(['tasks', 'tasks', 'kept']);
});

test('a space is free, unless a name continues with it', () => {
  const typing = createTypeAhead();
  expect(typing.type(rows, 'my', ' ', 0).kind).toBe('free');
  expect(typeAll(typing, rows, 'My h', 50).at(-1)).toBe('my-house');
  expect(typeAll(createTypeAhead(), rows, 'ta ')).toEqual(['tasks', 'tasks', 'free']);
});

test('letters and Enter typed before there are rows wait for them without a limit', () => {
  const typing = createTypeAhead();
  expect(typeAll(typing, [], 'Tasks')).toEqual(Array.from({ length: 5 }, () => 'kept'));
  typing.open();
  expect(typing.findPending([], undefined, 30_000)).toBeNull();
  expect(typing.findPending(rows, undefined, 60_000)).toEqual({ id: 'tasks', isOpened: true });
  expect(typing.findPending(rows, 'tasks', 60_010)).toBeNull();
  expect(typing.type(rows, 'tasks', 'n', 60_020)).toEqual({ kind: 'free' });
});

test('a text continues after its row arrives', () => {
  const typing = createTypeAhead();
  typeAll(typing, [], 'Ta');
  expect(typing.findPending(rows, undefined, 5000)).toEqual({ id: 'tasks', isOpened: false });
  expect(typing.type(rows, 'tasks', 's', 5100)).toEqual({ kind: 'row', id: 'tasks' });
});

test('a row that arrives late is found within the pause', () => {
  for (const [ms, found] of [
    [800, { id: 'tasks', isOpened: false }],
    [950, null],
  ] as const) {
    const typing = createTypeAhead();
    typeAll(typing, [group], 'Tasks');
    expect(typing.findPending(rows, 'my', ms)).toEqual(found);
  }
});

test('Enter is remembered only while there are no rows', () => {
  const typing = createTypeAhead();
  typeAll(typing, [group], 'Tas');
  typing.open();
  expect(typing.findPending(rows, 'my', 200)).toEqual({ id: 'tasks', isOpened: false });
});

test('new rows change neither a found row nor a text that another key ended', () => {
  const typing = createTypeAhead();
  typeAll(typing, rows, 't');
  expect(typing.findPending([...rows, { id: 'tea', name: 'Tea' }], 'tasks', 100)).toBeNull();
  typeAll(typing, [], 'tas', 1000);
  typing.end();
  expect(typing.findPending(rows, undefined, 1300)).toBeNull();
});
