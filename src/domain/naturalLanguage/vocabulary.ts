import { wordsOf } from './words.ts';
import type { Word } from './words.ts';

/** Words that name one of several things: their value is the place in the list. */
type ListName = 'weekday' | 'weekdays' | 'monthName' | 'number' | 'ordinal';

/** Words with one meaning each. */
export type PhraseName =
  // Days.
  | 'today'
  | 'tomorrow'
  | 'overmorrow'
  | 'yesterday'
  | 'tonight'
  | 'thisMorning'
  | 'thisAfternoon'
  | 'thisEvening'
  | 'inMonth'
  | 'weekend'
  | 'endOfDay'
  | 'endOfWeek'
  | 'endOfMonth'
  | 'endOfYear'
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'fortnight'
  | 'month'
  | 'quarter'
  | 'year'
  | 'next'
  | 'this'
  | 'previous'
  | 'in'
  | 'fromNow'
  | 'ago'
  | 'agoBefore'
  | 'endOf'
  | 'startOf'
  | 'middleOf'
  | 'dayWord'
  // Times.
  | 'at'
  | 'am'
  | 'pm'
  | 'oclock'
  | 'noon'
  | 'morning'
  | 'afternoon'
  | 'evening'
  | 'night'
  // Recurrences.
  | 'every'
  | 'other'
  | 'everyOther'
  | 'daily'
  | 'weekly'
  | 'fortnightly'
  | 'monthly'
  | 'quarterly'
  | 'yearly'
  | 'workday'
  | 'workdays'
  | 'weekendDay'
  | 'weekends'
  | 'mornings'
  | 'evenings'
  | 'times'
  | 'once'
  | 'done'
  // Between the parts.
  | 'and'
  | 'on'
  | 'article'
  | 'of'
  | 'by'
  | 'before'
  | 'starts'
  | 'ends'
  | 'from'
  | 'to'
  | 'until'
  | 'remind'
  | 'mark';

/** One language. Alternatives are separated by `|`, and written in lower case without accents. */
export type Language = {
  code: string;
  /** Seven, Sunday first. */
  weekday: readonly string[];
  /** The same for "every Monday" in one word: 'mondays'. */
  weekdays: readonly string[];
  monthName: readonly string[];
  /** One to twelve. */
  number: readonly string[];
  /** First, second, third, fourth, last. */
  ordinal: readonly string[];
  phrases: Readonly<Partial<Record<PhraseName, string>>>;
  /** Dates that are as often other words in this language: 'sat', 'may'. They need a context. */
  otherWords: string;
  /** A bare hour is of a twelve-hour clock: "at 5". */
  isTwelveHour?: boolean;
  /** The number of a day needs no mark after `on`, which is as often an article: "le 15". */
  hasBareDates?: boolean;
  /** One unit needs no number: 'za tydzień'. */
  hasBareUnits?: boolean;
  /** `weekdays` are adverbs, which mean nothing but a repetition: 'montags'. */
  hasWeekdayAdverbs?: boolean;
};

type Entry = { words: readonly string[]; value: number };

/** A language, indexed by the first word of each phrase. */
export type Vocabulary = {
  language: Language;
  /** The first words of all phrases. */
  openers: ReadonlySet<string>;
  entries: ReadonlyMap<PhraseName | ListName, ReadonlyMap<string, readonly Entry[]>>;
};

const listNames = ['weekday', 'weekdays', 'monthName', 'number', 'ordinal'] as const;

export function vocabularyOf(language: Language): Vocabulary {
  const entries = new Map<PhraseName | ListName, Map<string, Entry[]>>();
  const add = (name: PhraseName | ListName, alternatives: string, value: number) => {
    const byFirst = entries.get(name) ?? new Map<string, Entry[]>();
    entries.set(name, byFirst);
    for (const phrase of alternatives.split('|')) {
      const words = wordsOf(phrase).map(({ text }) => text);
      const [first] = words;
      if (first === undefined) continue;
      // Longer phrases first: "day after tomorrow" before "day".
      byFirst.set(
        first,
        [...(byFirst.get(first) ?? []), { words, value }].toSorted((a, b) => b.words.length - a.words.length),
      );
    }
  };
  for (const name of listNames) language[name].forEach((phrase, value) => add(name, phrase, value));
  for (const [name, phrase] of Object.entries(language.phrases)) {
    // The type of `phrases` guarantees its keys.
    if (isPhraseName(name)) add(name, phrase, 0);
  }
  return { language, openers: new Set([...entries.values()].flatMap((byFirst) => [...byFirst.keys()])), entries };
}

function isPhraseName(name: string): name is PhraseName {
  return name !== '';
}

/** The longest phrase of this name at a place of the line, and where it ends; null where there is none. */
export function find(
  vocabulary: Vocabulary,
  name: PhraseName | ListName,
  words: readonly Word[],
  at: number,
): { value: number; end: number } | null {
  const first = words[at]?.text;
  if (first === undefined || first === '') return null;
  for (const { words: phrase, value } of vocabulary.entries.get(name)?.get(first) ?? []) {
    if (phrase.every((text, n) => words[at + n]?.text === text)) return { value, end: at + phrase.length };
  }
  return null;
}

/** Where the phrase ends, or `at` itself where it is missing. */
export function skip(vocabulary: Vocabulary, names: readonly PhraseName[], words: readonly Word[], at: number): number {
  for (const name of names) {
    const found = find(vocabulary, name, words, at);
    if (found !== null) return found.end;
  }
  return at;
}
