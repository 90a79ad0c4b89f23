/** Waits between tries, in milliseconds: `firstMs`, doubled with each failure up to `longestMs`. */
export type BackoffRule = { firstMs: number; longestMs: number };

/** The wait after so many failures, from 1. */
export function backoffMs({ firstMs, longestMs }: BackoffRule, failures: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
}

/** Counts failures in a row. */
export type Backoff = {
  /** Counts one more failure and returns the wait after it; ms. */
  next: () => number;
  /** A try succeeded. */
  reset: () => void;
  hasFailed: () => boolean;
};

export function createBackoff(rule: BackoffRule): Backoff {
  let failures = 0;
  return {
    next: () => backoffMs(rule, (failures += 1)),
    reset: () => void (failures = 0),
    hasFailed: () => failures > 0,
  };
}
