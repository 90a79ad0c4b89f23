import { randomBytes } from 'node:crypto';
import { msBetween } from '../../src/domain/time/time.ts';
import type { Clock } from '../../src/domain/time/time.ts';

export type NewId = () => string;

/** The characters of base64url in order of their codes, so that ids sort as text by creation. */
const alphabet = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const epoch = '1970-01-01T00:00:00.000Z';

/**
 * Creates ids of 24 characters: 6 bytes of milliseconds and 12 random ones. Within one process they strictly ascend.
 */
export function createNewId(clock: Clock): NewId {
  const takeRandom = randomTwelves();
  let last = Buffer.alloc(18);
  return () => {
    const bytes = Buffer.alloc(18);
    takeRandom().copy(bytes, 6);
    // The high bit keeps the first character a letter: an id that begins with '-' looks like an option to a shell.
    bytes.writeUIntBE(2 ** 47 + Math.max(0, msBetween(epoch, clock.now())), 0, 6);
    // In the same millisecond, or after the clock was set back, increment the last id; otherwise the order would be
    // random.
    if (bytes.compare(last, 0, 6, 0, 6) <= 0) {
      last.copy(bytes, 0, 0, 12);
      bytes.writeUIntBE((bytes.readUIntBE(6, 6) + 1) % 2 ** 48, 6, 6);
    }
    last = bytes;
    return encodeId(bytes);
  };
}

/** Twelve random bytes at a time, drawn in bulk: each draw is a system call. */
function randomTwelves(): () => Buffer {
  let pool = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at >= pool.length) {
      pool = randomBytes(12 * 1_000);
      at = 0;
    }
    at += 12;
    return pool.subarray(at - 12, at);
  };
}

function encodeId(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const three = bytes.readUIntBE(at, 3);
    for (const shift of [18, 12, 6, 0]) text += alphabet[(three >> shift) & 63];
  }
  return text;
}

/**
 * Whether a text could be an id of this service: any other is malformed, an unknown one is not found
 * (docs/protocol.md#errors).
 */
export function isIdText(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,512}={0,2}$/.test(text);
}
