import type { Backoff } from '../../domain/async/backoff.ts';
import { addMs, msBetween } from '../../domain/time/time.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import type { Ports } from '../platform/ports.ts';
import type { Turn } from './sendFailures.ts';

/** How long the server gets no requests. */
export type ServerPause = {
  /** A new run of the sender: only the pause that the server asked for goes on. Returns what is left of it, in ms. */
  startRun: () => number;
  /** Null while requests are allowed, Infinity until the person has signed in. */
  waitMs: () => number | null;
  /** Applies the outcome of one sent unit. */
  onOutcome: (turn: Turn) => void;
  /** Resolves when the current pause ends by itself. */
  ended: () => Promise<void>;
  /** A pause without an end is ended by signing in. */
  endWithoutEnd: () => void;
};

type Input = {
  backoff: Backoff;
  clock: Clock;
  sleep: Ports['sleep'];
  /** The server is busy without naming a time, and gets no requests until then. */
  onPause: (until: Instant) => void;
};

export function createServerPause({ backoff, clock, sleep, onPause }: Input): ServerPause {
  let waitMs: number | null = null;
  let askedUntil: Instant | null = null;
  const never = new Promise<void>(() => {});
  let pauseEnd = never;
  let pauseCount = 0;

  /** A running upload must not extend the pause of other ops. */
  function pause(ms: number) {
    waitMs = ms;
    pauseCount += 1;
    if (ms !== Infinity) pauseEnd = endPause(ms, pauseCount);
  }

  async function endPause(ms: number, which: number) {
    await sleep(ms);
    if (which !== pauseCount) return;
    pauseEnd = never;
    waitMs = null;
  }

  return {
    startRun() {
      waitMs = null;
      pauseEnd = never;
      pauseCount += 1;
      return askedUntil === null ? 0 : Math.max(0, msBetween(clock.now(), askedUntil));
    },
    waitMs: () => waitMs,
    ended: () => pauseEnd,
    endWithoutEnd() {
      if (waitMs === Infinity) waitMs = null;
    },
    onOutcome(turn) {
      // Failures of one round count once: the delay grows with each round, not with each request.
      if (turn === 'backOff' || turn === 'busy') {
        if (waitMs !== null) return;
        const ms = backoff.next();
        pause(ms);
        if (turn === 'busy') onPause(addMs(clock.now(), ms));
      } else if (turn !== 'next') {
        if (turn.waitMs !== Infinity) askedUntil = addMs(clock.now(), turn.waitMs);
        pause(Math.max(turn.waitMs, waitMs ?? backoff.next()));
      }
    },
  };
}
