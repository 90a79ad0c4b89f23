import { addMs, type Clock, type Instant } from '../../src/domain/time/time.ts';

/**
 * Requests that one account may send in a window; `limit` 0 means no limit
 * (docs/decisions/0018-requests-and-answers.md).
 */
export type RateLimitSettings = { limit: number; windowSeconds: number };

/** One account's remaining allowance in the current window. */
export type RateAllowance = { remaining: number; resetsAt: Instant; isUsedUp: boolean };

export type RateLimit = {
  /** Counts one request. Undefined without a limit. */
  consume(accountId: string): RateAllowance | undefined;
  readonly limit: number;
};

/** Ended windows are removed together, at most this often. Milliseconds. */
const sweepEvery = 60_000;

/**
 * Counts requests per account in fixed windows that begin with an account's first request. In the memory of this
 * process: it protects other accounts, and is no exact quota.
 */
export function createRateLimit({ limit, windowSeconds }: RateLimitSettings, clock: Clock): RateLimit {
  const windows = new Map<string, { used: number; resetsAt: Instant }>();
  let nextSweep = addMs(clock.now(), sweepEvery);

  function sweep(now: Instant): void {
    if (now < nextSweep) return;
    nextSweep = addMs(now, sweepEvery);
    for (const [accountId, { resetsAt }] of windows) if (resetsAt <= now) windows.delete(accountId);
  }

  return {
    limit,
    consume(accountId) {
      if (limit === 0) return undefined;
      const now = clock.now();
      sweep(now);
      const known = windows.get(accountId);
      const current =
        known !== undefined && known.resetsAt > now ? known : { used: 0, resetsAt: addMs(now, windowSeconds * 1000) };
      windows.set(accountId, current);
      const isUsedUp = current.used >= limit;
      if (!isUsedUp) current.used += 1;
      return { remaining: limit - current.used, resetsAt: current.resetsAt, isUsedUp };
    },
  };
}

/** v2 reports its limits with every answer, Graph does not (docs/protocol.md#throttling). */
export function rateLimitHeaders(limit: number, { remaining, resetsAt }: RateAllowance): Record<string, string> {
  return { 'Rate-Limit-Limit': String(limit), 'Rate-Limit-Remaining': String(remaining), 'Rate-Limit-Reset': resetsAt };
}
