import { addMs } from '../../domain/time/time.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import type { Ports } from '../platform/ports.ts';
import { firstDelayMs } from './sendFailures.ts';
import type { Turn } from './sendFailures.ts';

const longestDelayMs = 60_000;

/** The delay after failures of the server: twice as long each time, to a minute. */
export type Backoff = {
  /** Counts one more failure. Milliseconds. */
  next: () => number;
  /** The server answered. */
  reset: () => void;
  hasFailed: () => boolean;
};

export function createBackoff(): Backoff {
  let failures = 0;
  return {
    next() {
      failures += 1;
      return Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
    },
    reset: () => void (failures = 0),
    hasFailed: () => failures > 0,
  };
}

/** How long the server is left alone, during one run of the sender. */
export type ServerPause = {
  /** Null while the server may be asked, Infinity until the person has signed in. */
  waitMs: () => number | null;
  /** Takes the outcome of one sending. */
  onOutcome: (turn: Turn) => void;
  /** Resolves when the present pause ends by itself. */
  ended: () => Promise<void>;
  /** Nobody but the person ends a pause without an end, by signing in. */
  endWithoutEnd: () => void;
};

type Input = {
  backoff: Backoff;
  clock: Clock;
  sleep: Ports['sleep'];
  /** The server is too busy, did not say for how long, and is left alone until then. */
  onPause: (until: Instant) => void;
};

export function createServerPause({ backoff, clock, sleep, onPause }: Input): ServerPause {
  let waitMs: number | null = null;
  const never = new Promise<void>(() => {});
  let pauseEnd = never;
  let pauseCount = 0;

  /** A long upload goes on meanwhile, and must not hold up the rest for longer than the server asked. */
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
    waitMs: () => waitMs,
    ended: () => pauseEnd,
    endWithoutEnd() {
      if (waitMs === Infinity) waitMs = null;
    },
    onOutcome(turn) {
      // What fails together fails once: the delay grows with each round, not with each request.
      if (turn === 'backOff' || turn === 'busy') {
        if (waitMs !== null) return;
        const ms = backoff.next();
        pause(ms);
        if (turn === 'busy') onPause(addMs(clock.now(), ms));
      } else if (turn !== 'next') pause(Math.max(turn.waitMs, waitMs ?? backoff.next()));
    },
  };
}
