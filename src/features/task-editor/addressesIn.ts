import { isSafeLink } from '../../ui/bodyMessages.ts';

/** A longer text is looked through only so far; in UTF-16 units. */
const longest = 100_000;
/** As many are shown. */
const most = 10;

/** The addresses of the web that a text names, each once, in their order, without what ends the sentence around them. */
export function addressesIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [word] of text.slice(0, longest).matchAll(/\bhttps?:\/\/[^\s<>"'`{}|\\^]+/gi)) {
    const address = trimmed(word);
    if (isSafeLink(address)) found.add(address);
    if (found.size === most) break;
  }
  return [...found];
}

/** What closes a bracket belongs to the address only if it opens one. */
function trimmed(word: string): string {
  const bare = word.replace(/[.,;:!?…»”’*_~]+$/u, '');
  const [last = ''] = bare.slice(-1);
  const open = { ')': '(', ']': '[' }[last];
  return open === undefined || bare.split(open).length >= bare.split(last).length ? bare : trimmed(bare.slice(0, -1));
}
