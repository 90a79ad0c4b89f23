import { cutText, limits } from '../limits.ts';
import { categoryKey } from './category.ts';
import type { TaskBody, TaskPatch } from './task.ts';

/** A subject cut to its limit, never inside a grapheme cluster. */
export function cutSubject(text: string): string {
  if (text.length <= limits.subject) return text;
  let cut = '';
  for (const { segment } of characters.segment(text.slice(0, limits.subject * 2))) {
    if (cut.length + segment.length >= limits.subject) break;
    cut += segment;
  }
  return `${cut === '' ? cutText(text, limits.subject - 1) : cut.trimEnd()}…`;
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Whether a text or list of a new task exceeds its limit. */
export function isTooLong({ subject = '', categories = [] }: TaskPatch): boolean {
  return (
    subject.length > limits.subject ||
    categories.length > limits.categories ||
    categories.some((name) => name.length > limits.categoryName)
  );
}

/**
 * A new task within the limits (docs/protocol.md#limits). A subject or categories that do not fit are kept whole in the
 * notes. The same object when everything fits; the length of the notes is not checked.
 */
export function fitTask<T extends TaskPatch>(patch: T): T {
  if (!isTooLong(patch)) return patch;
  const { subject = '', categories = [] } = patch;
  const short = [
    ...new Map(categories.map((name) => [categoryKey(name), cutText(name, limits.categoryName)])).values(),
  ];
  const fitting = short.slice(0, limits.categories);
  const omitted = categories.filter((name) => !fitting.includes(name));
  const omittedTexts = [
    ...(subject.length > limits.subject ? [subject] : []),
    ...(omitted.length > 0 ? [omitted.join(', ')] : []),
  ];
  return {
    ...patch,
    ...(patch.subject !== undefined && { subject: cutSubject(subject) }),
    ...(patch.categories !== undefined && { categories: fitting }),
    body: withTextsFirst(patch.body ?? { contentType: 'text', content: '' }, omittedTexts),
  };
}

function withTextsFirst({ contentType, content }: TaskBody, texts: readonly string[]): TaskBody {
  if (contentType === 'text')
    return { contentType, content: [...texts, ...(content === '' ? [] : [content])].join('\n\n') };
  const escaped = texts.map(
    (one) => `<p>${one.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`,
  );
  return { contentType, content: escaped.join('') + content };
}
