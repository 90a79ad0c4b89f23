import { cutText, limits } from '../limits.ts';

/** Marks that are seen by nobody and turn or hide the letters around them; joiners stay, for some scripts need them. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const joiners = new Set(['\u200c', '\u200d']);
/** What some system takes for a folder, a drive or a pattern. */
const forbidden = /[/\\:*?"<>|]/g;
/** Devices of Windows, whatever their ending. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
/** In characters; systems take 255 bytes, and a letter may have four. */
const longest = 60;

/** A file's name to look at: what `invoice\u202Efdp.exe` is called in truth (`invoicefdp.exe`). Never empty. */
export function displayFileName(name: string, otherwise: string): string {
  const plain = name.replace(unseen, (mark) => (joiners.has(mark) ? mark : '')).trim();
  return plain === '' ? otherwise : plain;
}

/**
 * A name under which a file can be kept anywhere: in no other folder, on no device, hidden nowhere, and with the ending it
 * shows.
 */
export function safeFileName(name: string, otherwise: string): string {
  const flat = withoutDotsAround(displayFileName(name, otherwise).replace(forbidden, '_'));
  const whole = flat === '' ? otherwise : devices.test(flat) ? `_${flat}` : flat;
  const ending = fileExtension(whole);
  const stem = ending === '' ? whole : whole.slice(0, -ending.length - 1);
  const letters = Array.from(stem);
  if (letters.length <= longest) return whole;
  return `${letters.slice(0, longest).join('').trimEnd()}${ending === '' ? '' : `.${ending}`}`;
}

/** Dots and blanks at the ends are what systems leave out or hide a file by. */
function withoutDotsAround(name: string): string {
  let end = name.length;
  while (end > 0 && /[.\s]/.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end).replace(/^[.\s]+/, '');
}

/** A file's name within its limit, with its ending. */
export function cutFileName(name: string): string {
  if (name.length <= limits.attachmentName) return name;
  const ending = fileExtension(name);
  const tail = ending === '' ? '' : `.${ending}`;
  return cutText(name, limits.attachmentName - tail.length) + tail;
}

/** What stands behind the last dot, in small letters; empty without one, or when it is too long to be an ending. */
export function fileExtension(name: string): string {
  const [, ending = ''] = /[^.]\.([\p{L}\p{N}]{1,12})$/u.exec(name.trim()) ?? [];
  return ending.toLowerCase();
}
