import type { Clock } from '../../src/domain/time/time.ts';
import { msBetween } from '../../src/domain/time/time.ts';
import type { Instant } from '../../src/domain/time/time.ts';

/** What stays free for deletes, sign-ins and the database's own work, in bytes. */
export const diskReserve = 128 * 1024 * 1024;

/** Free space does not change enough within this to pass the reserve. Milliseconds. */
const maxAgeMs = 1_000;

/**
 * Whether less than the reserve is left on the disk of the database. Asks at most once a second.
 * @param freeBytes what the system says is free now.
 */
export function createDiskReserve(freeBytes: () => number, clock: Pick<Clock, 'now'>): () => boolean {
  let known: { at: Instant; isFull: boolean } | undefined;
  return () => {
    const at = clock.now();
    const isKnown = known !== undefined && Math.abs(msBetween(known.at, at)) < maxAgeMs;
    if (known === undefined || !isKnown) known = { at, isFull: freeBytes() < diskReserve };
    return known.isFull;
  };
}
