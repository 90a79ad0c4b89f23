import type { TaskBody } from '../task/task.ts';

/** What an encoded body begins with, unless it is a text that does not begin like this itself. */
const marks = { html: '\u0001html\u0001', text: '\u0001text\u0001' } as const;

/** A body as one string, to be kept as a draft: most texts as they are, everything else behind a mark. */
export function encodeBodyDraft({ contentType, content }: TaskBody): string {
  return contentType === 'html' || content.startsWith('\u0001') ? marks[contentType] + content : content;
}

/** The inverse of `encodeBodyDraft`. */
export function decodeBodyDraft(draft: string): TaskBody {
  for (const contentType of ['html', 'text'] as const) {
    const mark = marks[contentType];
    if (draft.startsWith(mark)) return { contentType, content: draft.slice(mark.length) };
  }
  return { contentType: 'text', content: draft };
}
