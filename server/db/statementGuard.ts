import type { DatabaseSync } from 'node:sqlite';

/**
 * Nothing interrupts a statement from outside: SQLite runs on the event loop. So the statements whose time depends on a
 * request call these functions in each row.
 */

/** SQL that is true while the statement has time left. */
export const hasTime = 'has_time()';

/** SQL that is true while the bytes of the rows that a statement writes fit in memory. */
export const hasRoom = (bytes: string) => `has_room(${bytes})`;

/** The statement would hold up other requests for too long. */
export class StatementTooLong extends Error {
  override name = 'StatementTooLong';
}

/** The rows together are too long for one string. */
export class RowsTooLarge extends Error {
  override name = 'RowsTooLarge';
}

/** Bytes of the notes that one page may hold in memory. */
export const pageRoom = 4 * 1024 * 1024;

export type GuardSettings = {
  /** Longest time of a statement. Milliseconds. */
  longestMs: number;
  /** Milliseconds since some start. */
  uptime: () => number;
};

/** Adds the functions to a connection. @returns what each statement begins with. */
export function addGuard(database: DatabaseSync, { longestMs, uptime }: GuardSettings): { start: () => void } {
  let startedAt: number | undefined;
  let bytes = 0;
  database.function('has_time', () => {
    const now = uptime();
    startedAt ??= now;
    if (now - startedAt > longestMs) throw new StatementTooLong('The statement takes too long.');
    return 1;
  });
  database.function('has_room', (size: unknown) => {
    bytes += Number(size);
    if (bytes > pageRoom) throw new RowsTooLarge('The rows are too large.');
    return 1;
  });
  return {
    start() {
      startedAt = undefined;
      bytes = 0;
    },
  };
}
