import { limits } from '../limits.ts';

/*
 * A browser needs tens of microseconds for each character of a word without a break, and quadratic time for a run of combining
 * marks: 45 s for a million letters, more than that for 160,000 marks.
 */

/** A longer word is broken where it is shown; in UTF-16 units. */
const longestWord = 10_000;
/** So many letters stand between two places to break. */
const pieceLength = 100;
/** More marks on one character are left out; no language has them. */
const longestRun = 30;
/** Where a line may end without its being seen. */
const opportunity = '\u200b';

/** Scripts that break between any two characters, or by a dictionary: Thai to Myanmar, Khmer, and from CJK on. */
function isBreaking(code: number): boolean {
  return (
    code <= 0x20 ||
    (code >= 0x0e00 && code <= 0x11ff) ||
    (code >= 0x1780 && code <= 0x17ff) ||
    code >= 0x2e80 ||
    code === 0x200b
  );
}

/** Whether showing a text would hold up the page. */
export function isHardToShow(text: string): boolean {
  let word = 0;
  for (let at = 0; at < text.length; at += 1) {
    word = isBreaking(text.charCodeAt(at)) ? 0 : word + 1;
    if (word > longestWord) return true;
  }
  // Counted apart: marks also follow characters that break.
  return (text.match(/\p{M}+/gu) ?? []).some((run) => run.length > longestRun);
}

/** The text with places to break that are not seen, and without marks beyond counting: to be shown only, never kept. */
export function showableText(text: string): string {
  if (!isHardToShow(text)) return text;
  const apart = text.replaceAll(/\p{M}+/gu, (run) =>
    run.length <= longestRun ? run : Array.from(run).slice(0, longestRun).join(''),
  );
  let shown = '';
  let from = 0;
  let word = 0;
  for (let at = 0; at < apart.length; at += 1) {
    word = isBreaking(apart.charCodeAt(at)) ? 0 : word + 1;
    if (word < pieceLength) continue;
    shown += apart.slice(from, at + 1) + opportunity;
    from = at + 1;
    word = 0;
  }
  return shown + apart.slice(from);
}

/** A subject in a list. One within its limit is short; another may come from a server that has none. */
export function showableSubject(subject: string): string {
  return subject.length <= limits.subject ? subject : showableText(subject.slice(0, limits.text));
}
