import type { OpenMailbox } from '../access/openMailbox.ts';
import { writeMailbox, type MailboxWrite } from '../db/mailboxTransaction.ts';
import type { HonoContext } from '../http/http.ts';
import { readIdempotencyKey, runOnce } from '../http/idempotency.ts';
import type { ServiceContext } from '../http/requestContext.ts';

/** Writes one item once per idempotency key. */
export function writeItemOnce<T>(
  c: HonoContext,
  { db, clock }: ServiceContext,
  { mailbox, id, text }: { mailbox: OpenMailbox; id: string; text: string },
  { run, load }: Record<'run' | 'load', (write: MailboxWrite) => Promise<T>>,
): Promise<T> {
  const at = clock.now();
  const key = readIdempotencyKey(c, text, at);
  return writeMailbox(db, mailbox, at, (write) =>
    runOnce(write, key, { run: () => run(write), ids: () => [id], load: () => load(write) }),
  );
}
