import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { truncateText, type SharedTaskDraft } from './tasksFromShare.ts';

/** The parser is large and rarely needed. */
const calendarChunk = createLazyChunk(() => import('./tasksFromCalendar.ts'));

const extension = (file: File) => file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();

/** Whether a file describes tasks itself: a calendar, message or contact. Other files are only attached. */
export const isTaskFile = (file: File): boolean => ['ics', 'eml', 'vcf'].includes(extension(file));

/**
 * The tasks of a calendar file; for an event, a message or a contact, one task of its name with the file attached. A file
 * that cannot be parsed is attached to a task of the file's name.
 */
export async function tasksFromFile(file: File, zone: string): Promise<readonly SharedTaskDraft[]> {
  const attached: SharedTaskDraft = { patch: { subject: truncateText(file.name) }, files: [file] };
  const text = await file.text();
  if (extension(file) === 'ics') {
    const { tasksFromCalendar } = await calendarChunk.get();
    const tasks = tasksFromCalendar(text, zone);
    const only = tasks.length === 1;
    return tasks.length === 0 ? [attached] : tasks.map((patch) => ({ patch, files: only ? [file] : [] }));
  }
  const subject = truncateText(extension(file) === 'eml' ? messageSubject(text) : contactName(text));
  return [subject === '' ? attached : { patch: { subject }, files: [file] }];
}

/** The Subject of a message (RFC 5322) with encoded words (RFC 2047) decoded. Empty when it has none. */
export function messageSubject(text: string): string {
  const [head = ''] = text.split(/\r?\n\r?\n/, 1);
  const [, subject = ''] = /^subject:(.*)$/im.exec(head.replace(/\r?\n[ \t]+/g, ' ')) ?? [];
  return subject
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(
      /=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi,
      (whole, charset: string, how: string, word: string) =>
        decodedWord(charset, how.toLowerCase() === 'b' ? base64 : quoted, word) ?? whole,
    )
    .trim();
}

/** The name of the first contact of a vCard. */
export function contactName(text: string): string {
  const [, name = ''] = /^(?:\w+\.)?FN(?:;[^:\r\n\u2028\u2029]*)?:(.*)$/im.exec(text.replace(/\r?\n[ \t]/g, '')) ?? [];
  return name
    .replace(/\\([,;\\])/g, '$1')
    .replace(/\\n/gi, ' ')
    .trim();
}

const base64 = (word: string) => atob(word);
const quoted = (word: string) =>
  word
    .replaceAll('_', ' ')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Undefined for an unknown character set or invalid encoding: the word then stays encoded. */
function decodedWord(charset: string, decode: (word: string) => string, word: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(Uint8Array.from(decode(word), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
