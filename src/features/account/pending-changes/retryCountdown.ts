import { msBetween, type Instant } from '../../../domain/time/time.ts';

/** Whole seconds that are left, rounded up, so that it never says 0 while there is something to wait for. */
export function secondsUntil(until: Instant, now: Instant): number {
  return Math.max(0, Math.ceil(msBetween(now, until) / 1000));
}
