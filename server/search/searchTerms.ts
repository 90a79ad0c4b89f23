/** Parses the text of a search box into the query of the full-text index. */

/** Longer queries are rejected. In characters. */
export const maxQueryLength = 500;

/** Further words are ignored: they would hardly narrow the result. */
const maxWords = 20;

/** A single letter is too short for a prefix: too many words begin with it. */
const minPrefixLength = 2;

const wordCharacter = /[\p{L}\p{N}\p{Co}]/u;

/** Terms that must all match, in any order: words, or phrases. */
export type SearchTerms = {
  terms: readonly string[];
  /** Whether the last word may be a prefix. */
  isOpen: boolean;
};

/**
 * Parses words that must all match in any order, and `"several words"` as a phrase. The last word may be a prefix,
 * unless it is quoted or followed by a space.
 * @returns undefined when the text has no word.
 */
export function parseSearchTerms(question: string): SearchTerms | undefined {
  const terms: string[] = [];
  // FTS5 reads a query only up to the first NUL.
  const text = question.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ');
  for (const [, phrase, word = ''] of text.matchAll(/"([^"]*)(?:"|$)|([^\s"]+)/g)) {
    const term = phrase ?? word;
    if (wordCharacter.test(term)) terms.push(term);
  }
  const [, last = ''] = /(?:^|[\s"])([^\s"]+)$/.exec(text) ?? [];
  const isOpen = !isInQuotes(text) && last.length >= minPrefixLength && wordCharacter.test(last.at(-1) ?? '');
  const searched = terms.slice(0, maxWords);
  if (searched.length === 0) return undefined;
  const isLastAsked = searched.length === terms.length;
  return { terms: searched, isOpen: isOpen && isLastAsked };
}

/** The query in FTS5 syntax: each word is quoted, so that no character has a special meaning. */
export function ftsMatchOf({ terms, isOpen }: SearchTerms): string {
  return terms.map((term) => `"${term}"`).join(' AND ') + (isOpen ? ' *' : '');
}

/** Whether the text ends inside an unclosed phrase. */
function isInQuotes(text: string): boolean {
  return text.split('"').length % 2 === 0;
}
