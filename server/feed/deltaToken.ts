import { hash } from 'node:crypto';
import type { MailboxRef } from '../db/mailboxTransaction.ts';

/**
 * How far a reader of a feed has come: everything before this position is known to it. Rows are in order of number and,
 * where one write changed several, of id; `{ seq: 9, id: '' }` stands before every row of write 9.
 */
export type FeedPosition = { seq: number; id: string };

/** What a token says. */
export type Cursor = {
  after: FeedPosition;
  /** The number of the mailbox when the reader began with nothing: what was gone by then it never heard of. */
  floor: number;
  /** The members of `$select`, remembered for all rounds (docs/protocol.md#sync). */
  select?: readonly string[];
};

/** For what a token is, and whose: the mailbox, the folder or the mailbox itself (for its folders), and who reads it. */
export type FeedScope = MailboxRef & { placeId: string };

const version = '1';

/**
 * Tokens hold what they mean, so the service remembers nothing about its readers, and a check over account and place that
 * tells a token of elsewhere and a damaged one. It is no signature and need not be: a token opens nothing that its bearer
 * may not read anyway.
 */
export function encodeDeltaToken(bearing: FeedScope, { after, floor, select }: Cursor): string {
  const parts = [version, after.seq.toString(36), after.id, floor.toString(36), (select ?? []).join()];
  const text = parts.join('.');
  return Buffer.from(checkOf(bearing, text) + text).toString('base64url');
}

/** Undefined for what is no token, is damaged, or belongs to another place or account. */
export function decodeDeltaToken(bearing: FeedScope, token: string): Cursor | undefined {
  const bytes = Buffer.from(token, 'base64url');
  // Decoding is lenient: it passes over strange characters and the spare bits of the last one.
  if (bytes.toString('base64url') !== token) return undefined;
  const whole = bytes.toString();
  const text = whole.slice(checkLength);
  if (whole.slice(0, checkLength) !== checkOf(bearing, text)) return undefined;
  const [tokenVersion, seq = '', id = '', floor = '', ...rest] = text.split('.');
  const isRight = number.test(seq) && number.test(floor) && /^[\w=-]*$/.test(id) && rest.length > 0;
  if (tokenVersion !== version || !isRight) return undefined;
  const select = rest.join('.');
  return {
    after: { seq: Number.parseInt(seq, 36), id },
    floor: Number.parseInt(floor, 36),
    ...(select !== '' && { select: select.split(',') }),
  };
}

const checkLength = 16;
const number = /^[0-9a-z]{1,10}$/;

function checkOf({ accountId, guestId, placeId }: FeedScope, text: string): string {
  const reader = guestId === undefined ? [] : [guestId];
  return hash('sha256', [accountId, placeId, ...reader, text].join('\n'), 'base64url').slice(0, checkLength);
}
