import { isSingleKey } from './keyCombo.ts';

export type Hotkey<Event> = {
  /** What it does, in words. */
  label?: string;
  /** Returns false when the key was not for it after all; the next one is then asked. */
  run: (event: Event) => boolean | void;
};

/** Keys ('Mod+K', 'Shift+D', 'G T') and what they do. */
export type HotkeyMap<Event> = Readonly<Record<string, Hotkey<Event> | Hotkey<Event>['run']>>;

export type HotkeyRegistration<Event> = {
  /** The group it belongs to in docs/design.md#keyboard. */
  scope: string;
  map: () => HotkeyMap<Event>;
  /** 'anywhere', or whether the place it belongs to holds the focus right now. */
  isInside: 'anywhere' | (() => boolean);
};

export type HotkeyPress = {
  chord: string;
  /** Milliseconds of any steady clock. */
  at: number;
  /** Letters go into a field, or single keys are switched off. */
  singlesWait: boolean;
  /** A dialog or menu holds the focus: nothing behind it answers. */
  isOverlaid: boolean;
};

/** A sequence's second key must come within this many milliseconds. */
const sequenceTimeoutMs = 1000;

export type HotkeyRegistry<Event> = {
  add(registration: HotkeyRegistration<Event>): () => void;
  /** True when something answered. */
  press(press: HotkeyPress, event: Event): boolean;
};

/** Every set of keys that works right now. Places that hold the focus are asked first, the newest first among equals. */
export function createHotkeyRegistry<Event>(): HotkeyRegistry<Event> {
  const all = new Set<HotkeyRegistration<Event>>();
  let started: { chord: string; at: number } | null = null;

  function candidates(isOverlaid: boolean): readonly HotkeyMap<Event>[] {
    const newest = [...all].toReversed();
    const inside = newest.filter(({ isInside }) => isInside !== 'anywhere' && isInside());
    const anywhere = isOverlaid ? [] : newest.filter(({ isInside }) => isInside === 'anywhere');
    return [...inside, ...anywhere].map(({ map }) => map());
  }

  return {
    add(registration) {
      all.add(registration);
      return () => void all.delete(registration);
    },

    press({ chord, at, singlesWait, isOverlaid }, event) {
      const first = started && at - started.at <= sequenceTimeoutMs ? started.chord : null;
      started = null;
      const maps = candidates(isOverlaid);
      for (const keys of first === null ? [chord] : [`${first} ${chord}`, chord]) {
        if (singlesWait && isSingleKey(keys)) continue;
        for (const map of maps) {
          const hotkey = map[keys];
          if (hotkey === undefined) continue;
          const run = typeof hotkey === 'function' ? hotkey : hotkey.run;
          if (run(event) !== false) return true;
        }
        if (maps.some((map) => Object.keys(map).some((other) => other.startsWith(`${keys} `)))) {
          started = { chord: keys, at };
          return false;
        }
      }
      return false;
    },
  };
}
