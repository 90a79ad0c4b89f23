import { cutText, limits } from '../limits.ts';
import { categoryKey } from './category.ts';
import type { TaskBody, TaskPatch } from './task.ts';

/** A subject cut to its limit, never inside a grapheme cluster. */
export function cutSubject(text: string): string {
  if (text.length <= limits.subject) return text;
  let kept = '';
  for (const { segment } of characters.segment(text.slice(0, limits.subject * 2))) {
    if (kept.length + segment.length >= limits.subject) break;
    kept += segment;
  }
  return `${kept === '' ? cutText(text, limits.subject - 1) : kept.trimEnd()}…`;
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
  const left = categories.filter((name) => !fitting.includes(name));
  const words = [...(subject.length > limits.subject ? [subject] : []), ...(left.length > 0 ? [left.join(', ')] : [])];
  return {
    ...patch,
    ...(patch.subject !== undefined && { subject: cutSubject(subject) }),
    ...(patch.categories !== undefined && { categories: fitting }),
    body: withWordsFirst(patch.body ?? { contentType: 'text', content: '' }, words),
  };
}

function withWordsFirst({ contentType, content }: TaskBody, words: readonly string[]): TaskBody {
  if (contentType === 'text')
    return { contentType, content: [...words, ...(content === '' ? [] : [content])].join('\n\n') };
  const escaped = words.map(
    (one) => `<p>${one.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`,
  );
  return { contentType, content: escaped.join('') + content };
}
