import { isSingleKey } from './keyCombo.ts';

export type Hotkey<Event> = {
  /** A description of the action. */
  label?: string;
  /** Returns false when it does not handle the key after all; the next hotkey is then tried. */
  run: (event: Event) => boolean | void;
};

/** Keys ('Mod+K', 'Shift+D', 'G T') and their actions. */
export type HotkeyMap<Event> = Readonly<Record<string, Hotkey<Event> | Hotkey<Event>['run']>>;

export type HotkeyRegistration<Event> = {
  /** Its group in docs/design.md#keyboard. */
  scope: string;
  map: () => HotkeyMap<Event>;
  /** 'anywhere', or whether its area has the focus now. */
  isInside: 'anywhere' | (() => boolean);
};

export type HotkeyPress = {
  chord: string;
  /** Milliseconds of any monotonic clock. */
  at: number;
  /** Single keys are off: a field has the focus, or the user switched them off. */
  singlesWait: boolean;
  /** A dialog or menu has the focus: only its own hotkeys run. */
  isOverlaid: boolean;
};

/** The longest time between the keys of a sequence, in milliseconds. */
const sequenceTimeoutMs = 1000;

export type HotkeyRegistry<Event> = {
  add(registration: HotkeyRegistration<Event>): () => void;
  /** True when a hotkey handled the press. */
  press(press: HotkeyPress, event: Event): boolean;
};

/** All active hotkey maps. Those of an area with the focus are tried first, the newest first among equals. */
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
