import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { toDay } from '../time/time.ts';
import { findCandidates } from './candidates.ts';
import { languageCodes, otherWordsOf, vocabulariesOf } from './languages.ts';
import { parseDay, parseText } from './parser.ts';
import { wordsOf } from './words.ts';

const now = '2026-03-18T11:24:00.000';
const options = { now, locale: 'de-DE', preferred: languageCodes, firstDayOfWeek: 'monday' } as const;

/** Parts of dates in several languages, which make phrases, halves of phrases and nonsense. */
const parts =
  'tomorrow morgen demain friday Freitag vendredi next last every jeden tous les ogni co 2 15 31 12 1st 15. er march März mars until bis from von to – - / . : , 3pm 15 Uhr h at um à remind in ago weeks Monate of the month on am le ^ > # @ !high " “ ” “ every 2nd tuesday daily'.split(
    ' ',
  );
const phrases = fc.array(fc.constantFrom(...parts), { maxLength: 14 }).map((all) => all.join(' '));
const glued = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((all) => all.join(''));
const texts = fc.oneof(phrases, glued, fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 80 }));

describe('any text', () => {
  it('is parsed without an error, and every place of it is in the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { tokens, questions, notes } = parseText(text, options);
        const spans = [...tokens, ...notes, ...questions, ...questions.flatMap(({ choices }) => choices)];
        for (const span of spans) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThan(span.start);
          expect(text.slice(span.start, span.end)).toBe(span.text);
        }
        for (const [at, { start }] of tokens.entries()) expect(start).toBeGreaterThanOrEqual(tokens[at - 1]?.end ?? 0);
        parseDay(text, options);
      }),
      { numRuns: 500 },
    );
  });

  it('stays as it is without words of dates', () => {
    // "q", "x" and "j" alone are in no word of a date.
    const word = fc.stringMatching(/^[qxj]{2,8}$/);
    const lines = fc.array(word, { minLength: 1, maxLength: 12 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(lines, (line) => {
        expect(parseText(line, options)).toEqual({ tokens: [], questions: [], notes: [], subject: line });
      }),
    );
  });

  it('has nothing left to find once its tokens are taken out', () => {
    const phrase = fc.constantFrom(
      'tomorrow 3pm',
      'every monday until 30 june',
      '!high',
      '#home',
      'remind 9:00',
      '>fri',
    );
    const plain = fc.constantFrom('buy', 'milk', 'for the', 'cake', 'and', 'call 911', 'paprika');
    const lines = fc
      .tuple(plain, fc.uniqueArray(phrase, { maxLength: 4 }), fc.array(plain, { maxLength: 4 }))
      .map(([first, dates, rest]) => [first, ...dates, ...rest].join(' '));
    fc.assert(
      fc.property(lines, (line) => {
        const { subject } = parseText(line, { ...options, locale: 'en-GB', preferred: [] });
        const again = parseText(subject, { ...options, locale: 'en-GB', preferred: [] });
        expect(again).toEqual({ tokens: [], questions: [], notes: [], subject });
      }),
    );
  });

  it('is read in time that grows with its length', () => {
    /** How often a word of the text is looked at, which depends on no clock. */
    const looksAt = (text: string) => {
      let looks = 0;
      const words = new Proxy(wordsOf(text), {
        get(all, key) {
          if (typeof key === 'string' && /^\d/.test(key)) looks += 1;
          return Reflect.get<typeof all, string | symbol>(all, key);
        },
      });
      const vocabularies = vocabulariesOf(languageCodes);
      const reading = {
        words,
        vocabularies,
        now,
        today: toDay(now),
        dateOrder: 'dayFirst',
        isTwelveHour: true,
        firstDayOfWeek: 'monday',
        otherWords: otherWordsOf(vocabularies),
      } as const;
      findCandidates(reading, reading);
      return looks;
    };
    const pieces = fc
      .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 5 })
      .map((all) => `${all.join(' ')} `);
    fc.assert(
      fc.property(pieces, (piece) => {
        const [once, twice] = [looksAt(piece.repeat(16)), looksAt(piece.repeat(32))];
        expect(twice).toBeLessThan(once * 2.2 + 2_000);
      }),
      { numRuns: 60 },
    );
  });

  it('is read up to its limit', () => {
    const text = `${'x'.repeat(limits.parsedLine)} tomorrow`;
    expect(parseText(text, options).tokens).toEqual([]);
  });
});
