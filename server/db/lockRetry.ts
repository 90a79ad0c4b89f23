import { setTimeout as pause } from 'node:timers/promises';

/** Waits this long for another process (the command line, a second service) that is writing. Milliseconds. */
export const busyTimeout = 10_000;

/** The first pause between two tries, and the longest. Milliseconds. */
const shortest = 1;
const longest = 50;

/**
 * Does what needs the database's write lock, again and again while another process holds it. SQLite's own waiting would
 * stop the whole service meanwhile, reads included; here only the writers wait.
 * @throws what the last try threw, after `busyTimeout`.
 */
export async function withWriteLock<T>(act: () => T): Promise<T> {
  let waited = 0;
  for (let next = shortest; ; next = Math.min(2 * next, longest)) {
    try {
      return act();
    } catch (error) {
      if (!isBusy(error) || waited >= busyTimeout) throw error;
    }
    await pause(next);
    waited += next;
  }
}

/** SQLITE_BUSY in any of its kinds (sqlite.org/rescode.html#busy): the lock is another's, and nothing has been done. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && error.errcode % 256 === 5;
}
