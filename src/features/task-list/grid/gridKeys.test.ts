import { describe, expect, test } from 'vitest';
import { gridCommandOf } from './gridKeys.ts';

const press = (key: string, modifiers: Partial<Record<'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey', boolean>> = {}) =>
  gridCommandOf({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...modifiers }, false);

describe('keys in the list', () => {
  test('run commands on the focused task', () => {
    expect(['Enter', ' ', 'Delete', 'i', 'd', 'Escape'].map((key) => press(key)?.kind)).toEqual([
      'open',
      'toggle',
      'remove',
      'importance',
      'due',
      'leave',
    ]);
  });

  test('have a property key for every property, in any script and with Caps Lock', () => {
    const kinds = ['s', 'd', 'r', 'c', 'i', 'm', 'a', 'l'].map((key) => press(key)?.kind);
    expect(kinds).toEqual(['status', 'due', 'repeat', 'categories', 'importance', 'move', 'attach', 'link']);
    expect(press('D', { shiftKey: true })).toEqual({ kind: 'start' });
    expect(press('R', { shiftKey: true })).toEqual({ kind: 'reminder' });
    expect(press('D')).toEqual({ kind: 'due' });
    const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
    expect(gridCommandOf({ key: 'в', code: 'KeyD', ...plain }, false)).toEqual({ kind: 'due' });
  });

  test('move into the controls of a row in reading direction', () => {
    expect(press('ArrowRight')).toEqual({ kind: 'side', side: 'next' });
    const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
    expect(gridCommandOf({ key: 'ArrowRight', ...plain }, true)).toEqual({ kind: 'side', side: 'previous' });
  });

  test('move by row and by section', () => {
    expect(press('ArrowDown')).toEqual({ kind: 'go', move: 'next' });
    expect([press('j'), press('k')]).toEqual([
      { kind: 'go', move: 'next' },
      { kind: 'go', move: 'previous' },
    ]);
    expect(press('ArrowDown', { altKey: true })).toEqual({ kind: 'go', move: 'nextSection' });
  });

  test('select rows', () => {
    expect(press('x')).toEqual({ kind: 'select' });
    expect(press(' ', { shiftKey: true })).toEqual({ kind: 'select' });
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ kind: 'extend', move: 'previous' });
    expect(press('End', { shiftKey: true })).toEqual({ kind: 'extend', move: 'last' });
    expect(press('a', { ctrlKey: true })).toEqual({ kind: 'selectAll' });
    expect(press('a', { metaKey: true })).toEqual({ kind: 'selectAll' });
    expect(press('Delete', { shiftKey: true })).toEqual({ kind: 'purge' });
  });

  test('leave the keys of the browser and of other scopes alone', () => {
    expect(press('PageDown', { shiftKey: true })).toBeUndefined();
    expect(press('a', { ctrlKey: true, metaKey: true })).toBeUndefined();
    expect(press('a', { ctrlKey: true, shiftKey: true })).toBeUndefined();
    expect(press('ArrowLeft', { altKey: true })).toBeUndefined();
    expect(press('i', { ctrlKey: true })).toBeUndefined();
    expect(press('n')).toBeUndefined();
  });
});
