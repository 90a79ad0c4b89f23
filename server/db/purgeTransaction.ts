import type { Instant } from '../../src/domain/time/time.ts';
import { truncateLog } from './truncateWal.ts';
import { writeMailbox, type Db, type Mailbox, type Write } from './mailboxTransaction.ts';

/**
 * A write that destroys: afterwards the database's files hold nothing of what it removed
 * (docs/architecture.md#purging).
 */
export async function purgeMailbox<T>(
  db: Db,
  mailbox: Mailbox,
  at: Instant,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  const made = await writeMailbox(db, mailbox, at, work);
  await truncateLog(db);
  return made;
}
