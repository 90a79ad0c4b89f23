import type { Instant } from '../../src/domain/time/time.ts';
import { truncateWal } from './truncateWal.ts';
import { writeMailbox, type MailboxRef, type MailboxWrite } from './mailboxTransaction.ts';
import { type Db } from './tables.ts';

/** A write after which the database files contain nothing of what it deleted (docs/architecture.md#purging). */
export async function purgeInMailbox<T>(
  db: Db,
  mailbox: MailboxRef,
  at: Instant,
  work: (write: MailboxWrite) => Promise<T>,
): Promise<T> {
  const made = await writeMailbox(db, mailbox, at, work);
  await truncateWal(db);
  return made;
}
