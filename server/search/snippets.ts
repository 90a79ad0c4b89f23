import { normalizeText } from '../../src/domain/text/foldText.ts';
import { takeTurn } from '../load/fairShare.ts';
import type { SearchTerms } from './searchTerms.ts';

/**
 * Builds the text around a match. SQLite's own functions for it compare every match with every other one: 80,000 of
 * them in one body took 50 s.
 */

/** `hits` are `[start, length]` in UTF-16 units of `text`. */
export type Snippet = { property: 'Subject' | 'Body' | 'Categories'; text: string; hits: readonly [number, number][] };

type Word = { folded: string; start: number; end: number };
type Span = { from: number; to: number };

const wordsAround = 24;
/** Words before the first match. */
const wordsBefore = 8;

/** Words read before others may run. */
const wordsAtOnce = 5_000;

/**
 * Prefers what the task list does not show: the body, then the categories, then the subject.
 * @param pattern of a word, with the flags g and u.
 */
export async function snippetIn(
  texts: { subject: string; body: string; categories: string },
  { terms, isOpen }: SearchTerms,
  pattern: RegExp,
): Promise<Snippet> {
  const { subject, body, categories } = texts;
  const phrases = terms.map((term, at) => ({
    words: [...wordsIn(term, pattern)].map(({ folded }) => folded),
    isOpen: isOpen && at === terms.length - 1,
  }));
  const inBody = await firstMatchIn(body, phrases, pattern);
  if (inBody !== undefined) return excerpt(body, inBody, phrases);
  const whole = (property: Snippet['property'], text: string) => {
    const words = [...wordsIn(text, pattern)];
    return { property, text, hits: spansIn(words, phrases).map((span) => hitOf(words, span, 0)) };
  };
  const inCategories = whole('Categories', categories);
  return inCategories.hits.length > 0 ? inCategories : whole('Subject', subject);
}

type Match = { first: number; words: readonly Word[] };

/** The words around the first match, as far as they are shown; undefined when nothing matches. */
async function firstMatchIn(body: string, phrases: readonly Phrase[], pattern: RegExp): Promise<Match | undefined> {
  const longest = Math.max(...phrases.map(({ words }) => words.length));
  const words: Word[] = [];
  let searched = 0;
  let first: number | undefined;
  for (const word of wordsIn(body, pattern)) {
    words.push(word);
    if (words.length % wordsAtOnce === 0) await takeTurn();
    // One more word than the excerpt tells whether the text goes on; a phrase may begin at the excerpt's last word.
    if (first !== undefined && words.length > first + wordsAround + longest) break;
    while (first === undefined && searched + longest <= words.length) {
      if (longestAt(words, searched, phrases) > 0) first = searched;
      searched += 1;
    }
  }
  for (; first === undefined && searched < words.length; searched += 1) {
    if (longestAt(words, searched, phrases) > 0) first = searched;
  }
  return first === undefined ? undefined : { first, words };
}

function excerpt(body: string, { first, words }: Match, phrases: readonly Phrase[]): Snippet {
  const from = Math.max(0, Math.min(first - wordsBefore, words.length - wordsAround));
  const to = Math.min(words.length, from + wordsAround);
  const start = from === 0 ? 0 : (words[from]?.start ?? 0);
  const end = to === words.length ? body.length : (words[to - 1]?.end ?? body.length);
  const before = from === 0 ? '' : '…';
  const spans = spansIn(words, phrases, first).filter((span) => span.to < to);
  return {
    property: 'Body',
    text: before + body.slice(start, end) + (to === words.length ? '' : '…'),
    hits: spans.map((span) => hitOf(words, span, start - before.length)),
  };
}

function hitOf(words: readonly Word[], { from, to }: Span, origin: number): [number, number] {
  const start = words[from]?.start ?? 0;
  return [start - origin, (words[to]?.end ?? start) - start];
}

type Phrase = { words: readonly string[]; isOpen: boolean };

/** The word ranges that match terms, in order and without overlaps. */
function spansIn(words: readonly Word[], phrases: readonly Phrase[], from = 0): Span[] {
  const spans: Span[] = [];
  for (let at = from; at < words.length; at += 1) {
    const length = longestAt(words, at, phrases);
    if (length === 0) continue;
    spans.push({ from: at, to: at + length - 1 });
    at += length - 1;
  }
  return spans;
}

/** The words of the longest term that begins here; 0 if none does. */
function longestAt(words: readonly Word[], at: number, phrases: readonly Phrase[]): number {
  let longest = 0;
  for (const phrase of phrases) {
    if (phrase.words.length > longest && matchesAt(words, at, phrase)) longest = phrase.words.length;
  }
  return longest;
}

function matchesAt(words: readonly Word[], at: number, phrase: Phrase): boolean {
  const last = phrase.words.length - 1;
  return (
    last >= 0 &&
    phrase.words.every((term, n) => {
      const { folded } = words[at + n] ?? { folded: '' };
      return phrase.isOpen && n === last ? folded.startsWith(term) : folded === term;
    })
  );
}

function* wordsIn(text: string, pattern: RegExp): Generator<Word> {
  for (const { 0: word, index } of text.matchAll(pattern)) {
    yield { folded: foldedWord(word), start: index, end: index + word.length };
  }
}

/** A question is shorter than half of it: the rest of a word does not decide whether it matches. UTF-16 units. */
const comparedLength = 1_000;

function foldedWord(word: string): string {
  if (/^\w*$/.test(word)) return word.toLowerCase();
  return normalizeText(word.slice(0, comparedLength), 'NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}
