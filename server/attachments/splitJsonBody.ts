import { createHash } from 'node:crypto';
import { bodyTooLarge, malformedBody } from '../config/appError.ts';
import { createBase64TextReader, type Base64TextReader } from './base64Text.ts';
import { parseJson } from './jsonText.ts';
import { createMemberScanner } from './memberScanner.ts';

export type SplitBody = {
  /** The body with `""` in place of the base64 text. */
  json: unknown;
  /** SHA-256 of the whole body in hex, to recognise a repeated request. */
  digest: string;
};

/**
 * Reads a JSON object as it arrives and passes one base64 member to `write` in pieces, never holding it whole.
 * Everything else is collected and parsed at the end.
 * @param member extracted wherever it is in the outermost object.
 * @param limit of everything else, in bytes.
 * @throws AppError 400 when it cannot be read, 413 when the rest is too large; any error of `write`.
 */
export async function splitBody(
  chunks: AsyncIterable<Uint8Array>,
  { member, limit, write }: { member: string; limit: number; write: (bytes: Uint8Array) => Promise<void> },
): Promise<SplitBody> {
  const hash = createHash('sha256');
  const beginsMember = createMemberScanner(member);
  const pieces: Buffer[] = [];
  let size = 0;
  /** Set while the member's text is being read. */
  let content: Base64TextReader | undefined;

  function keep(bytes: Buffer): void {
    size += bytes.length;
    if (size > limit) throw bodyTooLarge(limit);
    if (bytes.length > 0) pieces.push(Buffer.from(bytes));
  }

  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    hash.update(bytes);
    let from = 0;
    let at = 0;
    while (at < bytes.length) {
      if (content !== undefined) {
        at = await content.read(bytes, at);
        from = at;
        if (!content.isEnded) continue;
        // The closing quote is kept with the rest, as its opening quote was.
        content = undefined;
        at += 1;
      } else if (beginsMember(bytes[at++] ?? 0)) {
        keep(bytes.subarray(from, at));
        content = createBase64TextReader(write);
        from = at;
      }
    }
    keep(bytes.subarray(from, at));
  }
  if (content !== undefined) throw malformedBody('The request body is not valid JSON.');
  return { json: parseJson(Buffer.concat(pieces).toString('utf8')), digest: hash.digest('hex') };
}
