/** A value of the type TEXT has no control characters but tabs and line breaks, which are `\n` (RFC 5545 §3.3.11). */
export function printableText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}/gu, (sign) => (sign === '\n' || sign === '\t' || sign > '\x7f' ? sign : ''));
}

/** A value that is not escaped, such as an address: a line break in it would begin another property. */
export function printableLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '');
}
