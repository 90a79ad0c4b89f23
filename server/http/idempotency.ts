import { parseTextList } from '../db/jsonColumns.ts';
import { createHash } from 'node:crypto';
import { addMs, parseDateTime } from '../../src/domain/time/time.ts';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import { AppError, invalidRequest } from '../config/appError.ts';
import type { HonoContext } from './http.ts';
import type { MailboxWrite } from '../db/mailboxTransaction.ts';
import type { Db } from '../db/tables.ts';
import { runTransaction } from '../db/transaction.ts';

/**
 * A POST that may arrive twice and must take effect once (OASIS Repeatable Requests;
 * docs/architecture.md#idempotency-keys).
 */
export type IdempotencyKey = { id: string; request: string };

/** How long keys are kept; a request first sent earlier is rejected. Milliseconds. */
const retention = 30 * 24 * 60 * 60_000;

/**
 * Reads the Repeatability headers, if there are any.
 * @param text the request's body, part of its identity.
 * @throws AppError 400 when they cannot be read, 412 when the first sending is too long ago.
 */
export function readIdempotencyKey(c: HonoContext, text: string, now: Instant): IdempotencyKey | undefined {
  const id = c.req.header('repeatability-request-id');
  const firstSent = c.req.header('repeatability-first-sent');
  if (id === undefined && firstSent === undefined) return undefined;
  if (id === undefined || !/^[\w-]{8,100}$/.test(id)) throw invalidRequest('Repeatability-Request-ID is not valid.');
  const sent = firstSent === undefined ? undefined : readHttpDate(firstSent);
  if (sent === undefined) throw invalidRequest('Repeatability-First-Sent is not an HTTP date.');
  if (addMs(sent, retention) <= now) throw rejected('The request was first sent too long ago.');
  c.get('headers')['Repeatability-Result'] = 'accepted';
  const request = `${c.req.method} ${new URL(c.req.url).pathname}\n${text}`;
  return { id: id.toLowerCase(), request: createHash('sha256').update(request).digest('hex') };
}

/**
 * Runs the work once per key, and stores the ids of what it created in the same transaction.
 * @param steps `run` does it, `ids` names what it created, `load` reads that again for a repeated request.
 * @throws AppError 412 when the key was used for another request.
 */
export async function runOnce<T>(
  write: MailboxWrite,
  repeat: IdempotencyKey | undefined,
  steps: { run: () => Promise<T>; ids: (result: T) => readonly string[]; load: (ids: readonly string[]) => Promise<T> },
): Promise<T> {
  if (repeat === undefined) return steps.run();
  // Keys belong to the sender, not to the addressed mailbox.
  const sender = write.guestId ?? write.accountId;
  const known = await write.trx
    .selectFrom('repeatability')
    .select(['request', 'answer'])
    .where('account_id', '=', sender)
    .where('request_id', '=', repeat.id)
    .executeTakeFirst();
  if (known !== undefined) {
    if (known.request !== repeat.request) throw rejected('The Repeatability-Request-ID was used for another request.');
    return steps.load(parseTextList(known.answer));
  }
  const result = await steps.run();
  await write.trx
    .insertInto('repeatability')
    .values({
      account_id: sender,
      request_id: repeat.id,
      request: repeat.request,
      answer: JSON.stringify(steps.ids(result)),
      at: write.at,
    })
    .execute();
  return result;
}

/** Deletes expired keys. */
export async function deleteExpiredKeys(db: Db, clock: Clock): Promise<void> {
  await runTransaction(db, (trx) =>
    trx.deleteFrom('repeatability').where('at', '<', addMs(clock.now(), -retention)).execute(),
  );
}

function rejected(message: string): AppError {
  return new AppError(412, 'ErrorInvalidRequest', message, { 'Repeatability-Result': 'rejected' });
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7), and ISO text in UTC, which scripts send. */
function readHttpDate(text: string): Instant | undefined {
  const [, day, name = '', year, time] = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/.exec(text) ?? [];
  const month = String(months.indexOf(name) + 1).padStart(2, '0');
  const iso = day === undefined ? text : `${year}-${month}-${day}T${time}Z`;
  return /^[\d-]+T[\d:.]+Z$/.test(iso) ? parseDateTime(iso)?.instant : undefined;
}
