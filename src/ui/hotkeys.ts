import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import { chordOf, isSingle } from './chord.ts';
import { isMac } from './keyNames.ts';

export type Hotkey = {
  /** What it does, in words, for the shortcut sheet. Keys without a label are not listed. */
  label?: string;
  /** Returns false when the key was not for it after all; the next one is then asked. */
  run: (event: KeyboardEvent) => boolean | void;
};

/** Keys ('Mod+K', 'Shift+D', 'G T') and what they do. */
export type Hotkeys = Readonly<Record<string, Hotkey | Hotkey['run']>>;

export type HotkeyOptions = {
  /** The heading it stands under in the shortcut sheet, such as 'anywhere', 'list', 'task'. */
  scope: string;
  /** Only while the focus is in here. Such keys are asked before those that work anywhere. */
  within?: RefObject<HTMLElement | null>;
  isEnabled?: boolean;
};

type Registration = { scope: string; within: RefObject<HTMLElement | null> | undefined; map: RefObject<Hotkeys> };

/** The one registry: every mounted set of keys, oldest first. */
const registry = new Set<Registration>();

/** A sequence's second key must come within this many milliseconds. */
const patience = 1000;
let started: { chord: string; at: number } | null = null;

/** Makes the keys work while the component is mounted. The newest map is used; it need not be stable. */
export function useHotkeys(map: Hotkeys, { scope, within, isEnabled = true }: HotkeyOptions): void {
  const latest = useRef(map);
  useLayoutEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    if (!isEnabled) return undefined;
    const registration: Registration = { scope, within, map: latest };
    if (registry.size === 0) window.addEventListener('keydown', dispatch);
    registry.add(registration);
    return () => {
      registry.delete(registration);
      if (registry.size === 0) window.removeEventListener('keydown', dispatch);
    };
  }, [scope, within, isEnabled]);
}

/** What works right now, for the shortcut sheet. */
export function listHotkeys(): readonly { scope: string; keys: string; label: string }[] {
  return [...registry].flatMap(({ scope, map }) =>
    Object.entries(map.current).flatMap(([keys, hotkey]) =>
      typeof hotkey === 'function' || hotkey.label === undefined ? [] : [{ scope, keys, label: hotkey.label }],
    ),
  );
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : null;
  const chord = chordOf({ ...pressOf(event), isAltGraph: event.getModifierState('AltGraph') }, isMac());
  if (chord === null) return;

  const first = started && event.timeStamp - started.at <= patience ? started.chord : null;
  started = null;
  for (const keys of first === null ? [chord] : [`${first} ${chord}`, chord]) {
    if (isSingle(keys) && (!areSingleKeysOn() || takesLetters(target))) continue;
    const candidates = candidatesFor(target);
    for (const { map } of candidates) {
      const hotkey = map.current[keys];
      if (hotkey === undefined) continue;
      const run = typeof hotkey === 'function' ? hotkey : hotkey.run;
      if (run(event) === false) continue;
      event.preventDefault();
      return;
    }
    if (candidates.some(({ map }) => Object.keys(map.current).some((other) => other.startsWith(`${keys} `)))) {
      started = { chord: keys, at: event.timeStamp };
      return;
    }
  }
}

function pressOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) {
  return { key, code, ctrlKey, metaKey, altKey, shiftKey };
}

/** Those that hold the focus first, then those that work anywhere; the newest first in each. */
function candidatesFor(target: Element | null): readonly Registration[] {
  const newest = [...registry].toReversed();
  const inside = newest.filter(({ within }) => within?.current?.contains(target) ?? false);
  // Behind a dialog or an open menu nothing else answers.
  if (target?.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) return inside;
  return [...inside, ...newest.filter(({ within }) => within === undefined)];
}

const typing =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"]';

function takesLetters(target: Element | null): boolean {
  return Boolean(target?.closest(typing));
}

const settingKey = 'threefold.singleKeys';
const settingListeners = new Set<() => void>();

function areSingleKeysOn(): boolean {
  return localStorage.getItem(settingKey) !== 'off';
}

function setSingleKeys(isOn: boolean): void {
  if (isOn) localStorage.removeItem(settingKey);
  else localStorage.setItem(settingKey, 'off');
  for (const listener of settingListeners) listener();
}

function subscribeToSetting(listener: () => void): () => void {
  settingListeners.add(listener);
  return () => settingListeners.delete(listener);
}

/** The setting of WCAG 2.1.4: keys without Ctrl or ⌘ can be switched off. Kept on this device. */
export function useSingleKeys(): { isOn: boolean; setIsOn: (isOn: boolean) => void } {
  return { isOn: useSyncExternalStore(subscribeToSetting, areSingleKeysOn), setIsOn: setSingleKeys };
}
