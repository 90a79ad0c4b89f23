import type { ServerResult } from '../storage/serverResult.ts';

/**
 * Answers that arrive while a list is being read: the list may have been written down before them. A reader lays them over
 * what it read, so that a change of one's own never blinks.
 */
export type ConcurrentAnswers = {
  add: (effect: ServerResult) => void;
  /** Reads with everything that was accepted meanwhile in hand. */
  recordDuring: <T>(read: (since: () => readonly ServerResult[]) => Promise<T>) => Promise<T>;
};

export function createConcurrentAnswers(): ConcurrentAnswers {
  const open = new Set<ServerResult[]>();
  return {
    add(effect) {
      for (const effects of open) effects.push(effect);
    },
    async recordDuring(read) {
      const effects: ServerResult[] = [];
      open.add(effects);
      try {
        return await read(() => effects);
      } finally {
        open.delete(effects);
      }
    },
  };
}
