import type { RecurrencePattern } from '../recurrence/recurrencePatterns.ts';
import { weekIndexes } from '../task/task.ts';
import { weekdays } from '../time/time.ts';
import type { Weekday } from '../time/time.ts';
import { weekendDays, workdays } from '../time/weekdays.ts';
import { dateAt } from './dates.ts';
import { firstOf, numberAt } from './reading.ts';
import type { Certainty, DayPart, Reading } from './reading.ts';
import { find, skip } from './vocabulary.ts';
import type { PhraseName, Vocabulary } from './vocabulary.ts';

/** How often a task repeats; `anchor` takes its day from the task's own date: "every month". */
export type RulePattern = RecurrencePattern | { type: 'anchor'; unit: 'week' | 'month' | 'year'; interval: number };

/** The pattern of a recurrence, without times and limits; two patterns where the words may mean either. */
export type PatternRead = {
  end: number;
  patterns: readonly RulePattern[];
  certainty: Certainty;
  /** For "every morning". */
  part?: DayPart;
};

const dashes = new Set(['-', '–', '—']);
const quarterMonths = 3;

/** "every 2 weeks on mon", "monthly on the last friday", "jeden Montag", "the 1st of every month". */
export function patternsAt(reading: Reading, vocabulary: Vocabulary, at: number): readonly PatternRead[] {
  return [
    ...everyForms(reading, vocabulary, at),
    ...everyOtherForms(reading, vocabulary, at),
    ...adverbs(reading, vocabulary, at),
    ...pluralForms(reading, vocabulary, at),
    ...ofEveryMonth(reading, vocabulary, at),
  ];
}

function weekly(reading: Reading, daysOfWeek: readonly Weekday[], interval = 1): RecurrencePattern {
  return { type: 'weekly', interval, daysOfWeek, firstDayOfWeek: reading.firstDayOfWeek };
}

/** A list of weekdays: "mon, wed and fri", "mon-fri". */
function weekdaysAt(
  { words }: Reading,
  vocabulary: Vocabulary,
  at: number,
  name: 'weekday' | 'weekdays' = 'weekday',
): { days: readonly Weekday[]; end: number } | null {
  const first = find(vocabulary, name, words, at);
  if (first === null) return null;
  const found = new Set([first.value]);
  let { end } = first;
  let last = first.value;
  for (let count = 0; count < 7; count += 1) {
    const isSpan = dashes.has(words[end]?.text ?? '');
    const joint = isSpan ? end + 1 : skip(vocabulary, ['and'], words, words[end]?.text === ',' ? end + 1 : end);
    const next = joint === end ? null : find(vocabulary, name, words, skip(vocabulary, ['on'], words, joint));
    if (next === null) break;
    if (isSpan) for (let day = last; day !== next.value; day = (day + 1) % 7) found.add(day);
    found.add(next.value);
    last = next.value;
    end = next.end;
  }
  return { days: weekdays.filter((_day, n) => found.has(n)), end };
}

/** "first monday", "last weekday", "third day". */
function nthAt(
  { words }: Reading,
  vocabulary: Vocabulary,
  at: number,
): { index: number; days: readonly Weekday[]; end: number } | null {
  const ordinal = find(vocabulary, 'ordinal', words, at);
  if (ordinal === null) return null;
  const kind = firstOf(vocabulary, ['workday', 'weekendDay', 'day'], words, ordinal.end);
  const days = { workday: workdays, weekendDay: weekendDays, day: weekdays };
  if (kind !== null) return { index: ordinal.value, days: days[kind.name], end: kind.end };
  const weekday = find(vocabulary, 'weekday', words, ordinal.end);
  const day = weekdays[weekday?.value ?? -1];
  return weekday === null || day === undefined ? null : { index: ordinal.value, days: [day], end: weekday.end };
}

function relativeMonthly(index: number, daysOfWeek: readonly Weekday[], interval = 1): RecurrencePattern {
  return { type: 'relativeMonthly', interval, daysOfWeek, index: weekIndexes[index] ?? 'first' };
}

type UnitName = 'day' | 'week' | 'fortnight' | 'month' | 'quarter' | 'year';
const unitNames: readonly UnitName[] = ['day', 'week', 'fortnight', 'month', 'quarter', 'year'];

/** A unit with what follows it: "weeks on mon", "month on the 1st", "year on 5 may". */
function unitForms(
  reading: Reading,
  vocabulary: Vocabulary,
  unit: UnitName,
  count: number,
  end: number,
): readonly PatternRead[] {
  const sure = (end: number, pattern: RulePattern): PatternRead => ({ end, patterns: [pattern], certainty: 'sure' });
  if (unit === 'day') return count > 999 ? [] : [sure(end, { type: 'daily', interval: count })];
  if (count > 99) return [];
  const base = unit === 'fortnight' ? 'week' : unit === 'quarter' ? 'month' : unit;
  const interval = count * (unit === 'fortnight' ? 2 : unit === 'quarter' ? quarterMonths : 1);
  const plain = sure(end, { type: 'anchor', unit: base, interval });
  const { words } = reading;
  const ends = [find(vocabulary, 'on', words, end)?.end ?? end, end];
  const details = ends.flatMap((place) => detailsAt(reading, vocabulary, base, interval, place, place > end));
  return [...details, plain];
}

function detailsAt(
  reading: Reading,
  vocabulary: Vocabulary,
  unit: 'week' | 'month' | 'year',
  interval: number,
  at: number,
  hasPreposition: boolean,
): readonly PatternRead[] {
  const { words } = reading;
  const sure = (end: number, pattern: RulePattern): PatternRead => ({ end, patterns: [pattern], certainty: 'sure' });
  if (unit === 'week') {
    const list = weekdaysAt(reading, vocabulary, at);
    return list === null || !hasPreposition ? [] : [sure(list.end, weekly(reading, list.days, interval))];
  }
  const nth = nthAt(reading, vocabulary, at);
  if (unit === 'month') {
    if (nth !== null) return [sure(nth.end, relativeMonthly(nth.index, nth.days, interval))];
    const number = dayNumberAt(reading, vocabulary, at);
    const isDate = number !== null && (number.isMarked || hasPreposition);
    return isDate ? [sure(number.end, { type: 'absoluteMonthly', interval, dayOfMonth: number.value })] : [];
  }
  if (nth !== null) {
    const month = find(vocabulary, 'monthName', words, skip(vocabulary, ['of'], words, nth.end));
    if (month === null) return [];
    const index = weekIndexes[nth.index] ?? 'first';
    return [sure(month.end, { type: 'relativeYearly', interval, month: month.value + 1, daysOfWeek: nth.days, index })];
  }
  const date = dateAt(reading, vocabulary, at);
  if (date === null || date.year !== null) return [];
  return [sure(date.end, { type: 'absoluteYearly', interval, month: date.month, dayOfMonth: date.date })];
}

/** The number of a day in its month: "1st", "15", "15.". */
function dayNumberAt(
  { words }: Reading,
  vocabulary: Vocabulary,
  at: number,
): { value: number; end: number; isMarked: boolean } | null {
  const word = words[at];
  if (word?.isNumber !== true || word.text.length > 2) return null;
  const value = Number(word.text);
  if (value < 1 || value > 31) return null;
  const mark = words[at + 1]?.isGlued === true ? find(vocabulary, 'mark', words, at + 1) : null;
  // "1." at the end of a sentence closes with or without the mark.
  return { value, end: mark?.end ?? at + 1, isMarked: mark !== null };
}

/** Where "of the month" or "of every month" ends; null without it. */
function endOfOfMonth({ words }: Reading, vocabulary: Vocabulary, at: number): number | null {
  const of = skip(vocabulary, ['of'], words, at);
  const start = find(vocabulary, 'every', words, of)?.end ?? of;
  return start > at ? (find(vocabulary, 'month', words, start)?.end ?? null) : null;
}

function everyForms(reading: Reading, vocabulary: Vocabulary, at: number): readonly PatternRead[] {
  const { words } = reading;
  const every = find(vocabulary, 'every', words, at);
  if (every === null) return [];
  const place = every.end;
  const all: PatternRead[] = [];
  const add = (end: number, ...patterns: readonly RulePattern[]) => all.push({ end, patterns, certainty: 'sure' });

  const workday = find(vocabulary, 'workday', words, place);
  if (workday !== null) add(workday.end, weekly(reading, workdays));
  const weekend = find(vocabulary, 'weekendDay', words, place);
  if (weekend !== null) add(weekend.end, weekly(reading, weekendDays), weekly(reading, ['saturday']));
  for (const name of ['weekday', 'weekdays'] as const) {
    const list = weekdaysAt(reading, vocabulary, place, name);
    if (list !== null) add(list.end, weekly(reading, list.days));
  }
  const part = firstOf(vocabulary, ['morning', 'afternoon', 'evening', 'night'], words, place);
  if (part !== null) {
    all.push({ end: part.end, patterns: [{ type: 'daily', interval: 1 }], certainty: 'sure', part: part.name });
  }
  const other = find(vocabulary, 'other', words, place);
  if (other !== null) all.push(...everySecond(reading, vocabulary, other.end));
  const nth = nthAt(reading, vocabulary, place);
  if (nth !== null) {
    const ofMonth = endOfOfMonth(reading, vocabulary, nth.end);
    const monthly = relativeMonthly(nth.index, nth.days);
    const isOneDay = nth.days.length === 1;
    if (ofMonth !== null) add(ofMonth, monthly);
    else if (isOneDay && (nth.index === 0 || nth.index === 4)) add(nth.end, monthly);
    else if (isOneDay && other === null) add(nth.end, weekly(reading, nth.days, nth.index + 1), monthly);
  }
  const ordinal = find(vocabulary, 'ordinal', words, place);
  const ordinalUnit = ordinal === null ? null : firstOf(vocabulary, unitNames, words, ordinal.end);
  if (ordinal !== null && ordinalUnit !== null && ordinal.value >= 1 && ordinal.value <= 3) {
    all.push(...unitForms(reading, vocabulary, ordinalUnit.name, ordinal.value + 1, ordinalUnit.end));
  }
  const count = numberAt(vocabulary, words, place, 999);
  const countedUnit = count === null ? null : firstOf(vocabulary, unitNames, words, count.end);
  if (count !== null && countedUnit !== null) {
    all.push(...unitForms(reading, vocabulary, countedUnit.name, count.value, countedUnit.end));
  }
  const unit = firstOf(vocabulary, unitNames, words, place);
  if (unit !== null) all.push(...unitForms(reading, vocabulary, unit.name, 1, unit.end));
  all.push(...everyDate(reading, vocabulary, place));
  return all;
}

/** "every 15th", "every 5th day", "every 5 may". */
function everyDate(reading: Reading, vocabulary: Vocabulary, at: number): readonly PatternRead[] {
  const { words } = reading;
  const start = skip(vocabulary, ['on'], words, at);
  const date = dateAt(reading, vocabulary, start);
  if (date !== null && date.year === null) {
    const pattern = { type: 'absoluteYearly', interval: 1, month: date.month, dayOfMonth: date.date } as const;
    return [{ end: date.end, patterns: [pattern], certainty: 'sure' }];
  }
  const number = dayNumberAt(reading, vocabulary, start);
  if (number?.isMarked !== true) return [];
  const unit = firstOf(vocabulary, unitNames, words, number.end);
  if (unit !== null) return unitForms(reading, vocabulary, unit.name, number.value, unit.end);
  const end = endOfOfMonth(reading, vocabulary, number.end) ?? number.end;
  const pattern = { type: 'absoluteMonthly', interval: 1, dayOfMonth: number.value } as const;
  return [{ end, patterns: [pattern], certainty: 'sure' }];
}

/** What follows "every other". */
function everySecond(reading: Reading, vocabulary: Vocabulary, at: number): readonly PatternRead[] {
  const { words } = reading;
  const list = weekdaysAt(reading, vocabulary, at);
  if (list !== null) return [{ end: list.end, patterns: [weekly(reading, list.days, 2)], certainty: 'sure' }];
  const unit = firstOf(vocabulary, unitNames, words, at);
  return unit === null ? [] : unitForms(reading, vocabulary, unit.name, 2, unit.end);
}

/** "om de week", "om de 3 dagen". */
function everyOtherForms(reading: Reading, vocabulary: Vocabulary, at: number): readonly PatternRead[] {
  const { words } = reading;
  const found = find(vocabulary, 'everyOther', words, at);
  if (found === null) return [];
  const count = numberAt(vocabulary, words, found.end, 999);
  const unit = count === null ? null : firstOf(vocabulary, unitNames, words, count.end);
  if (count !== null && unit !== null) return unitForms(reading, vocabulary, unit.name, count.value, unit.end);
  return everySecond(reading, vocabulary, found.end);
}

const adverbUnits = {
  daily: ['day', 1],
  weekly: ['week', 1],
  fortnightly: ['fortnight', 1],
  monthly: ['month', 1],
  quarterly: ['quarter', 1],
  yearly: ['year', 1],
} as const satisfies Partial<Record<PhraseName, readonly [UnitName, number]>>;

/** "daily", "monthly on the 1st". Without details they are as often adjectives: "weekly report". */
function adverbs(reading: Reading, vocabulary: Vocabulary, at: number): readonly PatternRead[] {
  const names = ['daily', 'weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly'] as const;
  const found = firstOf(vocabulary, names, reading.words, at);
  if (found === null) return [];
  const [unit, count] = adverbUnits[found.name];
  return unitForms(reading, vocabulary, unit, count, found.end).map((read) => ({
    ...read,
    certainty: read.end > found.end ? 'sure' : 'end',
  }));
}

/** "mondays and thursdays", "montags", "weekdays", "in the evenings". */
function pluralForms(reading: Reading, vocabulary: Vocabulary, at: number): readonly PatternRead[] {
  const { words } = reading;
  const on = find(vocabulary, 'on', words, at);
  const isAdverb = vocabulary.language.hasWeekdayAdverbs === true;
  const read = (end: number, pattern: RulePattern, isSure: boolean, part?: DayPart): PatternRead => ({
    end,
    patterns: [pattern],
    certainty: isSure ? 'sure' : 'end',
    ...(part === undefined ? {} : { part }),
  });
  const all: PatternRead[] = [];
  for (const start of on === null ? [at] : [at, on.end]) {
    const list = weekdaysAt(reading, vocabulary, start, 'weekdays');
    if (list !== null) all.push(read(list.end, weekly(reading, list.days), start > at || isAdverb));
  }
  const found = firstOf(vocabulary, ['workdays', 'weekends', 'mornings', 'evenings'], words, at);
  if (found === null) return all;
  const isPhrase = found.end > at + 1;
  const daily = { type: 'daily', interval: 1 } as const;
  if (found.name === 'workdays') all.push(read(found.end, weekly(reading, workdays), isPhrase));
  else if (found.name === 'weekends') all.push(read(found.end, weekly(reading, weekendDays), isPhrase));
  else all.push(read(found.end, daily, isPhrase, found.name === 'mornings' ? 'morning' : 'evening'));
  return all;
}

/** "the 1st of every month", "last friday of each month", "am 1. jedes Monats". */
function ofEveryMonth(reading: Reading, vocabulary: Vocabulary, at: number): readonly PatternRead[] {
  const { words } = reading;
  const start = skip(vocabulary, ['on', 'article'], words, at);
  const number = dayNumberAt(reading, vocabulary, start);
  const nth = number === null || !number.isMarked ? nthAt(reading, vocabulary, start) : null;
  const from = nth?.end ?? number?.end;
  if (from === undefined) return [];
  const every = find(
    vocabulary,
    'every',
    words,
    skip(vocabulary, ['of'], words, skip(vocabulary, ['dayWord'], words, from)),
  );
  if (every === null) return [];
  const count = numberAt(vocabulary, words, every.end, 99);
  const other = count === null ? find(vocabulary, 'other', words, every.end) : null;
  const unit = firstOf(vocabulary, ['month', 'quarter'], words, count?.end ?? other?.end ?? every.end);
  if (unit === null) return [];
  const interval = (count?.value ?? (other === null ? 1 : 2)) * (unit.name === 'quarter' ? quarterMonths : 1);
  if (interval > 99) return [];
  const pattern: RulePattern =
    nth === null
      ? { type: 'absoluteMonthly', interval, dayOfMonth: number?.value ?? 1 }
      : relativeMonthly(nth.index, nth.days, interval);
  return [{ end: unit.end, patterns: [pattern], certainty: 'sure' }];
}
