import { msBetween, type Instant } from '../../../domain/time/time.ts';

/** Whole seconds left, rounded up, so that it never shows 0 while waiting. */
export function secondsUntil(until: Instant, now: Instant): number {
  return Math.max(0, Math.ceil(msBetween(now, until) / 1000));
}
