import { setTimeout as pause } from 'node:timers/promises';

/** How long to wait for another writing process (the command line, a second service). Milliseconds. */
export const busyTimeout = 10_000;

/** The shortest and the longest pause between two tries. Milliseconds. */
const shortest = 1;
const longest = 50;

/**
 * Retries an action while another process holds the database's write lock. SQLite's own waiting would block the whole
 * service; here only writers wait.
 * @throws the error of the last try, after `busyTimeout`.
 */
export async function withWriteLock<T>(action: () => T): Promise<T> {
  let waited = 0;
  for (let next = shortest; ; next = Math.min(2 * next, longest)) {
    try {
      return action();
    } catch (error) {
      if (!isBusy(error) || waited >= busyTimeout) throw error;
    }
    await pause(next);
    waited += next;
  }
}

/** Any kind of SQLITE_BUSY (sqlite.org/rescode.html#busy): another connection has the lock, and nothing was done. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && error.errcode % 256 === 5;
}
