/** The waits between tries in milliseconds: `firstMs`, doubled with each failure up to `longestMs`. */
export type BackoffRule = { firstMs: number; longestMs: number };

/** The wait after a number of failures, from 1. */
export function backoffMs({ firstMs, longestMs }: BackoffRule, failures: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
}

/** Counts consecutive failures. */
export type Backoff = {
  /** Counts a failure and returns the wait after it in milliseconds. */
  next: () => number;
  /** Resets the count after a success. */
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
