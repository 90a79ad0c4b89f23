import { describe, expect, test } from 'vitest';
import { keyComboOf, isSingleKey } from './keyCombo.ts';
import type { KeyPress } from './keyCombo.ts';
import { keyLabels } from './keyLabels.ts';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

describe('keyComboOf', () => {
  test.each<[string, KeyPress]>([
    ['N', press('n')],
    ['N', press('N')],
    ['Shift+D', press('D', { shiftKey: true })],
    ['Mod+K', press('k', { ctrlKey: true })],
    ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true })],
    ['Alt+ArrowUp', press('ArrowUp', { altKey: true })],
    ['Shift+Delete', press('Delete', { shiftKey: true })],
    ['Shift+F6', press('F6', { shiftKey: true })],
    ['Space', press(' ')],
    ['?', press('?', { shiftKey: true })],
    ['?', press('?')],
    ['[', press('[')],
  ])('%s', (chord, event) => {
    expect(keyComboOf(event, false)).toBe(chord);
  });

  test('⌘ is Mod on a Mac and Ctrl is not', () => {
    expect(keyComboOf(press('k', { metaKey: true }), true)).toBe('Mod+K');
    expect(keyComboOf(press('k', { ctrlKey: true }), true)).toBe('Ctrl+K');
    expect(keyComboOf(press('k', { metaKey: true }), false)).toBe('Meta+K');
  });

  test('a Cyrillic or Greek layout is read by the key position, a Latin one by the letter', () => {
    expect(keyComboOf(press('т', { code: 'KeyN' }), false)).toBe('N');
    expect(keyComboOf(press('ν', { code: 'KeyN', ctrlKey: true }), false)).toBe('Mod+N');
    expect(keyComboOf(press('z', { code: 'KeyY' }), false)).toBe('Z');
  });

  test('AltGr types characters; it is not Ctrl and Alt', () => {
    expect(keyComboOf(press('[', { ctrlKey: true, altKey: true, isAltGraph: true }), false)).toBe('[');
  });

  test('a modifier alone gives null', () => {
    expect(keyComboOf(press('Shift', { shiftKey: true }), false)).toBeNull();
  });
});

describe('isSingleKey', () => {
  test.each(['N', 'Shift+D', '?', 'Space', 'Delete', 'Shift+Delete', 'G T'])(
    '%s waits while a field has focus',
    (keys) => {
      expect(isSingleKey(keys)).toBe(true);
    },
  );
  test.each(['Mod+K', 'F6', 'Shift+F6', 'Escape', 'Alt+ArrowUp', 'ArrowDown'])('%s does not', (keys) => {
    expect(isSingleKey(keys)).toBe(false);
  });
});

describe('keyLabels', () => {
  test.each<[string, boolean, readonly string[]]>([
    ['Mod+K', false, ['Ctrl', 'K']],
    ['Mod+Shift+Z', true, ['⌘', '⇧', 'Z']],
    ['G T', false, ['G', 'T']],
    ['Shift+Delete', false, ['Shift', 'Del']],
    ['?', false, ['?']],
  ])('%s', (keys, onMac, names) => {
    expect(keyLabels(keys, onMac)).toEqual(names);
  });
});
