import { addMs, msBetween, type Clock, type Instant } from '../../src/domain/time/time.ts';
import type { Db } from '../db/tables.ts';

const day = 24 * 60 * 60_000;
const name = 'clockTrustedAt';

export type ClockCheck =
  | { isTrusted: true }
  /** `seen` is the last trusted time; after `waits` milliseconds the clock is trusted as it is. */
  | { isTrusted: false; seen: Instant; now: Instant; waits: number };

/**
 * Decides whether the clock may cause purges. A clock that is ahead would empty every bin, so after a jump of more than
 * half of the bin's days it is trusted only after a day of uptime, or when an administrator confirms it (`npm run admin
 * -- trust-clock`).
 * @param uptime milliseconds since the start, from a monotonic clock.
 */
export function createClockGuard({ db, clock, binDays, uptime }: ClockGuardInput): () => Promise<ClockCheck> {
  let jumpedAt: number | undefined;

  return async () => {
    const now = clock.now();
    const row = await db.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirst();
    const seen = row?.value ?? now;
    if (msBetween(seen, now) <= (binDays * day) / 2) jumpedAt = undefined;
    else {
      jumpedAt ??= uptime();
      const waits = jumpedAt + day - uptime();
      if (waits > 0) return { isTrusted: false, seen, now, waits };
      jumpedAt = undefined;
    }
    // The clock was set back, so the times it showed before are not trusted.
    await trustClock(db, now);
    return { isTrusted: true };
  };
}

export type ClockGuardInput = { db: Db; clock: Clock; binDays: number; uptime: () => number };

/** Stores a time as trusted: jumps are measured from it. */
export async function trustClock(db: Db, now: Instant): Promise<void> {
  await db
    .insertInto('secrets')
    .values({ name, value: now, created_at: now })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value: now }))
    .execute();
}

/** Describes a jump for the log. */
export function describeJump({ seen, now, waits }: Extract<ClockCheck, { isTrusted: false }>) {
  return { seen, now, until: addMs(now, waits) };
}
