import type { RecurrencePattern } from '../../../domain/recurrence/recurrencePatterns.ts';
import { weekIndexes } from '../../../domain/task/task.ts';
import type { RecurrenceRequest } from '../../../domain/task/task.ts';
import { toDay, weekdayOf, weekdays } from '../../../domain/time/time.ts';
import type { Weekday } from '../../../domain/time/time.ts';
import { weekendDays, workdays } from '../../../domain/time/weekdays.ts';
import type { QuickAddContext } from './parserContext.ts';
import type { RecurrenceLanguage, RecurrenceUnit } from './recurrenceLanguages.ts';

/** The text that remains to parse: as typed, and without accents. Both have the same length. */
type Rest = { text: string; unaccented: string };
type ParserContext = Pick<QuickAddContext, 'firstDayOfWeek' | 'parseDay' | 'now'>;

const units = ['day', 'week', 'month', 'year'] as const;
const end = '(?![^\\s,])';
const date = '(?:[1-9]|[12]\\d|3[01])';

/** Removes accents without changing any offset. */
export function removeAccents(text: string): string {
  return text.replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize('NFD').charAt(0));
}

/** The offsets where a recurrence may begin, in any of the languages. */
export function recurrenceStarts(text: string, languages: readonly RecurrenceLanguage[]): readonly number[] {
  const starts = languages.flatMap(({ every, everyFew, often, workdays: all, plainWeekdays }) => [
    every,
    everyFew,
    ...Object.values(often),
    all,
    ...(plainWeekdays === undefined ? [] : [plainWeekdays]),
  ]);
  const begin = new RegExp(`(?<![^\\s])(?:${starts.join('|')})${end}`, 'gi');
  return [...removeAccents(text).matchAll(begin)].map(({ index }) => index);
}

/**
 * The recurrence at the beginning of the text: "every 2 weeks on mon and thu until 30 june", "monthly on the last friday, 12 times",
 * "jeden Montag bis 30. Juni". Null when the words are no recurrence in this language.
 */
export function parseRecurrence(
  text: string,
  language: RecurrenceLanguage,
  context: ParserContext,
): { rule: RecurrenceRequest; length: number } | null {
  const rest: Rest = { text, unaccented: removeAccents(text) };
  const pattern = parsePattern(rest, language, context);
  if (pattern === null) return null;
  const range = parseRange(rest, language, context.parseDay);
  return { rule: { pattern, range }, length: text.length - rest.text.length };
}

/** Removes a match from the front of the text and returns its groups in lower case; null without a match. */
function consume(rest: Rest, pattern: string): readonly string[] | null {
  const match = new RegExp(`^(?:${pattern})${end}`, 'i').exec(rest.unaccented);
  if (match === null) return null;
  drop(rest, match[0].length);
  return match.map((part) => (part ?? '').toLowerCase());
}

function drop(rest: Rest, length: number) {
  rest.text = rest.text.slice(length);
  rest.unaccented = rest.unaccented.slice(length);
}

const anyOf = (all: readonly string[]) => `(?:${all.join('|')})`;

function weekdayList(language: RecurrenceLanguage): string {
  const name = anyOf(language.weekdays);
  return `${name}(?:(?:, ?| (?:${language.and}) | ?& ?)(?:(?:${language.and}) )?${name})*`;
}

function parsePattern(rest: Rest, language: RecurrenceLanguage, context: ParserContext): RecurrencePattern | null {
  const { firstDayOfWeek } = context;
  const everyOther = `(?:${language.every}) (?:${language.other})${language.everyOther === undefined ? '' : `|${language.everyOther}`}`;
  if (consume(rest, language.workdays) !== null) return weekly(workdays, 1, firstDayOfWeek);
  const plain =
    language.plainWeekdays === undefined ? null : consume(rest, `(${weekdayList(plainWeekdays(language))})`);
  if (plain !== null) return weekly(weekdaysIn(plain[1] ?? '', language), 1, firstDayOfWeek);
  const named = consume(rest, `(?:${language.every}) (${weekdayList(language)})`);
  if (named !== null) return weekly(weekdaysIn(named[1] ?? '', language), 1, firstDayOfWeek);
  const second = consume(rest, `(?:${everyOther}) (${anyOf(language.weekdays)})`);
  if (second !== null) return weekly(weekdaysIn(second[1] ?? '', language), 2, firstDayOfWeek);

  for (const unit of units) {
    if (consume(rest, language.often[unit]) !== null) return parseDetails(rest, language, unit, 1, context);
  }
  for (const unit of units) {
    const name = language.units[unit];
    if (consume(rest, `(?:${language.every}) (?:${name})`) !== null)
      return parseDetails(rest, language, unit, 1, context);
    const counted = consume(
      rest,
      `(?:${language.everyFew}|${language.every}) (\\d{1,3}|${anyOf(language.few)}) (?:${name})`,
    );
    if (counted !== null) {
      const interval = numberIn(counted[1] ?? '', language);
      const isWithin = interval >= 1 && interval <= (unit === 'day' ? 999 : 99);
      return isWithin ? parseDetails(rest, language, unit, interval, context) : null;
    }
    const other = consume(rest, `(?:${everyOther}) (?:${name})`);
    if (other !== null) return parseDetails(rest, language, unit, 2, context);
  }
  return null;
}

/** The language with plain names, such as 'montags', in place of its weekdays. */
function plainWeekdays(language: RecurrenceLanguage): RecurrenceLanguage {
  return { ...language, weekdays: [language.plainWeekdays ?? ''] };
}

function parseDetails(
  rest: Rest,
  language: RecurrenceLanguage,
  unit: RecurrenceUnit,
  interval: number,
  context: ParserContext,
): RecurrencePattern {
  const { now, firstDayOfWeek } = context;
  const today = { month: Number(now.slice(5, 7)), date: Number(now.slice(8, 10)) };
  if (unit === 'day') return { type: 'daily', interval };
  if (unit === 'week') {
    const on = consume(rest, `(?:${language.onWeekday}) (${weekdayList(language)})`);
    const days = on === null ? [weekdayOf(toDay(now))] : weekdaysIn(on[1] ?? '', language);
    return weekly(days, interval, firstDayOfWeek);
  }
  const { anyDay, anyWorkday, anyWeekendDay = '(?!)', onDate, of } = language;
  const month = `(?:${of})(${anyOf(language.months)})`;
  const kind = `(${anyOf([anyWorkday, anyWeekendDay, anyDay, ...language.weekdays])})`;
  const nth = consume(rest, `(?:${onDate}) ?(${anyOf(language.indexes)}) ${kind}${unit === 'year' ? month : ''}`);
  if (nth !== null) {
    const index = weekIndexes[indexIn(nth[1] ?? '', language.indexes)] ?? 'first';
    const dayKind = nth[2] ?? '';
    const isKind = (words: string) => indexIn(dayKind, [words]) === 0;
    const kinds = [
      [anyWorkday, workdays],
      [anyWeekendDay, weekendDays],
      [anyDay, weekdays],
    ] as const;
    const daysOfWeek = kinds.find(([words]) => isKind(words))?.[1] ?? weekdaysIn(dayKind, language);
    return unit === 'year'
      ? { type: 'relativeYearly', interval, month: indexIn(nth[3] ?? '', language.months) + 1, daysOfWeek, index }
      : { type: 'relativeMonthly', interval, daysOfWeek, index };
  }
  const day = `(${date})(?:${language.ordinal})?`;
  if (unit === 'year') {
    const on = consume(rest, `(?:${onDate}) ${day}${month}`);
    const monthFirst = on === null ? consume(rest, `(?:${onDate}) (${anyOf(language.months)}) ${day}`) : null;
    const [dayOfMonth, name] = on !== null ? [on[1], on[2]] : monthFirst !== null ? [monthFirst[2], monthFirst[1]] : [];
    if (dayOfMonth === undefined || name === undefined) {
      return { type: 'absoluteYearly', interval, month: today.month, dayOfMonth: today.date };
    }
    return {
      type: 'absoluteYearly',
      interval,
      month: indexIn(name, language.months) + 1,
      dayOfMonth: Number(dayOfMonth),
    };
  }
  const on = consume(rest, `(?:${onDate}) ${day}`);
  return { type: 'absoluteMonthly', interval, dayOfMonth: on === null ? today.date : Number(on[1]) };
}

/** "until 30 june", "12 times"; without either the series has no end. */
function parseRange(
  rest: Rest,
  language: RecurrenceLanguage,
  parseDay: ParserContext['parseDay'],
): RecurrenceRequest['range'] {
  const times = consume(rest, `,? (?:for )?([1-9]\\d{0,2}) ?(?:${language.times}|x)`);
  if (times !== null) return { type: 'numbered', numberOfOccurrences: Number(times[1]) };
  if (language.once !== undefined && consume(rest, `,? (?:${language.once})`) !== null) {
    return { type: 'numbered', numberOfOccurrences: 1 };
  }
  const until = new RegExp(`^,? (?:${language.until}) (?=\\S)`, 'i').exec(rest.unaccented)?.[0];
  if (until !== undefined) {
    const words = [...rest.text.slice(until.length).matchAll(/\S+/g)].slice(0, 5);
    for (const { index, 0: word } of words.toReversed()) {
      const length = until.length + index + word.length;
      const found = parseDay(rest.text.slice(until.length, length));
      if (found?.day === null || found?.day === undefined || found.time !== null) continue;
      drop(rest, length);
      return { type: 'endDate', endDate: found.day };
    }
  }
  return { type: 'noEnd' };
}

function weekly(daysOfWeek: readonly Weekday[], interval: number, firstDayOfWeek: Weekday): RecurrencePattern {
  return { type: 'weekly', interval, daysOfWeek, firstDayOfWeek };
}

function weekdaysIn(text: string, language: RecurrenceLanguage): readonly Weekday[] {
  const names = text.split(/[\s,&]+/);
  return weekdays.filter((_day, at) => names.some((word) => indexIn(word, [language.weekdays[at] ?? '']) === 0));
}

/** The index of the pattern that matches the whole word; -1 for none. */
function indexIn(word: string, all: readonly string[]): number {
  return all.findIndex((words) => new RegExp(`^(?:${words})$`).test(word));
}

function numberIn(word: string, language: RecurrenceLanguage): number {
  return /^\d+$/.test(word) ? Number(word) : indexIn(word, language.few) + 2;
}
