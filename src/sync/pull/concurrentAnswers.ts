import type { Effect } from '../storage/serverResult.ts';

/**
 * Answers that arrive while a list is being read: the list may have been written down before them. A reader lays them over
 * what it read, so that a change of one's own never blinks.
 */
export type Journal = {
  add: (effect: Effect) => void;
  /** Reads with everything that was accepted meanwhile in hand. */
  during: <T>(read: (since: () => readonly Effect[]) => Promise<T>) => Promise<T>;
};

export function createJournal(): Journal {
  const open = new Set<Effect[]>();
  return {
    add(effect) {
      for (const effects of open) effects.push(effect);
    },
    async during(read) {
      const effects: Effect[] = [];
      open.add(effects);
      try {
        return await read(() => effects);
      } finally {
        open.delete(effects);
      }
    },
  };
}
