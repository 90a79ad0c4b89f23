import { addMs, dateOf } from '../../src/domain/time/time.ts';
import type { Clock, Instant } from '../../src/domain/time/time.ts';

/** A clock that only tests advance, shared by the service and every device. */
export type TestClock = Clock & {
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Advances the clock and ends the sleeps that are over. */
  advance: (ms: number) => void;
};

export function createTestClock(start: Instant): TestClock {
  let now = start;
  const pendingSleeps = new Set<{ until: Instant; wake: () => void }>();
  return {
    now: () => now,
    today: (zone) => dateOf(now, zone),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const wake = () => {
          pendingSleeps.delete(pendingSleep);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const pendingSleep = { until: addMs(now, ms), wake };
        pendingSleeps.add(pendingSleep);
        signal?.addEventListener('abort', wake);
      }),
    advance(ms) {
      now = addMs(now, ms);
      for (const { until, wake } of pendingSleeps) if (until <= now) wake();
    },
  };
}
