/** A word, number or mark of a line, with its place. */
export type Word = {
  /** Lower case, without accents. */
  text: string;
  start: number;
  end: number;
  isNumber: boolean;
  /** Follows the word before it without a space. */
  isGlued: boolean;
  /** Something may be read from here on: it does not continue a word, an address, a version or a path. */
  canOpen: boolean;
  /** Something that is read may end here. */
  canClose: boolean;
};

const wordPattern = /\d+|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*|[^\s\d\p{L}]/gu;
const letterOrDigit = /[\p{L}\p{N}]/u;
/** Letters that have no decomposition. */
const plainLetters: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', ß: 'ss', '’': "'" };

/** Lower case without accents; offsets are not kept. */
export function foldWord(text: string): string {
  const folded = text.slice(0, 60).toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  return folded.replaceAll(/[łøß’]/g, (letter) => plainLetters[letter] ?? letter);
}

/** The words of a line outside the masked ranges, which appear as one word without text each. */
export function wordsOf(line: string, masked: readonly (readonly [from: number, to: number])[] = []): readonly Word[] {
  const words: Word[] = [];
  let mask = 0;
  for (const { 0: raw, index } of line.matchAll(wordPattern)) {
    while ((masked[mask]?.[1] ?? Infinity) <= index) mask += 1;
    const range = masked[mask];
    if (range !== undefined && index >= range[0]) {
      if (words.at(-1)?.end !== range[1]) words.push(maskedWord(range));
      continue;
    }
    const end = index + raw.length;
    words.push({
      text: foldWord(raw),
      start: index,
      end,
      isNumber: /^\d/.test(raw),
      isGlued: words.at(-1)?.end === index,
      canOpen: canOpenAfter(line, index),
      canClose: canCloseBefore(line, end),
    });
  }
  return words;
}

function maskedWord([start, end]: readonly [from: number, to: number]): Word {
  return { text: '', start, end, isNumber: false, isGlued: false, canOpen: false, canClose: false };
}

function canOpenAfter(line: string, at: number): boolean {
  const before = line.charAt(at - 1);
  if (before === '' || /[\s([{,;–—]/.test(before)) return true;
  // "note: fri" and "note:fri", but not "12:fri".
  return before === ':' && !/\d/.test(line.charAt(at - 2));
}

function canCloseBefore(line: string, at: number): boolean {
  const after = line.charAt(at);
  if (after === '' || /[\s)\]},;–—]/.test(after)) return true;
  // The end of a sentence, but not "monday.com".
  return /[.:!?…]/.test(after) && !letterOrDigit.test(line.charAt(at + 1));
}
