import type { Instant } from '../src/domain/time.ts';
import { truncateLog } from './db/truncateLog.ts';
import { writeMailbox, type Db, type Write } from './store.ts';

/**
 * A write that destroys: when it is done, nothing of what it removed is left in the database's files
 * (architecture.md §9).
 */
export async function purgeMailbox<T>(
  db: Db,
  accountId: string,
  at: Instant,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  const made = await writeMailbox(db, accountId, at, work);
  await truncateLog(db);
  return made;
}
