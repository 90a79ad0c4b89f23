import { casual as german } from 'chrono-node/de';
import { GB, casual as us } from 'chrono-node/en';
import { casual as spanish } from 'chrono-node/es';
import { casual as french } from 'chrono-node/fr';
import { casual as italian } from 'chrono-node/it';
import { casual as dutch } from 'chrono-node/nl';
import { casual as portuguese } from 'chrono-node/pt';
import { addDays, dayInMonth, daysInMonth, isDay, localDate } from '../../domain/time/time.ts';
import { nextMonday } from '../../domain/time/weekdays.ts';
import type { Day } from '../../domain/time/time.ts';

/*
 * Parses days in natural language with chrono-node, in a lazy chunk (docs/decisions/0031-dates-in-words.md). `now` is
 * the wall-clock time in the mailbox's zone, so that "tomorrow" is tomorrow there.
 */

/** A text range that names a day, a time of day, or both. */
export type ParsedDay = {
  /** Start of the range, and its text. */
  index: number;
  text: string;
  /** Null for a time alone: "9:00". */
  day: Day | null;
  /** 'HH:mm' if the text has a time. */
  time: string | null;
  /** Unambiguous: not "march", not "3 days", not a word with another meaning. */
  isClear: boolean;
};

export type DayParserOptions = {
  /** The current wall-clock time, 'yyyy-MM-ddTHH:mm…'. */
  now: string;
  /** Decides how to read 5/4, and which language is tried first. */
  locale: string;
  /** Further languages of the browser's preferences: 'fr-CA', which its region alone would not imply. */
  preferred?: readonly string[];
};

type Reader = typeof us;

const british = withExtraParsers(GB.clone());
const american = withExtraParsers(us.clone());
const byLanguage: Readonly<Record<string, Reader>> = {
  de: german,
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  pt: portuguese,
};
/** Regions where 5/4 is 4 May. */
const monthFirst = new Set(['US', 'PH', 'CA', 'FM', 'MH', 'PW', 'PR', 'GU', 'VI', 'AS']);
/** Abbreviations that are also other words. */
const ambiguousWords =
  /^(?:sat|sun|mon|tue|wed|thu|mar|may|march|august|now|second|dec|jan|so|mo|di|do|mi|fr|sa|lun|jue|vie|sab|dom|jeu|ven|sam|dim|mer|gio|ma|wo|vr|za|zo|seg|ter|qua|qui|sex|segunda|ter\u00e7a|quarta|quinta|sexta)$/i;

/** "3 days" is as often a duration. */
const duration = /^(?:\d+|an?) ?(?:d|w|m|y|h|min|days?|weeks?|months?|years?|hours?|minutes?)$/i;

/** Every day and time named in a text, in order and without overlaps. English and the region's language are both read. */
export function parseDays(text: string, reading: DayParserOptions): readonly ParsedDay[] {
  // Languages overlap: the longest match wins, and among equals the region's language.
  const all = readersFor(reading).flatMap((reader) => readWith(reader, text, reading));
  const apart: ParsedDay[] = [];
  for (const match of all.toSorted((a, b) => b.text.length - a.text.length)) {
    const [from, to] = [match.index, match.index + match.text.length];
    if (apart.every((other) => to <= other.index || from >= other.index + other.text.length)) apart.push(match);
  }
  return apart.toSorted((a, b) => a.index - b.index);
}

/** The day named by the whole text. */
export function parseDay(text: string, reading: DayParserOptions): ParsedDay | null {
  const words = text.trim();
  for (const reader of readersFor(reading, true)) {
    const match = readWith(reader, words, reading).find(({ index, text }) => index === 0 && text === words);
    if (match !== undefined) return match;
  }
  return null;
}

/**
 * The languages to parse, the most likely first: 'en-FR' is English in a French browser, and the browser's preferred
 * languages follow.
 */
export function parserLanguages({ locale, preferred = [] }: Omit<DayParserOptions, 'now'>): readonly string[] {
  const { language, region } = new Intl.Locale(locale).maximize();
  const regional = language in byLanguage ? language : languageOf(region);
  const preferredLanguages = [regional, ...preferred.map((name) => name.split('-')[0] ?? '')].filter(
    (name) => name in byLanguage,
  );
  return [...new Set(language === 'en' ? ['en', ...preferredLanguages] : [...preferredLanguages, 'en'])];
}

function readersFor(reading: DayParserOptions, all = false): readonly Reader[] {
  const english = monthFirst.has(new Intl.Locale(reading.locale).maximize().region ?? '') ? american : british;
  const readers = parserLanguages(reading).map((language) => byLanguage[language] ?? english);
  return [...new Set([...readers, ...(all ? Object.values(byLanguage) : [])])];
}

function languageOf(region: string | undefined): string {
  return region === undefined ? '' : new Intl.Locale(`und-${region}`).maximize().language;
}

function readWith(reader: Reader, text: string, { now }: DayParserOptions): readonly ParsedDay[] {
  // chrono uses the machine's zone, so `now` is passed and read back as a local date.
  const results = reader.parse(text, localDate(now), { forwardDate: !/\b(?:last|past|yesterday|ago)\b/i.test(text) });
  return results.flatMap(({ index, text: words, start }) => {
    if (!endsAtWord(text, index, words)) return [];
    const certain = (part: 'hour' | 'day' | 'month' | 'weekday' | 'year') => start.isCertain(part);
    const day = dayOfParts(start.get('year'), start.get('month'), start.get('day'));
    if (day === undefined) return [];
    const hasTime = certain('hour');
    const hasDay = certain('day') || certain('weekday') || certain('month') || certain('year');
    const hour = start.get('hour') ?? 0;
    const isNumbers = /^[\d./-]+$/.test(words) && !isDay(words);
    return [
      {
        index,
        text: words,
        day: hasDay ? day : null,
        time: hasTime ? `${two(hour)}:${two(start.get('minute') ?? 0)}` : null,
        isClear:
          (certain('day') || certain('weekday')) && !isNumbers && !ambiguousWords.test(words) && !duration.test(words),
      },
    ];
  });
}

/** Rejects a match inside a word: "mon" in "money". */
function endsAtWord(text: string, index: number, words: string): boolean {
  const before = text.slice(0, index).at(-1) ?? ' ';
  const after = text.charAt(index + words.length) || ' ';
  return !/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after);
}

function dayOfParts(year: number | null, month: number | null, date: number | null): Day | undefined {
  if (year === null || month === null || date === null || date > daysInMonth(year, month)) return undefined;
  const day = dayInMonth(year, month, date);
  return isDay(day) && day >= '1601-01-02' && day <= '4500-08-31' ? day : undefined;
}

/** Adds expressions that chrono lacks or reads differently from the quick picks. */
function withExtraParsers(reader: Reader): Reader {
  const parse = (pattern: RegExp, dayFrom: (today: Day, match: RegExpMatchArray) => Day | undefined) =>
    reader.parsers.unshift({
      pattern: () => pattern,
      extract(context, match) {
        const { refDate } = context;
        const today = dayInMonth(refDate.getFullYear(), refDate.getMonth() + 1, refDate.getDate());
        const day = dayFrom(today, match);
        if (day === undefined) return null;
        const [year, month, date] = day.split('-').map(Number);
        return { year: year ?? 0, month: month ?? 0, day: date ?? 0 };
      },
    });
  parse(/day after tomorrow/i, (today) => addDays(today, 2));
  parse(/next week(?!\S)/i, (today) => nextMonday(today));
  parse(/\b(?:tmrw|tmr)\b/i, (today) => addDays(today, 1));
  // 29 February of the next leap year.
  parse(/\b(?:29(?:th)?(?: of)? feb(?:ruary)?|feb(?:ruary)? 29(?:th)?)\b(?![ ,]*\d)/i, (today) => {
    const year = Number(today.slice(0, 4));
    return [0, 1, 2, 3, 4, 5, 6, 7, 8]
      .map((years) => dayInMonth(year + years, 2, 29))
      .find((day) => day.endsWith('29') && day >= today);
  });
  // "the 1st", "on the 5th": the next day with this number.
  parse(
    /\b(?:on )?the (\d{1,2})(?:st|nd|rd|th)\b(?! of\b)(?! (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/i,
    (today, match) => {
      const date = Number(match[1]);
      return [0, 1, 2]
        .map((count) => monthAfter(today, count))
        .filter(([year, month]) => date >= 1 && date <= daysInMonth(year, month))
        .map(([year, month]) => dayInMonth(year, month, date))
        .find((day) => day >= today);
    },
  );
  return reader;
}

function monthAfter(day: Day, count: number): [number, number] {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  return [Math.floor(months / 12), (months % 12) + 1];
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
