import { describe, expect, test } from 'vitest';
import { treeMove, typeAheadRow, type TreeRow } from './treeKeys.ts';

const rows: readonly TreeRow[] = [
  { id: 'my', name: 'My Tasks', isOpen: true },
  { id: 'tasks', name: 'Tasks', parentId: 'my' },
  { id: 'errands', name: 'Errands', parentId: 'my' },
  { id: 'house', name: 'House', isOpen: false },
  { id: 'empty', name: 'Trips', isOpen: true },
];

describe('treeMove', () => {
  test.each([
    ['my', 'ArrowDown', { kind: 'focus', id: 'tasks' }],
    ['my', 'ArrowUp', null],
    ['errands', 'ArrowDown', { kind: 'focus', id: 'house' }],
    ['errands', 'Home', { kind: 'focus', id: 'my' }],
    ['my', 'End', { kind: 'focus', id: 'empty' }],
    ['house', 'ArrowRight', { kind: 'open', id: 'house' }],
    ['my', 'ArrowRight', { kind: 'focus', id: 'tasks' }],
    ['empty', 'ArrowRight', null],
    ['tasks', 'ArrowRight', null],
    ['my', 'ArrowLeft', { kind: 'close', id: 'my' }],
    ['tasks', 'ArrowLeft', { kind: 'focus', id: 'my' }],
    ['house', 'ArrowLeft', null],
    ['tasks', 'x', null],
    ['unknown', 'ArrowDown', null],
  ])('from %s, %s', (at, key, move) => {
    expect(treeMove(rows, at, key)).toEqual(move);
  });

  test('mirrors left and right', () => {
    expect(treeMove(rows, 'house', 'ArrowLeft', true)).toEqual({ kind: 'open', id: 'house' });
    expect(treeMove(rows, 'tasks', 'ArrowRight', true)).toEqual({ kind: 'focus', id: 'my' });
  });
});

describe('typeAheadRow', () => {
  test('one letter moves on and wraps', () => {
    expect(typeAheadRow(rows, 'my', 't')).toBe('tasks');
    expect(typeAheadRow(rows, 'tasks', 't')).toBe('empty');
    expect(typeAheadRow(rows, 'empty', 'T')).toBe('tasks');
  });

  test('more letters may stay on the row', () => {
    expect(typeAheadRow(rows, 'tasks', 'ta')).toBe('tasks');
    expect(typeAheadRow(rows, 'tasks', 'zz')).toBeUndefined();
  });
});
