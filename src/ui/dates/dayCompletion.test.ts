import { describe, expect, it } from 'vitest';
import { parseDay } from '../../domain/naturalLanguage/parser.ts';
import { completeDay, dayNames } from './dayCompletion.ts';

const words = [
  { word: 'Today', day: '2026-12-01' },
  { word: 'Tomorrow', day: '2026-12-02' },
  { word: 'Übermorgen', day: '2026-12-03' },
];

describe('completing a half-typed day', () => {
  it.each([
    ['tom', 'Tomorrow'],
    ['TODA', 'Today'],
    ['uberm', 'Übermorgen'],
  ])('“%s” is %s', (typed, word) => {
    expect(completeDay(typed, words, 'en')?.word).toBe(word);
  });

  it.each(['t', '', 'tomx'])('“%s” is none', (typed) => {
    expect(completeDay(typed, words, 'en')).toBeNull();
  });

  it.each(['en', 'de', 'fr'])('names only days that the parser reads (%s)', (locale) => {
    const unread = dayNames(locale).filter(
      (word) => parseDay(word, { now: '2026-12-01T12:00:00.000', locale }) === null,
    );
    expect(unread).toEqual([]);
  });
});
