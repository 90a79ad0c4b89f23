import type { RecurrencePattern } from '../../../domain/recurrence/recurrencePatterns.ts';
import { weekIndexes } from '../../../domain/task/task.ts';
import { weekdays, weekdayOf } from '../../../domain/time/time.ts';
import type { RecurrenceRequest } from '../../../domain/task/task.ts';
import type { Weekday, Day } from '../../../domain/time/time.ts';
import { weekendDays, workdays } from '../../../domain/time/weekdays.ts';
import type { QuickAddContext } from './quickAddParser.ts';
import type { RecurrenceLanguage, RecurrenceUnit } from './recurrenceLanguages.ts';

/** What is left to read: as it was typed, and without accents. Both are of one length. */
type Rest = { text: string; plain: string };
type Reading = Pick<QuickAddContext, 'firstDayOfWeek' | 'readDay' | 'now'>;

const units = ['day', 'week', 'month', 'year'] as const;
const end = '(?![^\\s,])';
const date = '(?:[1-9]|[12]\\d|3[01])';

/** Letters without their accents; each stays in its place. */
export function removeAccents(text: string): string {
  return text.replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize('NFD').charAt(0));
}

/** Where rules may begin in a text, in any of the tongues. */
export function recurrenceStarts(text: string, tongues: readonly RecurrenceLanguage[]): readonly number[] {
  const starts = tongues.flatMap(({ every, everyFew, often, workdays: all, plainWeekdays }) => [
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
 * A rule at the beginning of the text: "every 2 weeks on mon and thu until 30 june", "monthly on the last friday, 12 times",
 * "jeden Montag bis 30. Juni". Null when the words are no rule in this tongue.
 */
export function parseRecurrence(
  text: string,
  tongue: RecurrenceLanguage,
  reading: Reading,
): { rule: RecurrenceRequest; length: number } | null {
  const rest: Rest = { text, plain: removeAccents(text) };
  const pattern = takePattern(rest, tongue, reading);
  if (pattern === null) return null;
  const range = takeRange(rest, tongue, reading.readDay);
  return { rule: { pattern, range }, length: text.length - rest.text.length };
}

/** Takes what matches off the front of the text; the answer has what the brackets caught, in small letters. */
function take(rest: Rest, pattern: string): readonly string[] | null {
  const match = new RegExp(`^(?:${pattern})${end}`, 'i').exec(rest.plain);
  if (match === null) return null;
  drop(rest, match[0].length);
  return match.map((part) => (part ?? '').toLowerCase());
}

function drop(rest: Rest, length: number) {
  rest.text = rest.text.slice(length);
  rest.plain = rest.plain.slice(length);
}

const anyOf = (all: readonly string[]) => `(?:${all.join('|')})`;

function weekdayList(tongue: RecurrenceLanguage): string {
  const name = anyOf(tongue.weekdays);
  return `${name}(?:(?:, ?| (?:${tongue.and}) | ?& ?)(?:(?:${tongue.and}) )?${name})*`;
}

function takePattern(rest: Rest, tongue: RecurrenceLanguage, reading: Reading): RecurrencePattern | null {
  const { firstDayOfWeek } = reading;
  const everyOther = `(?:${tongue.every}) (?:${tongue.other})${tongue.everyOther === undefined ? '' : `|${tongue.everyOther}`}`;
  if (take(rest, tongue.workdays) !== null) return weekly(workdays, 1, firstDayOfWeek);
  const plain = tongue.plainWeekdays === undefined ? null : take(rest, `(${weekdayList(plainWeekdays(tongue))})`);
  if (plain !== null) return weekly(weekdaysIn(plain[1] ?? '', tongue), 1, firstDayOfWeek);
  const named = take(rest, `(?:${tongue.every}) (${weekdayList(tongue)})`);
  if (named !== null) return weekly(weekdaysIn(named[1] ?? '', tongue), 1, firstDayOfWeek);
  const second = take(rest, `(?:${everyOther}) (${anyOf(tongue.weekdays)})`);
  if (second !== null) return weekly(weekdaysIn(second[1] ?? '', tongue), 2, firstDayOfWeek);

  for (const unit of units) {
    if (take(rest, tongue.often[unit]) !== null) return takeDetails(rest, tongue, unit, 1, reading);
  }
  for (const unit of units) {
    const name = tongue.units[unit];
    if (take(rest, `(?:${tongue.every}) (?:${name})`) !== null) return takeDetails(rest, tongue, unit, 1, reading);
    const counted = take(rest, `(?:${tongue.everyFew}|${tongue.every}) (\\d{1,3}|${anyOf(tongue.few)}) (?:${name})`);
    if (counted !== null) {
      const interval = numberIn(counted[1] ?? '', tongue);
      const isWithin = interval >= 1 && interval <= (unit === 'day' ? 999 : 99);
      return isWithin ? takeDetails(rest, tongue, unit, interval, reading) : null;
    }
    const other = take(rest, `(?:${everyOther}) (?:${name})`);
    if (other !== null) return takeDetails(rest, tongue, unit, 2, reading);
  }
  return null;
}

/** A tongue in which the names alone mean every such day. */
function plainWeekdays(tongue: RecurrenceLanguage): RecurrenceLanguage {
  return { ...tongue, weekdays: [tongue.plainWeekdays ?? ''] };
}

function takeDetails(
  rest: Rest,
  tongue: RecurrenceLanguage,
  unit: RecurrenceUnit,
  interval: number,
  reading: Reading,
): RecurrencePattern {
  const { now, firstDayOfWeek } = reading;
  const today = { month: Number(now.slice(5, 7)), date: Number(now.slice(8, 10)) };
  if (unit === 'day') return { type: 'daily', interval };
  if (unit === 'week') {
    const on = take(rest, `(?:${tongue.onWeekday}) (${weekdayList(tongue)})`);
    const days = on === null ? [weekdayOf(now.slice(0, 10) as Day)] : weekdaysIn(on[1] ?? '', tongue);
    return weekly(days, interval, firstDayOfWeek);
  }
  const { anyDay, anyWorkday, anyWeekendDay = '(?!)', onDate, of } = tongue;
  const month = `(?:${of})(${anyOf(tongue.months)})`;
  const kind = `(${anyOf([anyWorkday, anyWeekendDay, anyDay, ...tongue.weekdays])})`;
  const nth = take(rest, `(?:${onDate}) ?(${anyOf(tongue.indexes)}) ${kind}${unit === 'year' ? month : ''}`);
  if (nth !== null) {
    const index = weekIndexes[indexIn(nth[1] ?? '', tongue.indexes)] ?? 'first';
    const said = nth[2] ?? '';
    const isOf = (words: string) => indexIn(said, [words]) === 0;
    const kinds = [
      [anyWorkday, workdays],
      [anyWeekendDay, weekendDays],
      [anyDay, weekdays],
    ] as const;
    const daysOfWeek = kinds.find(([words]) => isOf(words))?.[1] ?? weekdaysIn(said, tongue);
    return unit === 'year'
      ? { type: 'relativeYearly', interval, month: indexIn(nth[3] ?? '', tongue.months) + 1, daysOfWeek, index }
      : { type: 'relativeMonthly', interval, daysOfWeek, index };
  }
  const day = `(${date})(?:${tongue.ordinal})?`;
  if (unit === 'year') {
    const on = take(rest, `(?:${onDate}) ${day}${month}`);
    const turned = on === null ? take(rest, `(?:${onDate}) (${anyOf(tongue.months)}) ${day}`) : null;
    const [said, name] = on !== null ? [on[1], on[2]] : turned !== null ? [turned[2], turned[1]] : [];
    if (said === undefined || name === undefined) {
      return { type: 'absoluteYearly', interval, month: today.month, dayOfMonth: today.date };
    }
    return { type: 'absoluteYearly', interval, month: indexIn(name, tongue.months) + 1, dayOfMonth: Number(said) };
  }
  const on = take(rest, `(?:${onDate}) ${day}`);
  return { type: 'absoluteMonthly', interval, dayOfMonth: on === null ? today.date : Number(on[1]) };
}

/** "until 30 june", "12 times"; without either the series has no end. */
function takeRange(rest: Rest, tongue: RecurrenceLanguage, readDay: Reading['readDay']): RecurrenceRequest['range'] {
  const times = take(rest, `,? (?:for )?([1-9]\\d{0,2}) ?(?:${tongue.times}|x)`);
  if (times !== null) return { type: 'numbered', numberOfOccurrences: Number(times[1]) };
  if (tongue.once !== undefined && take(rest, `,? (?:${tongue.once})`) !== null) {
    return { type: 'numbered', numberOfOccurrences: 1 };
  }
  const until = new RegExp(`^,? (?:${tongue.until}) (?=\\S)`, 'i').exec(rest.plain)?.[0];
  if (until !== undefined) {
    const words = [...rest.text.slice(until.length).matchAll(/\S+/g)].slice(0, 5);
    for (const { index, 0: word } of words.toReversed()) {
      const length = until.length + index + word.length;
      const found = readDay(rest.text.slice(until.length, length));
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

function weekdaysIn(text: string, tongue: RecurrenceLanguage): readonly Weekday[] {
  const said = text.split(/[\s,&]+/);
  return weekdays.filter((_day, at) => said.some((word) => indexIn(word, [tongue.weekdays[at] ?? '']) === 0));
}

/** Which of the words this is; -1 for none. */
function indexIn(said: string, all: readonly string[]): number {
  return all.findIndex((words) => new RegExp(`^(?:${words})$`).test(said));
}

function numberIn(said: string, tongue: RecurrenceLanguage): number {
  return /^\d+$/.test(said) ? Number(said) : indexIn(said, tongue.few) + 2;
}
