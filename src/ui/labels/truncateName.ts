/** About one line of a toast. */
const most = 60;
const turnsText = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * What somebody called a task or a folder, as part of a sentence: cut when it is long, so that the sentence keeps its end,
 * and isolated when it runs right to left or carries marks that would turn the words after it.
 */
export function truncateName(name: string): string {
  const kept: string[] = [];
  for (const { segment } of characters.segment(name)) {
    if (kept.push(segment) > most) break;
  }
  const short = kept.length > most ? `${kept.slice(0, most).join('').trimEnd()}…` : name;
  return turnsText.test(short) ? `\u2068${short}\u2069` : short;
}
