/** Parses the text of a search box into the query of the full-text index. */

/** Longer questions are none. Characters. */
export const maxQueryLength = 500;

/** With more, every one of them narrows what the others have narrowed already. */
const mostWords = 20;

/** One letter begins too many words to be a beginning: alone it is a word of its own. */
const shortestBeginning = 2;

const spoken = /[\p{L}\p{N}\p{Co}]/u;

/** What must all be there, in any order: words, or several that stand together. */
export type SearchTerms = {
  terms: readonly string[];
  /** Whether the last word may be the beginning of one. */
  isOpen: boolean;
};

/**
 * Words that must all be there, in any order; `"several words"` in quotes together; the last word may be a beginning, unless
 * it is quoted or followed by a space.
 * @returns undefined when there is no word in it.
 */
export function parseSearchTerms(question: string): SearchTerms | undefined {
  const terms: string[] = [];
  // FTS5 reads its question up to the first NUL.
  const text = question.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ');
  for (const [, phrase, word = ''] of text.matchAll(/"([^"]*)(?:"|$)|([^\s"]+)/g)) {
    const term = phrase ?? word;
    if (spoken.test(term)) terms.push(term);
  }
  const [, last = ''] = /(?:^|[\s"])([^\s"]+)$/.exec(text) ?? [];
  const isOpen = !isInQuotes(text) && last.length >= shortestBeginning && spoken.test(last.at(-1) ?? '');
  const asked = terms.slice(0, mostWords);
  if (asked.length === 0) return undefined;
  const isLastAsked = asked.length === terms.length;
  return { terms: asked, isOpen: isOpen && isLastAsked };
}

/** The question in FTS5's language, whatever is written in it: each word stands in quotes, so no sign in it means anything. */
export function ftsMatchOf({ terms, isOpen }: SearchTerms): string {
  return terms.map((term) => `"${term}"`).join(' AND ') + (isOpen ? ' *' : '');
}

/** Whether the text ends in a phrase that was never closed. */
function isInQuotes(text: string): boolean {
  return text.split('"').length % 2 === 0;
}
