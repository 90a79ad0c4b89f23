import { createBase64Decoder } from './base64.ts';
import { parseJson } from './jsonText.ts';

const quote = 0x22;
const backslash = 0x5c;

/** Reads the inside of a JSON string that holds base64, in pieces, up to its closing quote. */
export type Base64TextReader = {
  /** Returns where it stopped: at the closing quote, or at the end of the piece. */
  read(bytes: Buffer, from: number): Promise<number>;
  /** Whether the closing quote was reached. */
  readonly isEnded: boolean;
};

/** @param write receives the decoded bytes. */
export function createBase64TextReader(write: (bytes: Uint8Array) => Promise<void>): Base64TextReader {
  const decoder = createBase64Decoder();
  /** The part of an escape that was read so far, such as `\u00`. */
  let escape = '';
  let isEnded = false;
  return {
    get isEnded() {
      return isEnded;
    },
    async read(bytes, from) {
      let at = from;
      while (at < bytes.length) {
        if (escape !== '') {
          escape += String.fromCharCode(bytes[at] ?? 0);
          at += 1;
          const text = unescapeText(escape);
          if (text === undefined) continue;
          escape = '';
          await write(decoder.push(text));
          continue;
        }
        const end = indexOfQuoteOrBackslash(bytes, at);
        if (end > at) await write(decoder.push(bytes.toString('latin1', at, end)));
        at = end;
        if (bytes[at] === backslash) {
          escape = '\\';
          at += 1;
        } else if (bytes[at] === quote) {
          await write(decoder.end());
          isEnded = true;
          return at;
        }
      }
      return at;
    },
  };
}

/** The end of the bytes if there is neither. */
function indexOfQuoteOrBackslash(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(quote, from);
  const stop = end < 0 ? bytes.length : end;
  const slash = bytes.subarray(from, stop).indexOf(backslash);
  return slash < 0 ? stop : from + slash;
}

/** The character that an escape stands for; undefined while the escape is incomplete. */
function unescapeText(escape: string): string | undefined {
  if (escape.startsWith('\\u') && escape.length < 6) return undefined;
  const text = parseJson(`"${escape}"`);
  return typeof text === 'string' ? text : undefined;
}
