import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import { createEmitter } from '../../domain/async/observable.ts';
import { keyComboOf } from './keyCombo.ts';
import { createHotkeyRegistry } from './hotkeyRegistry.ts';
import type { HotkeyMap } from './hotkeyRegistry.ts';
import { isMac } from './keyLabels.ts';

export type Hotkeys = HotkeyMap<KeyboardEvent>;

export type HotkeyOptions = {
  /** Its group in docs/design.md#keyboard: 'anywhere', 'list' or 'task'. */
  scope: string;
  /** The area in which the hotkeys work. They take precedence over those that work anywhere. */
  within?: RefObject<HTMLElement | null>;
  isEnabled?: boolean;
};

const registry = createHotkeyRegistry<KeyboardEvent>();
let mounted = 0;

/**
 * Registers hotkeys while the component is mounted: 'Mod+K', 'Shift+D', 'G T'. The map need not be stable. Single keys
 * are off while a field has the focus. A handled key has no other effect.
 */
export function useHotkeys(map: Hotkeys, { scope, within, isEnabled = true }: HotkeyOptions): void {
  const latest = useRef(map);
  useLayoutEffect(() => {
    latest.current = map;
  });
  // A layout effect, so that keys work from the first paint on.
  useLayoutEffect(() => {
    if (!isEnabled) return undefined;
    const remove = registry.add({
      scope,
      map: () => latest.current,
      isInside: within ? () => within.current?.contains(document.activeElement) ?? false : 'anywhere',
    });
    mounted += 1;
    if (mounted === 1) window.addEventListener('keydown', onKeyDown);
    return () => {
      remove();
      mounted -= 1;
      if (mounted === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, [scope, within, isEnabled]);
}

const fields =
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"]), textarea, select, [contenteditable="true"]';
const overlays = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

const onKeyDown = (event: KeyboardEvent): void => void dispatchHotkey(event);

/**
 * Runs the hotkey of a key press; true when there was one. For controls that would otherwise handle the key themselves.
 */
export function dispatchHotkey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const isAltGraph = event.getModifierState('AltGraph');
  const chord = keyComboOf({ key, code, ctrlKey, metaKey, altKey, shiftKey, isAltGraph }, isMac());
  if (chord === null) return false;
  const target = event.target instanceof Element ? event.target : null;
  const press = {
    chord,
    at: event.timeStamp,
    singlesWait: !areSingleKeysOn() || Boolean(target?.closest(fields)),
    isOverlaid: Boolean(target?.closest(overlays)),
  };
  const isHandled = registry.press(press, event);
  if (isHandled) event.preventDefault();
  return isHandled;
}

const settingKey = 'threefold.singleKeys';
const settingChanges = createEmitter();

function areSingleKeysOn(): boolean {
  return localStorage.getItem(settingKey) !== 'off';
}

function setSingleKeys(isOn: boolean): void {
  if (isOn) localStorage.removeItem(settingKey);
  else localStorage.setItem(settingKey, 'off');
  settingChanges.emit();
}

/** The setting that WCAG 2.1.4 requires: keys without Ctrl or ⌘ can be switched off. Stored on this device. */
export function useSingleKeyShortcuts(): { isOn: boolean; setIsOn: (isOn: boolean) => void } {
  return { isOn: useSyncExternalStore(settingChanges.subscribe, areSingleKeysOn), setIsOn: setSingleKeys };
}
