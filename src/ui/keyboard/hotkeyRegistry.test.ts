import { beforeEach, describe, expect, test } from 'vitest';
import { createHotkeyRegistry } from './hotkeyRegistry.ts';
import type { HotkeyMap, HotkeyPress, HotkeyRegistry } from './hotkeyRegistry.ts';

describe('hotkeys', () => {
  let registry: HotkeyRegistry<null>;
  let calls: string[];

  beforeEach(() => {
    registry = createHotkeyRegistry();
    calls = [];
  });

  function on(keys: readonly string[], name: string, result?: boolean): HotkeyMap<null> {
    return Object.fromEntries(
      keys.map((key) => [
        key,
        () => {
          calls.push(`${name} ${key}`);
          return result;
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

  test('a registered key runs, another does nothing', () => {
    add(on(['N'], 'app'));
    expect(press('N')).toBe(true);
    expect(press('M')).toBe(false);
    expect(calls).toEqual(['app N']);
  });

  test('a sequence needs both keys within the timeout', () => {
    add(on(['G T', 'T'], 'app'));
    expect(press('G', { at: 0 })).toBe(false);
    expect(press('T', { at: 900 })).toBe(true);
    press('G', { at: 2000 });
    press('T', { at: 3100 });
    expect(calls).toEqual(['app G T', 'app T']);
  });

  test('the second key of a failed sequence runs its own hotkey', () => {
    add(on(['G T', 'N'], 'app'));
    press('G');
    expect(press('N')).toBe(true);
    expect(calls).toEqual(['app N']);
  });

  test('single keys are off while a field has the focus, combinations are not', () => {
    add(on(['N', 'G T', 'Mod+K', 'Escape'], 'app'));
    for (const chord of ['N', 'G', 'T', 'Mod+K', 'Escape']) press(chord, { singlesWait: true });
    expect(calls).toEqual(['app Mod+K', 'app Escape']);
  });

  test('the scope with the focus runs first, and passes on what it does not handle', () => {
    let isInside = true;
    add(on(['X'], 'list', true), () => isInside);
    add(on(['D'], 'list', false), () => isInside);
    add(on(['X', 'D'], 'app'));
    press('X');
    press('D');
    isInside = false;
    press('X');
    expect(calls).toEqual(['list X', 'list D', 'app D', 'app X']);
  });

  test('under a dialog only its own hotkeys run', () => {
    add(on(['N', 'Enter'], 'app'));
    add(on(['Enter'], 'dialog'), () => true);
    expect(press('N', { isOverlaid: true })).toBe(false);
    expect(press('Enter', { isOverlaid: true })).toBe(true);
    expect(calls).toEqual(['dialog Enter']);
  });

  test('an unregistered map handles no key', () => {
    const remove = registry.add({
      scope: 'anywhere',
      map: () => ({ N: { label: 'New task', run: () => true }, M: () => true }),
      isInside: 'anywhere',
    });
    remove();
    expect(press('N')).toBe(false);
  });
});
