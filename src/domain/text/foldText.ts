/** As many marks as one character may carry before a joiner ends the run (UAX #15, Stream-Safe Text Format). */
const longestRun = 30;
const joiner = '\u034f';

/** A text whose runs of combining marks are bounded, so that whoever normalizes it takes time proportional to its length. */
export function boundMarks(text: string): string {
  return text.replaceAll(/\p{M}+/gu, (run) => {
    if (run.length <= longestRun) return run;
    const marks = Array.from(run);
    return marks.map((mark, at) => (at > 0 && at % longestRun === 0 ? joiner + mark : mark)).join('');
  });
}

/**
 * A Unicode normal form in time proportional to the length. Normalizing sorts a run of combining marks in quadratic time, so
 * runs are bounded first; nothing that people write is changed by that.
 */
export function normalizeText(text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): string {
  return boundMarks(text).normalize(form);
}

/** The form in which two texts are equal: letter case and the way an accent is written make no difference. */
export function foldText(text: string): string {
  return normalizeText(text, 'NFC').toLowerCase();
}
