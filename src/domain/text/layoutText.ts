import { limits } from '../limits.ts';

/*
 * Browsers need tens of microseconds a character to lay out a word without a break, and quadratic time for a run of
 * combining marks: 45 s for a million letters, longer for 160,000 marks.
 */

/** A longer word gets invisible breaks for display. In UTF-16 units. */
const maxWordLength = 10_000;
/** Letters between two of those breaks. */
const pieceLength = 100;
/** Further marks on one character are not displayed; no language has more. */
const maxMarks = 30;
/** Zero-width space: a line may break there. */
const zeroWidthSpace = '\u200b';

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

/** Whether a text would take the browser noticeably long to lay out. */
export function isHardToShow(text: string): boolean {
  let word = 0;
  for (let at = 0; at < text.length; at += 1) {
    word = isBreaking(text.charCodeAt(at)) ? 0 : word + 1;
    if (word > maxWordLength) return true;
  }
  // Checked separately, because marks also follow characters of scripts that break anywhere.
  return (text.match(/\p{M}+/gu) ?? []).some((run) => run.length > maxMarks);
}

/** The text with invisible breaks and without excess marks: for display only, never to be stored. */
export function showableText(text: string): string {
  if (!isHardToShow(text)) return text;
  const apart = text.replaceAll(/\p{M}+/gu, (run) =>
    run.length <= maxMarks ? run : Array.from(run).slice(0, maxMarks).join(''),
  );
  let shown = '';
  let from = 0;
  let word = 0;
  for (let at = 0; at < apart.length; at += 1) {
    word = isBreaking(apart.charCodeAt(at)) ? 0 : word + 1;
    if (word < pieceLength) continue;
    shown += apart.slice(from, at + 1) + zeroWidthSpace;
    from = at + 1;
    word = 0;
  }
  return shown + apart.slice(from);
}

/**
 * A subject for display in a list. A subject within the limit is short; servers without a limit may send a longer one.
 */
export function showableSubject(subject: string): string {
  return subject.length <= limits.subject ? subject : showableText(subject.slice(0, limits.text));
}
