import { beforeEach, describe, expect, test } from 'vitest';
import { createHotkeyRegistry } from './hotkeyRegistry.ts';
import type { HotkeyMap, HotkeyPress, HotkeyRegistry } from './hotkeyRegistry.ts';

describe('hotkeys', () => {
  let registry: HotkeyRegistry<null>;
  let heard: string[];

  beforeEach(() => {
    registry = createHotkeyRegistry();
    heard = [];
  });

  function on(keys: readonly string[], name: string, answer?: boolean): HotkeyMap<null> {
    return Object.fromEntries(
      keys.map((key) => [
        key,
        () => {
          heard.push(`${name} ${key}`);
          return answer;
        },
      ]),
    );
  }

  function add(map: HotkeyMap<null>, isInside: 'anywhere' | (() => boolean) = 'anywhere') {
    return registry.add({ scope: 'test', map: () => map, isInside });
  }

  function press(chord: string, more: Partial<HotkeyPress> = {}): boolean {
    return registry.press({ chord, at: 0, singlesWait: false, isOverlaid: false, ...more }, null);
  }

  test('a key that is known runs, another does nothing', () => {
    add(on(['N'], 'app'));
    expect(press('N')).toBe(true);
    expect(press('M')).toBe(false);
    expect(heard).toEqual(['app N']);
  });

  test('a sequence needs both keys in time', () => {
    add(on(['G T', 'T'], 'app'));
    expect(press('G', { at: 0 })).toBe(false);
    expect(press('T', { at: 900 })).toBe(true);
    press('G', { at: 2000 });
    press('T', { at: 3100 });
    expect(heard).toEqual(['app G T', 'app T']);
  });

  test('a sequence that goes wrong leaves the second key its own meaning', () => {
    add(on(['G T', 'N'], 'app'));
    press('G');
    expect(press('N')).toBe(true);
    expect(heard).toEqual(['app N']);
  });

  test('single keys wait while a field has focus, chords do not', () => {
    add(on(['N', 'G T', 'Mod+K', 'Escape'], 'app'));
    for (const chord of ['N', 'G', 'T', 'Mod+K', 'Escape']) press(chord, { singlesWait: true });
    expect(heard).toEqual(['app Mod+K', 'app Escape']);
  });

  test('the place with the focus comes first, and passes on what it does not take', () => {
    let isInside = true;
    add(on(['X'], 'list', true), () => isInside);
    add(on(['D'], 'list', false), () => isInside);
    add(on(['X', 'D'], 'app'));
    press('X');
    press('D');
    isInside = false;
    press('X');
    expect(heard).toEqual(['list X', 'list D', 'app D', 'app X']);
  });

  test('behind a dialog only the dialog itself answers', () => {
    add(on(['N', 'Enter'], 'app'));
    add(on(['Enter'], 'dialog'), () => true);
    expect(press('N', { isOverlaid: true })).toBe(false);
    expect(press('Enter', { isOverlaid: true })).toBe(true);
    expect(heard).toEqual(['dialog Enter']);
  });

  test('a removed map answers no key', () => {
    const remove = registry.add({
      scope: 'anywhere',
      map: () => ({ N: { label: 'New task', run: () => true }, M: () => true }),
      isInside: 'anywhere',
    });
    remove();
    expect(press('N')).toBe(false);
  });
});
