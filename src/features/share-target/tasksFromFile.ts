import type { CalendarTasks } from '../../data/sharing/useCalendarFileReader.ts';
import { textBody, truncateText, type SharedTaskDraft } from './tasksFromShare.ts';

const extension = (file: File) => file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();

/** Whether a file describes tasks itself: a calendar, message or contact. Other files are only attached. */
export const isTaskFile = (file: File): boolean => ['ics', 'eml', 'vcf'].includes(extension(file));

/**
 * The tasks of a calendar file; for an event, a message or a contact, one task of its name with the file attached. A file
 * that cannot be parsed is attached to a task of the file's name. A file that says more than its tasks hold is attached to
 * the first of them.
 */
export async function tasksFromFile(
  file: File,
  readCalendar: (file: Blob) => Promise<CalendarTasks>,
): Promise<readonly SharedTaskDraft[]> {
  const attached: SharedTaskDraft = { patch: { subject: truncateText(file.name) }, files: [file] };
  if (extension(file) === 'ics') {
    const { tasks, isWhole } = await readCalendar(file);
    const drafts = tasks.map(({ patch, attachments }, at) => {
      const isKept = tasks.length === 1 || (at === 0 && !isWhole);
      const inside = attachments.flatMap(({ attachment, content }) =>
        content === null ? [] : [new File([content], attachment.name, { type: content.type })],
      );
      return { patch: namedPatch(patch), files: isKept ? [file] : inside };
    });
    return drafts.length === 0 ? [attached] : drafts;
  }
  const text = await file.text();
  const subject = truncateText(extension(file) === 'eml' ? messageSubject(text) : contactName(text));
  return [subject === '' ? attached : { patch: { subject }, files: [file] }];
}

/** On one line, never empty where the notes say something. */
function namedPatch(patch: CalendarTasks['tasks'][number]['patch']): SharedTaskDraft['patch'] {
  const whole = patch.subject ?? '';
  const subject = truncateText(whole);
  const notes = patch.body?.contentType === 'text' ? patch.body.content : '';
  if (subject !== '') return { ...patch, subject };
  return { ...patch, subject: truncateText(notes.slice(0, 1_000)), ...textBody(notes) };
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

/** The name of the first contact of a vCard; vCard 2.1 writes it in Quoted-Printable. */
export function contactName(text: string): string {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const at = lines.findIndex((line) => /^(?:\w+\.)?FN[;:]/i.test(line));
  const [first = '', ...more] = lines.slice(at, at + 20);
  let line = first;
  const head = line.slice(0, line.indexOf(':'));
  const isQuoted = /quoted-printable/i.test(head);
  for (const next of isQuoted ? more : []) {
    if (!line.endsWith('=')) break;
    line = line.slice(0, -1) + next;
  }
  const name = at < 0 ? '' : line.slice(head.length + 1);
  if (isQuoted) {
    const [, charset = 'utf-8'] = /charset=([\w-]+)/i.exec(head) ?? [];
    return decodedWord(charset, unquoted, name)?.trim() ?? name.trim();
  }
  return name
    .replace(/\\([,;\\])/g, '$1')
    .replace(/\\n/gi, ' ')
    .trim();
}

const base64 = (word: string) => atob(word);
const unquoted = (word: string) =>
  word.replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
const quoted = (word: string) => unquoted(word.replaceAll('_', ' '));

/** Undefined for an unknown character set or invalid encoding: the word then stays encoded. */
function decodedWord(charset: string, decode: (word: string) => string, word: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(Uint8Array.from(decode(word), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
