import { cutText, limits } from '../limits.ts';

/**
 * Invisible characters, some of which hide or reverse the characters around them; joiners stay, because some scripts
 * need them.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const joiners = new Set(['\u200c', '\u200d']);
/** Characters that some file system reads as a folder, a drive or a wildcard. */
const forbidden = /[/\\:*?"<>|]/g;
/** Device names of Windows, with any extension. */
const deviceNames = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
/** In characters; file systems allow 255 bytes, and a character may take four. */
const maxLength = 60;

/**
 * A file name for display without invisible characters: `invoice\u202Efdp.exe` becomes `invoicefdp.exe`. Never empty.
 */
export function displayFileName(name: string, otherwise: string): string {
  const plain = name.replace(invisible, (mark) => (joiners.has(mark) ? mark : '')).trim();
  return plain === '' ? otherwise : plain;
}

/** A name that any file system accepts: without a path, no device, not hidden, and with the extension that it shows. */
export function safeFileName(name: string, otherwise: string): string {
  const flat = withoutDotsAround(displayFileName(name, otherwise).replace(forbidden, '_'));
  const whole = flat === '' ? otherwise : deviceNames.test(flat) ? `_${flat}` : flat;
  const ending = fileExtension(whole);
  const stem = ending === '' ? whole : whole.slice(0, -ending.length - 1);
  const letters = Array.from(stem);
  if (letters.length <= maxLength) return whole;
  return `${letters.slice(0, maxLength).join('').trimEnd()}${ending === '' ? '' : `.${ending}`}`;
}

/** File systems drop trailing dots and blanks, and hide files by leading ones. */
function withoutDotsAround(name: string): string {
  let end = name.length;
  while (end > 0 && /[.\s]/.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end).replace(/^[.\s]+/, '');
}

/** A file name cut to its limit, with its extension. */
export function cutFileName(name: string): string {
  if (name.length <= limits.attachmentName) return name;
  const ending = fileExtension(name);
  const tail = ending === '' ? '' : `.${ending}`;
  return cutText(name, limits.attachmentName - tail.length) + tail;
}

/** The text after the last dot in lower case; empty without a dot, or when it is too long for an extension. */
export function fileExtension(name: string): string {
  const [, ending = ''] = /[^.]\.([\p{L}\p{N}]{1,12})$/u.exec(name.trim()) ?? [];
  return ending.toLowerCase();
}
