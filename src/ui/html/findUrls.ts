import { isSafeLinkUrl } from './frameMessages.ts';

/** A longer text is looked through only so far; in UTF-16 units. */
const longest = 100_000;
/** As many are shown. */
const most = 10;

/** The addresses of the web that a text names, each once, in their order, without what ends the sentence around them. */
export function findUrls(text: string): readonly string[] {
  const found = new Set<string>();
  for (const { url } of findUrlSpans(text)) {
    found.add(url);
    if (found.size === most) break;
  }
  return [...found];
}

export type UrlSpan = { url: string; from: number; to: number };

/** Where a text names addresses of the web, in UTF-16 units. */
export function* findUrlSpans(text: string): Generator<UrlSpan> {
  for (const match of text.slice(0, longest).matchAll(/\bhttps?:\/\/[^\s<>"'`{}|\\^]+/gi)) {
    const url = trimmed(match[0]);
    if (isSafeLinkUrl(url)) yield { url, from: match.index, to: match.index + url.length };
  }
}

const opening: Readonly<Record<string, string>> = { ')': '(', ']': '[' };
const ending = new Set('.,;:!?…»”’*_~');

/** What closes a bracket belongs to the address only if it opens one. Each character is looked at once: the text is anybody's. */
function trimmed(word: string): string {
  const unopened = new Map(
    Object.entries(opening).map(([close, open]) => [close, count(word, close) - count(word, open)]),
  );
  let end = word.length;
  for (; end > 0; end -= 1) {
    const last = word.charAt(end - 1);
    const extra = unopened.get(last);
    if (!ending.has(last) && (extra === undefined || extra <= 0)) break;
    if (extra !== undefined) unopened.set(last, extra - 1);
  }
  return word.slice(0, end);
}

const count = (word: string, letter: string) => word.split(letter).length - 1;
