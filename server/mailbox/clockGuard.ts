import { addMs, msBetween, type Clock, type Instant } from '../../src/domain/time/time.ts';
import type { Db } from '../db/tables.ts';

const day = 24 * 60 * 60_000;
const name = 'clockTrustedAt';

export type ClockCheck =
  | { isTrusted: true }
  /** `seen` is the last trusted time; after `waits` milliseconds the clock is trusted as it is. */
  | { isTrusted: false; seen: Instant; now: Instant; waits: number };

/**
 * Says whether the clock may decide what is destroyed. A clock that is ahead would empty every bin, so after a jump of
 * more than half of the bin's days it counts only once the service has run for a day, or an administrator says so
 * (`npm run admin -- trust-clock`).
 * @param uptime milliseconds since the start, from a clock that cannot be set.
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
    // A clock that was set back is not believed about what it said before.
    await trustClock(db, now);
    return { isTrusted: true };
  };
}

export type ClockGuardInput = { db: Db; clock: Clock; binDays: number; uptime: () => number };

/** Takes a time as the right one: jumps are counted from it. */
export async function trustClock(db: Db, now: Instant): Promise<void> {
  await db
    .insertInto('secrets')
    .values({ name, value: now, created_at: now })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value: now }))
    .execute();
}

/** Tells a jump in words for the log. */
export function describeJump({ seen, now, waits }: Extract<ClockCheck, { isTrusted: false }>) {
  return { seen, now, until: addMs(now, waits) };
}
