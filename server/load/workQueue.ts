import { currentParty } from './fairShare.ts';
import { Overload } from './parties.ts';

/** Work outside the event loop, a few pieces at a time. */
export type WorkQueue = {
  /** @throws Overload when too much waits for the same party. */
  run<T>(work: () => Promise<T>): Promise<T>;
};

/**
 * Runs `atOnce` pieces of work at a time, and those that wait in turns: one of each party, whoever asked more often.
 * @param mostWaiting of one party.
 */
export function createWorkQueue({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): WorkQueue {
  /** In the order of their turns. */
  const waiting = new Map<string, (() => void)[]>();
  let running = 0;

  function enter(): Promise<void> | undefined {
    if (running < atOnce) {
      running += 1;
      return undefined;
    }
    const party = currentParty();
    const own = waiting.get(party) ?? [];
    if (own.length >= mostWaiting) throw new Overload('party', 1);
    waiting.set(party, own);
    return new Promise((resolve) => own.push(resolve));
  }

  /** Passes the place on. */
  function leave(): void {
    const [first] = waiting;
    if (first === undefined) {
      running -= 1;
      return;
    }
    const [party, own] = first;
    const next = own.shift();
    waiting.delete(party);
    if (own.length > 0) waiting.set(party, own);
    next?.();
  }

  return {
    async run(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
