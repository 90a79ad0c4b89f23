/** What somebody typed into a search box, as what the full-text index is asked. */

/** Longer questions are none. Characters. */
export const longestQuestion = 500;

/** With more, every one of them narrows what the others have narrowed already. */
const mostWords = 20;

/** One letter begins too many words to be a beginning: alone it is a word of its own. */
const shortestBeginning = 2;

const spoken = /[\p{L}\p{N}\p{Co}]/u;

/**
 * Words that must all be there, in any order; `"several words"` in quotes together; the last word may be a beginning, unless
 * it is quoted or followed by a space. Whatever is written, the answer is a question that the index understands: each word
 * stands in quotes, so no sign in it means anything.
 * @returns the condition in FTS5's language, or undefined when there is no word in it.
 */
export function matchOf(question: string): string | undefined {
  const terms: string[] = [];
  // FTS5 reads its question up to the first NUL.
  const text = question.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ');
  for (const [, phrase, word = ''] of text.matchAll(/"([^"]*)(?:"|$)|([^\s"]+)/g)) {
    const term = phrase ?? word;
    if (spoken.test(term)) terms.push(`"${term}"`);
  }
  const [, last = ''] = /(?:^|[\s"])([^\s"]+)$/.exec(text) ?? [];
  const isOpen = !isInQuotes(text) && last.length >= shortestBeginning && spoken.test(last.at(-1) ?? '');
  const asked = terms.slice(0, mostWords);
  if (asked.length === 0) return undefined;
  const isLastAsked = asked.length === terms.length;
  return asked.join(' AND ') + (isOpen && isLastAsked ? ' *' : '');
}

/** Whether the text ends in a phrase that was never closed. */
function isInQuotes(text: string): boolean {
  return text.split('"').length % 2 === 0;
}
