import { createHash } from 'node:crypto';
import { bodyTooLarge, malformedBody } from '../config/appError.ts';
import { createBase64Decoder } from './base64.ts';

export type SplitBody = {
  /** The body without the long text, which stands as `""`. */
  json: unknown;
  /** What the whole body was, for telling two requests apart. SHA-256, hex. */
  digest: string;
};

const quote = 0x22;
const backslash = 0x5c;

/**
 * Reads a JSON object as it arrives and passes one base64 member to `write` in pieces, never holding it whole.
 * Everything else is collected and parsed at the end.
 * @param member is taken out wherever it stands in the outermost object.
 * @param limit of everything else, in bytes.
 * @throws AppError 400 when it cannot be read, 413 when the rest is too large; whatever `write` throws.
 */
export async function splitBody(
  chunks: AsyncIterable<Uint8Array>,
  { member, limit, write }: { member: string; limit: number; write: (bytes: Uint8Array) => Promise<void> },
): Promise<SplitBody> {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  const decoder = createBase64Decoder();
  let size = 0;
  let hasMember = false;

  // Where the reader is. Only the outermost object's names matter; what is deeper is JSON.parse's business.
  let depth = 0;
  let isInText = false;
  let isEscaped = false;
  let awaitsName = false;
  let name: number[] | undefined;
  let isTaken = false;
  /** The member's own text is being read, and this much of an escape in it: `\u00`. */
  let isTaking = false;
  let escape = '';

  function keep(bytes: Buffer): void {
    size += bytes.length;
    if (size > limit) throw bodyTooLarge(limit);
    if (bytes.length > 0) kept.push(Buffer.from(bytes));
  }

  /** Base64 up to the end of the piece or of the text. Returns where it stopped. */
  async function take(bytes: Buffer, from: number): Promise<number> {
    let at = from;
    while (at < bytes.length) {
      if (escape !== '') {
        escape += String.fromCharCode(bytes[at] ?? 0);
        at += 1;
        const text = escapedText(escape);
        if (text === undefined) continue;
        escape = '';
        await write(decoder.push(text));
        continue;
      }
      const end = nextOf(bytes, at);
      if (end > at) await write(decoder.push(bytes.toString('latin1', at, end)));
      at = end;
      if (bytes[at] === backslash) {
        escape = '\\';
        at += 1;
      } else if (bytes[at] === quote) {
        await write(decoder.end());
        isTaking = false;
        return at;
      }
    }
    return at;
  }

  /** Reads one byte of everything else; true when the member's text begins after it. */
  function step(byte: number): boolean {
    if (isInText) {
      if (isEscaped) isEscaped = false;
      else if (byte === backslash) isEscaped = true;
      else if (byte === quote) {
        isInText = false;
        if (name !== undefined) {
          isTaken = isNamed(name, member);
          name = undefined;
        }
        return false;
      }
      if (name !== undefined && name.length < 200) name.push(byte);
      return false;
    }
    switch (byte) {
      case quote:
        if (depth === 1 && isTaken) {
          if (hasMember) throw malformedBody(`The property '${member}' is given twice.`);
          hasMember = true;
          isTaken = false;
          return true;
        }
        isInText = true;
        if (depth === 1 && awaitsName) name = [];
        awaitsName = false;
        return false;
      case 0x7b: // {
      case 0x5b: // [
        depth += 1;
        awaitsName = depth === 1 && byte === 0x7b;
        isTaken = false;
        return false;
      case 0x7d: // }
      case 0x5d: // ]
        depth -= 1;
        return false;
      case 0x2c: // ,
        awaitsName = depth === 1;
        isTaken = false;
        return false;
      default:
        return false;
    }
  }

  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    hash.update(bytes);
    let from = 0;
    let at = 0;
    while (at < bytes.length) {
      if (isTaking) {
        at = await take(bytes, at);
        from = at;
        // The closing quote is kept with what follows: it ends a text whose beginning was kept before.
        if (!isTaking) at += 1;
      } else if (step(bytes[at++] ?? 0)) {
        keep(bytes.subarray(from, at));
        isTaking = true;
        from = at;
      }
    }
    keep(bytes.subarray(from, at));
  }
  if (isTaking) throw malformedBody('The request body is not valid JSON.');
  return { json: parsed(Buffer.concat(kept).toString('utf8')), digest: hash.digest('hex') };
}

/** The first quote or backslash, or the end. */
function nextOf(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(quote, from);
  const stop = end < 0 ? bytes.length : end;
  const slash = bytes.subarray(from, stop).indexOf(backslash);
  return slash < 0 ? stop : from + slash;
}

/** What an escape means; undefined while it is not complete. */
function escapedText(escape: string): string | undefined {
  if (escape.startsWith('\\u') && escape.length < 6) return undefined;
  const text = parsed(`"${escape}"`);
  return typeof text === 'string' ? text : undefined;
}

function isNamed(raw: readonly number[], member: string): boolean {
  const text = Buffer.from(raw).toString('utf8');
  return text === member || (text.includes('\\') && parsed(`"${text}"`) === member);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw malformedBody('The request body is not valid JSON.');
  }
}
