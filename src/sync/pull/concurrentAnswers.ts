import type { ServerResult } from '../storage/serverResult.ts';

/**
 * Answers received while a list is being read: the list may be older. A reader applies them to what it read, so that an
 * own change never disappears.
 */
export type ConcurrentAnswers = {
  add: (effect: ServerResult) => void;
  /** Runs a read and passes it the answers received meanwhile. */
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
