import { hash } from 'node:crypto';
import type { MailboxRef } from '../db/mailboxTransaction.ts';

/**
 * The position of a reader in a feed: it has received everything before. Rows are in order of number and, within one
 * write, of id; `{ seq: 9, id: '' }` is before every row of write 9.
 */
export type FeedPosition = { seq: number; id: string };

/** The content of a token. */
export type Cursor = {
  after: FeedPosition;
  /** The mailbox's number when the reader started: entities deleted by then were never sent to it. */
  floor: number;
  /** The members of `$select`, kept for all later requests (docs/protocol.md#sync). */
  select?: readonly string[];
};

/** The scope of a token: the mailbox and its reader, and the folder, or the mailbox itself for its folders. */
export type FeedScope = MailboxRef & { placeId: string };

const version = '1';

/**
 * Tokens contain their position, so the service stores nothing about readers, and a checksum over account and place
 * that detects damaged tokens and those of another place. It needs no signature: a token gives no access that its
 * bearer does not have.
 */
export function encodeDeltaToken(bearing: FeedScope, { after, floor, select }: Cursor): string {
  const parts = [version, after.seq.toString(36), after.id, floor.toString(36), (select ?? []).join()];
  const text = parts.join('.');
  return Buffer.from(checkOf(bearing, text) + text).toString('base64url');
}

/** Undefined for a text that is no token, is damaged, or belongs to another place or account. */
export function decodeDeltaToken(bearing: FeedScope, token: string): Cursor | undefined {
  const bytes = Buffer.from(token, 'base64url');
  // Decoding is lenient: it ignores invalid characters and the spare bits of the last one.
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
