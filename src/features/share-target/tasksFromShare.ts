import { cutSubject } from '../../domain/task/fitTask.ts';
import type { TaskPatch } from '../../domain/task/task.ts';

/** A task to create from shared content, and the files to attach to it. */
export type SharedTaskDraft = { patch: TaskPatch & { subject: string }; files: readonly File[] };

type SharedText = { title: string; text: string; url: string };

/**
 * One task from shared text: its subject is the title, else the first line, the link, or the first file's name; its notes
 * hold the rest. Undefined when nothing is shared.
 */
export function taskFromShare({ title, text, url }: SharedText, files: readonly File[]): SharedTaskDraft | undefined {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const named = title !== '' ? title : (lines[first] ?? '');
  const rest = title !== '' ? lines : lines.slice(first + 1);
  const whole = named !== '' ? named : url !== '' ? url : (files[0]?.name ?? '');
  if (whole === '') return undefined;
  const subject = truncateText(shortLink(whole));
  const notes = [
    ...(subject === whole || files[0]?.name === whole ? [] : [whole]),
    rest.join('\n').trim(),
    ...(url === '' || text.includes(url) || whole === url ? [] : [url]),
  ].filter((part) => part !== '');
  return { patch: { subject, ...textBody(notes.join('\n\n')) }, files };
}

export const textBody = (content: string): Pick<TaskPatch, 'body'> =>
  content === '' ? {} : { body: { contentType: 'text', content } };

/** On one line, cut to the length of a subject. */
export function truncateText(text: string): string {
  return cutSubject(text.replace(/\s+/g, ' ').trim());
}

/** A link alone is shortened to its host and path. */
function shortLink(text: string): string {
  if (!/^https?:\/\/\S+$/i.test(text) || !URL.canParse(text)) return text;
  const { host, pathname } = new URL(text);
  return `${host.replace(/^www\./, '')}${pathname === '/' ? '' : pathname}`;
}
