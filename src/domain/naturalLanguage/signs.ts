import { importances } from '../task/task.ts';
import type { Importance } from '../task/task.ts';
import { foldWord } from './words.ts';

/** A token that begins with a sign, and the range of the line that it covers. */
export type SignToken = { start: number; end: number } & (
  { kind: 'importance'; importance: Importance } | { kind: 'category'; name: string } | { kind: 'folder'; name: string }
);

const importanceWords: Readonly<Record<Importance, readonly string[]>> = {
  high: 'high important urgent hoch wichtig dringend haute elevee alta importante hoog belangrijk wysoki wazne pilne'.split(
    ' ',
  ),
  normal: 'normal normale normaal normalny medium mittel'.split(' '),
  low: 'low niedrig basse faible baja bassa laag baixa niski'.split(' '),
};
const importanceLevels: readonly Importance[] = ['high', 'normal', 'low'];

/** "!high", "!!", "!1", "p1", `#home`, `#"two words"`, `@Folder`, `@"Two words"`, each between spaces. */
export function signTokens(line: string): readonly SignToken[] {
  const tokens: SignToken[] = [];
  for (const { 0: text, index, 1: word = '' } of line.matchAll(/(?<!\S)!(\p{L}{2,20}|!{1,2}|[123])(?!\S)/gu)) {
    const importance = importanceOf(word);
    if (importance !== undefined)
      tokens.push({ kind: 'importance', importance, start: index, end: index + text.length });
  }
  for (const { 0: text, index, 1: level } of line.matchAll(/(?<!\S)p([123])(?!\S)/gi)) {
    const importance = importanceLevels[Number(level) - 1];
    if (importance !== undefined)
      tokens.push({ kind: 'importance', importance, start: index, end: index + text.length });
  }
  // "#1" is a number, not a category, and "@" alone is a sign.
  const names = /(?<!\S)([#@])(?:"([^"\n]{1,255})"|(?=[\p{N}_-]{0,40}\p{L})([\p{L}\p{M}\p{N}_-]{1,255}))(?!\S)/gu;
  for (const { 0: text, index, 1: sign, 2: quoted, 3: plain } of line.matchAll(names)) {
    const name = (quoted ?? plain ?? '').trim();
    if (name === '') continue;
    tokens.push({ kind: sign === '#' ? 'category' : 'folder', name, start: index, end: index + text.length });
  }
  return tokens.toSorted((a, b) => a.start - b.start);
}

function importanceOf(word: string): Importance | undefined {
  if (word.startsWith('!')) return 'high';
  if (/^\d$/.test(word)) return importanceLevels[Number(word) - 1];
  const folded = foldWord(word);
  return importances.find((importance) => importanceWords[importance].includes(folded));
}

/** German closes „ with “, Polish with ”. */
const closingMarks: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“”', '«': '»' };

/** Where the line is in quotes; a quotation mark without its partner quotes nothing. */
export function quotedRanges(line: string): readonly (readonly [from: number, to: number])[] {
  const ranges: (readonly [number, number])[] = [];
  const unclosed = new Set<string>();
  for (let at = 0; at < line.length; at += 1) {
    const mark = line.charAt(at);
    const close = Object.hasOwn(closingMarks, mark) ? closingMarks[mark] : undefined;
    if (close === undefined || unclosed.has(mark)) continue;
    const ends = Array.from(close, (one) => line.indexOf(one, at + 1)).filter((end) => end >= 0);
    const end = Math.min(...ends);
    // None follows any later one either.
    if (ends.length === 0) unclosed.add(mark);
    else {
      ranges.push([at, end + 1]);
      at = end;
    }
  }
  return ranges;
}
