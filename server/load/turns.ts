import { afterMicrotasks, createLoopTime, type Spender } from './loopTime.ts';
import type { PartyState } from './parties.ts';

/** A request and the CPU time it has used. Milliseconds. */
export type Spending = Spender & { party: PartyState; spentMs: number; spendElsewhere(ms: number): void };

export type Turns = {
  request(party: PartyState): Spending;
  /** From here on, the time counts for this request. */
  resume(request: Spending): void;
  /** Counts the time up to now. */
  settle(): void;
  /** Waits until the request may go on; undefined when it may now. */
  pause(request: Spending): Promise<void> | undefined;
};

/** Work of one turn of the event loop; the rest waits for a later one. CPU milliseconds. */
const turnLength = 10;

/** @param update brings the recent use of a party up to date. */
export function createTurns(cpuMs: () => number, update: (party: PartyState) => PartyState): Turns {
  const time = createLoopTime(cpuMs);
  const paused = new Map<PartyState, { request: Spending; resume: () => void }[]>();
  let turnMs = 0;
  let isEnding = false;

  function endLater(): void {
    if (isEnding) return;
    isEnding = true;
    setImmediate(() => {
      isEnding = false;
      turnMs = 0;
      resumeNext();
    });
  }

  /** Of those who wait, the party that has used least goes on; the next one after it, until the turn is full. */
  function resumeNext(): void {
    time.settle();
    if (paused.size === 0) return;
    if (turnMs >= turnLength) return endLater();
    const [least] = [...paused.keys()].toSorted((a, b) => update(a).recent - update(b).recent);
    const waiting = least === undefined ? undefined : paused.get(least);
    const next = waiting?.shift();
    if (least === undefined || waiting === undefined || next === undefined) return;
    if (waiting.length === 0) paused.delete(least);
    time.give(next.request);
    next.resume();
    afterMicrotasks(resumeNext);
  }

  return {
    request: (party) => ({
      party,
      spentMs: 0,
      spend(ms) {
        this.spendElsewhere(ms);
        turnMs += ms;
        // A long stretch delays everybody.
        party.recent += ms * Math.max(1, ms / turnLength);
        endLater();
      },
      spendElsewhere(ms) {
        this.spentMs += ms;
        party.left -= ms;
      },
    }),
    resume: (request) => time.give(request),
    settle: () => time.settle(),
    pause(request) {
      time.give(request);
      time.settle();
      if (paused.size === 0 && turnMs < turnLength) return undefined;
      return new Promise((resolve) => {
        const waiting = paused.get(request.party) ?? [];
        waiting.push({ request, resume: resolve });
        paused.set(request.party, waiting);
        endLater();
      });
    },
  };
}
