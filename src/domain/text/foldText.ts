/** The most combining marks in a run before a joiner ends it (UAX #15, Stream-Safe Text Format). */
const maxMarks = 30;
const joiner = '\u034f';

/** Limits runs of combining marks, so that normalizing the result takes linear time. */
export function boundMarks(text: string): string {
  return text.replaceAll(/\p{M}+/gu, (run) => {
    if (run.length <= maxMarks) return run;
    const marks = Array.from(run);
    return marks.map((mark, at) => (at > 0 && at % maxMarks === 0 ? joiner + mark : mark)).join('');
  });
}

/**
 * A Unicode normal form in linear time. Normalizing sorts a run of combining marks in quadratic time, so runs are
 * limited first; no text of a real language is changed by that.
 */
export function normalizeText(text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): string {
  return boundMarks(text).normalize(form);
}

/** The form in which two texts are compared: letter case and the encoding of accents make no difference. */
export function foldText(text: string): string {
  return normalizeText(text, 'NFC').toLowerCase();
}
