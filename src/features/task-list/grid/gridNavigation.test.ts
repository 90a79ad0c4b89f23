import { describe, expect, test } from 'vitest';
import { rowAfterMove, gridMoveOf, nearestFocusableRow } from './gridNavigation.ts';
import type { GridMove } from './gridNavigation.ts';
import { emptyPlan, rowKeyOf, planRows, rowAt } from '../row/rowPlan.ts';
import { sectionFixture } from '../fixtures/taskFixtures.ts';

/** 0 #overdue, 1 a, 2 b, 3 #today, 4 c, 5 #completed (closed) */
const plan = planRows({
  sections: [sectionFixture('overdue', 'a', 'b'), sectionFixture('today', 'c'), sectionFixture('completed', 'd')],
  held: [],
  closable: [{ section: 'completed', isClosed: true }],
  sizes: { row: 40, head: 38 },
});

function go(index: number, move: GridMove, page = 3): string {
  const row = rowAt(plan, rowAfterMove(plan, index, move, page));
  return row === undefined ? 'none' : rowKeyOf(plan, row);
}

const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

describe('rowAfterMove', () => {
  test('skips headers that cannot be closed', () => {
    expect(go(2, 'next')).toBe('c');
    expect(go(4, 'previous')).toBe('b');
  });

  test('stops at headers that can be closed', () => {
    expect(go(4, 'next')).toBe('#completed');
  });

  test('stays at either end', () => {
    expect(go(1, 'previous')).toBe('a');
    expect(go(5, 'next')).toBe('#completed');
  });

  test('goes to the first and last row', () => {
    expect(go(4, 'first')).toBe('a');
    expect(go(1, 'last')).toBe('#completed');
  });

  test('moves a page less one row, so that one row stays visible', () => {
    expect(go(1, 'pageDown')).toBe('c');
    expect(go(4, 'pageUp')).toBe('b');
    expect(go(1, 'pageDown', 50)).toBe('#completed');
    expect(go(5, 'pageUp', 50)).toBe('a');
  });

  test('jumps by section', () => {
    expect(go(1, 'nextSection')).toBe('c');
    expect(go(4, 'nextSection')).toBe('#completed');
    expect(go(5, 'nextSection')).toBe('#completed');
    expect(go(5, 'previousSection')).toBe('c');
    expect(go(2, 'previousSection')).toBe('a');
    expect(go(1, 'previousSection')).toBe('a');
  });

  test('has no row in an empty list', () => {
    expect(nearestFocusableRow(emptyPlan, 0)).toBe(-1);
    expect(rowAfterMove(emptyPlan, -1, 'next', 10)).toBe(-1);
  });
});

describe('gridMoveOf', () => {
  test('maps the keys of the list', () => {
    expect(gridMoveOf({ ...plain, key: 'ArrowDown' })).toBe('next');
    expect(gridMoveOf({ ...plain, key: 'ArrowUp', altKey: true })).toBe('previousSection');
    expect(gridMoveOf({ ...plain, key: 'Home', ctrlKey: true })).toBe('first');
    expect(gridMoveOf({ ...plain, key: 'End' })).toBe('last');
  });

  test('leaves the keys of the browser and of selection alone', () => {
    expect(gridMoveOf({ ...plain, key: 'ArrowDown', shiftKey: true })).toBeUndefined();
    expect(gridMoveOf({ ...plain, key: 'ArrowLeft', altKey: true })).toBeUndefined();
    expect(gridMoveOf({ ...plain, key: 'ArrowDown', ctrlKey: true })).toBeUndefined();
    expect(gridMoveOf({ ...plain, key: 'a' })).toBeUndefined();
  });
});
