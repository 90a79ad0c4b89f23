/** In grapheme clusters; about one line of a toast. */
const maxLength = 60;
const changesDirection = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A name for use in a sentence: truncated when it is long, and isolated when it has right-to-left text or marks that
 * would change the direction of the text after it.
 */
export function truncateName(name: string): string {
  const graphemes: string[] = [];
  for (const { segment } of characters.segment(name)) {
    if (graphemes.push(segment) > maxLength) break;
  }
  const short = graphemes.length > maxLength ? `${graphemes.slice(0, maxLength).join('').trimEnd()}…` : name;
  return changesDirection.test(short) ? `\u2068${short}\u2069` : short;
}
