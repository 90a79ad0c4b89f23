import { decodeBytes } from '../textEncoding.ts';

/**
 * The text of a Quoted-Printable value (RFC 2045 §6.7) whose soft line breaks are gone. What is not encoded stays as it
 * is. @param charset of the encoded bytes; without one, UTF-8 where they are valid, else Windows-1252.
 */
export function decodeQuotedPrintable(value: string, charset: string | undefined): string {
  return value
    .replace(/(?:=[\da-f]{2})+/gi, (run) =>
      decodeBytes(
        Uint8Array.from(run.slice(1).split('='), (code) => Number.parseInt(code, 16)),
        charset,
      ),
    )
    .replace(/\r\n?/g, '\n');
}
