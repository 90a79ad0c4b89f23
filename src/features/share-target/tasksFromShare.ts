import type { TaskPatch } from '../../domain/task/task.ts';

/** A task to be made of what arrived, and what is to be attached to it. */
export type SharedTaskDraft = { patch: TaskPatch & { subject: string }; files: readonly File[] };

/** Outlook cuts subjects here; what does not fit stays whole in the notes. */
const longestSubject = 255;
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

type Words = { title: string; text: string; url: string };

/**
 * One task of what was shared: the title, else the first line, else the link, else the name of the file. The rest are its
 * notes; nothing is left out. Undefined when there is nothing at all.
 */
export function taskFromShare({ title, text, url }: Words, files: readonly File[]): SharedTaskDraft | undefined {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const named = title !== '' ? title : (lines[first] ?? '');
  const rest = title !== '' ? lines : lines.slice(first + 1);
  const whole = named !== '' ? named : url !== '' ? url : (files[0]?.name ?? '');
  if (whole === '') return undefined;
  const subject = truncateText(linkInShort(whole));
  const notes = [
    ...(subject === whole || files[0]?.name === whole ? [] : [whole]),
    rest.join('\n').trim(),
    ...(url === '' || text.includes(url) || whole === url ? [] : [url]),
  ].filter((part) => part !== '');
  return { patch: { subject, ...textBody(notes.join('\n\n')) }, files };
}

export const textBody = (content: string): Pick<TaskPatch, 'body'> =>
  content === '' ? {} : { body: { contentType: 'text', content } };

/** In one line, and no longer than a subject may be. */
export function truncateText(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longestSubject) return line;
  let kept = '';
  for (const { segment } of characters.segment(line)) {
    if (kept.length + segment.length >= longestSubject) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** A bare link says where it leads, without what only machines read. */
function linkInShort(text: string): string {
  if (!/^https?:\/\/\S+$/i.test(text) || !URL.canParse(text)) return text;
  const { host, pathname } = new URL(text);
  return `${host.replace(/^www\./, '')}${pathname === '/' ? '' : pathname}`;
}
