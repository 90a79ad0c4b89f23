import type { Day, Weekday } from '../time/time.ts';
import { find } from './vocabulary.ts';
import type { PhraseName, Vocabulary } from './vocabulary.ts';
import type { Word } from './words.ts';

/** A line, and what its words are read with. */
export type Reading = {
  words: readonly Word[];
  /** The most likely language first. */
  vocabularies: readonly Vocabulary[];
  /** 'yyyy-MM-ddTHH:mm…' in the mailbox's zone. */
  now: string;
  today: Day;
  /** How 5/4 is read; null where the region does not tell. */
  dateOrder: 'dayFirst' | 'monthFirst' | null;
  /** The region writes "5:30" for the afternoon as well. */
  isTwelveHour: boolean;
  firstDayOfWeek: Weekday;
  /** Words that name dates in one of the languages and something else in one of them. */
  otherWords: ReadonlySet<string>;
};

/**
 * How sure it is that words mean a date. `sure`: anywhere · `edge`: at the beginning or end of the line, elsewhere it is
 * asked · `ask`: asked at the beginning or end, ignored elsewhere · `end`: at the end, ignored elsewhere · `endAsk`: asked
 * at the end, ignored elsewhere.
 */
export type Certainty = 'sure' | 'edge' | 'ask' | 'end' | 'endAsk';

/** Articles before the number of a day, alone or within a preposition: "pour le 15", "jusqu'au 15", "del 12 al 15". */
const dayArticles = new Set([
  'the',
  'le',
  'jour',
  'du',
  'au',
  "jusqu'au",
  'el',
  'del',
  'al',
  'dia',
  'il',
  'dal',
  'giorno',
  'o',
  'ao',
  'dnia',
]);

export function isDayArticle(word: Word | undefined): boolean {
  return dayArticles.has(word?.text ?? '');
}

/** Parts of a day, with the time that each stands for. */
export const partTimes = {
  morning: '09:00',
  noon: '12:00',
  afternoon: '15:00',
  evening: '18:00',
  night: '20:00',
} as const;
export type DayPart = keyof typeof partTimes;

/** A day, or the two days that the words may mean: the more likely one first. */
export type DayRead = {
  end: number;
  day: Day;
  other?: Day;
  certainty: Certainty;
  /** For "in 2 hours". */
  time?: string;
  /** For "tonight". */
  part?: DayPart;
  /** Depends on the day it is counted from: a weekday, or a date without a year. */
  isFloating?: boolean;
};

/** The number at a place, in digits or in words, up to `max`. */
export function numberAt(
  vocabulary: Vocabulary,
  words: readonly Word[],
  at: number,
  max: number,
): { value: number; end: number } | null {
  const word = words[at];
  if (word === undefined) return null;
  if (word.isNumber) {
    const value = Number(word.text);
    return word.text.length <= 4 && value >= 1 && value <= max ? { value, end: at + 1 } : null;
  }
  const found = find(vocabulary, 'number', words, at);
  return found !== null && found.value < max ? { value: found.value + 1, end: found.end } : null;
}

/** The first of several phrases at a place. */
export function firstOf<Name extends PhraseName>(
  vocabulary: Vocabulary,
  names: readonly Name[],
  words: readonly Word[],
  at: number,
): { name: Name; end: number } | null {
  let longest: { name: Name; end: number } | null = null;
  for (const name of names) {
    const found = find(vocabulary, name, words, at);
    if (found !== null && found.end > (longest?.end ?? at)) longest = { name, end: found.end };
  }
  return longest;
}

/** Where an optional comma ends. */
export function skipComma(words: readonly Word[], at: number): number {
  return words[at]?.text === ',' ? at + 1 : at;
}

/** The longest first; of equal ones, the one of the more likely language. */
export function longestFirst<Read extends { end: number }>(all: readonly Read[]): readonly Read[] {
  return all.toSorted((a, b) => b.end - a.end);
}

/** Reads each place of a line once: several phrases begin with the same day. */
export function oncePerPlace<Read>(read: (reading: Reading, at: number) => Read) {
  const known = new WeakMap<Reading, Map<number, { value: Read }>>();
  return (reading: Reading, at: number): Read => {
    const places = known.get(reading) ?? new Map<number, { value: Read }>();
    known.set(reading, places);
    const found = places.get(at) ?? { value: read(reading, at) };
    places.set(at, found);
    return found.value;
  };
}

export function two(n: number): string {
  return String(n).padStart(2, '0');
}
