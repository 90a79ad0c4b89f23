import { trimEndOf } from '../../src/domain/text/trimText.ts';
import { malformedBody } from '../config/appError.ts';

/**
 * Decodes base64 in pieces. Accepts both alphabets, white space and missing padding.
 * @throws AppError 400 for anything else.
 */
export function createBase64Decoder(): { push: (text: string) => Uint8Array; end: () => Uint8Array } {
  let rest = '';
  let isPadded = false;

  return {
    push(text) {
      const packed = /\s/.test(text) ? text.replaceAll(/\s+/g, '') : text;
      const bare = trimEndOf(packed, '=');
      if (isPadded ? bare !== '' : !/^[A-Za-z0-9+/_-]*$/.test(bare)) throw unreadable();
      isPadded ||= bare.length < packed.length;
      const all = rest + bare;
      const whole = all.length - (all.length % 4);
      rest = all.slice(whole);
      return Buffer.from(all.slice(0, whole), 'base64');
    },
    end() {
      if (rest.length === 1) throw unreadable();
      return Buffer.from(rest, 'base64');
    },
  };
}

/** Encodes bytes in pieces as one base64 text. */
export async function* base64Encode(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    const all = rest.length === 0 ? bufferOf(piece) : Buffer.concat([rest, piece]);
    const whole = all.length - (all.length % 3);
    rest = Buffer.from(all.subarray(whole));
    if (whole > 0) yield Buffer.from(all.toString('base64', 0, whole), 'latin1');
  }
  if (rest.length > 0) yield Buffer.from(rest.toString('base64'), 'latin1');
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function unreadable() {
  return malformedBody("Cannot read the value of 'ContentBytes': Expected base64.");
}
