import { normalizeText } from '../../src/domain/text/foldText.ts';
import type { Snippet } from './searchHit.ts';
import type { SearchTerms } from './searchTerms.ts';

/** Builds the text around a match, for a database whose index does not provide it in the form that search shows. */

type Word = { folded: string; start: number; end: number };
type Span = { from: number; to: number };

const wordsAround = 24;
/** Words before the first match. */
const wordsBefore = 8;

/** Prefers what the task list does not show: the body, then the categories, then the subject. */
export function snippetIn(
  texts: { subject: string; body: string; categories: string },
  question: SearchTerms,
): Snippet {
  const { subject, body, categories } = texts;
  const inBody = wordsIn(body);
  const [first, ...more] = spansIn(inBody, question);
  if (first !== undefined) return excerpt(body, inBody, [first, ...more]);
  const whole = (property: Snippet['property'], text: string) => {
    const words = wordsIn(text);
    return { property, text, hits: spansIn(words, question).map((span) => hitOf(words, span, 0)) };
  };
  const inCategories = whole('Categories', categories);
  return inCategories.hits.length > 0 ? inCategories : whole('Subject', subject);
}

function excerpt(body: string, words: readonly Word[], spans: readonly [Span, ...Span[]]): Snippet {
  const from = Math.max(0, Math.min(spans[0].from - wordsBefore, words.length - wordsAround));
  const to = Math.min(words.length, from + wordsAround);
  const start = from === 0 ? 0 : (words[from]?.start ?? 0);
  const end = to === words.length ? body.length : (words[to - 1]?.end ?? body.length);
  const before = from === 0 ? '' : '…';
  const shown = spans.filter((span) => span.from >= from && span.to < to);
  return {
    property: 'Body',
    text: before + body.slice(start, end) + (to === words.length ? '' : '…'),
    hits: shown.map((span) => hitOf(words, span, start - before.length)),
  };
}

function hitOf(words: readonly Word[], { from, to }: Span, origin: number): [number, number] {
  const start = words[from]?.start ?? 0;
  return [start - origin, (words[to]?.end ?? start) - start];
}

/** The word ranges that match terms, in order and without overlaps. */
function spansIn(words: readonly Word[], { terms, isOpen }: SearchTerms): Span[] {
  const phrases = terms.map((term, at) => ({
    words: wordsIn(term).map(({ folded }) => folded),
    isOpen: isOpen && at === terms.length - 1,
  }));
  const spans: Span[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const lengths = phrases.filter((phrase) => matchesAt(words, at, phrase)).map((phrase) => phrase.words.length);
    if (lengths.length === 0) continue;
    const to = at + Math.max(...lengths) - 1;
    spans.push({ from: at, to });
    at = to;
  }
  return spans;
}

function matchesAt(words: readonly Word[], at: number, phrase: { words: readonly string[]; isOpen: boolean }): boolean {
  const last = phrase.words.length - 1;
  return (
    last >= 0 &&
    phrase.words.every((term, n) => {
      const { folded } = words[at + n] ?? { folded: '' };
      return phrase.isOpen && n === last ? folded.startsWith(term) : folded === term;
    })
  );
}

/** Split and folded as in the index (db/migrations/postgresSearchIndex.ts). */
function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{Nd}\u0300-\u036f]+/gu)].map(({ 0: word, index }) => ({
    folded: normalizeText(word, 'NFD')
      .replaceAll(/[\u0300-\u036f]/g, '')
      .toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}
