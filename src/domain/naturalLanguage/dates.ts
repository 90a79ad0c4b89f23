import { addDays, dayInMonth, daysInMonth, isDay } from '../time/time.ts';
import type { Day } from '../time/time.ts';
import { two } from './reading.ts';
import type { DayRead, Reading } from './reading.ts';
import { find } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A day of a month as it is written, with or without its year. */
export type WrittenDate = { end: number; month: number; date: number; year: number | null; monthWord: string };

/** The last day of the month of a day. */
export function lastOfMonth(day: Day): Day {
  return dayInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 31);
}

/** The next day with this month and number, today included; null for 31 February. */
export function nextDate(today: Day, month: number, date: number): Day | null {
  const year = Number(today.slice(0, 4));
  // 29 February may be eight years away.
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    if (date > daysInMonth(year + ahead, month)) continue;
    const day = dayInMonth(year + ahead, month, date);
    if (day >= today) return day;
  }
  return null;
}

/** "12 march 2027", "12th of march", "march 12", "12. März", "12 de marzo de 2027". */
export function dateAt({ words }: Reading, vocabulary: Vocabulary, at: number): WrittenDate | null {
  const monthAt = (place: number) => {
    const found = find(vocabulary, 'monthName', words, place);
    if (found === null) return null;
    const monthWord = words[found.end - 1]?.text ?? '';
    // "12 dec. 2027"
    const isDotted = monthWord.length <= 4 && words[found.end]?.text === '.' && words[found.end]?.isGlued === true;
    const isFollowed = isDotted && words[found.end + 1]?.isNumber === true;
    return { month: found.value + 1, end: isFollowed ? found.end + 1 : found.end, monthWord };
  };
  const numberAt = (place: number) => {
    const word = words[place];
    if (word?.isNumber !== true || word.text.length > 2) return null;
    const mark = words[place + 1]?.isGlued === true ? find(vocabulary, 'mark', words, place + 1) : null;
    const date = Number(word.text);
    return date >= 1 && date <= 31 ? { date, end: mark?.end ?? place + 1 } : null;
  };
  const yearAt = (place: number) => {
    const of = find(vocabulary, 'of', words, place);
    const start = of?.end ?? (words[place]?.text === ',' ? place + 1 : place);
    const word = words[start];
    const isYear = word?.isNumber === true && word.text.length === 4 && /^(?:19|2\d)/.test(word.text);
    return isYear && !word.isGlued ? { year: Number(word.text), end: start + 1 } : { year: null, end: place };
  };
  const number = numberAt(at) ?? ordinalAt(vocabulary, words, at);
  if (number !== null) {
    const of = find(vocabulary, 'of', words, number.end);
    const month = monthAt(of?.end ?? number.end);
    if (month !== null) return { ...number, ...month, ...yearAt(month.end) };
    return null;
  }
  const month = monthAt(at);
  const after = month === null ? null : numberAt(month.end);
  if (month === null || after === null || words[month.end]?.isGlued === true) return null;
  return { ...month, ...after, ...yearAt(after.end) };
}

function ordinalAt(vocabulary: Vocabulary, words: Reading['words'], at: number) {
  const found = find(vocabulary, 'ordinal', words, at);
  return found === null || found.value > 3 ? null : { date: found.value + 1, end: found.end };
}

/** "2026-03-18", "31/12", "31.12.", "12-31" and the like, in the order of the region. */
export function numericDays(reading: Reading, at: number): readonly DayRead[] {
  const { words } = reading;
  const [first, sign, second] = [words[at], words[at + 1], words[at + 2]];
  if (first?.isNumber !== true || second?.isNumber !== true || sign === undefined) return [];
  if (!sign.isGlued || !second.isGlued || !/^[/.-]$/.test(sign.text)) return [];
  const [again, third] = [words[at + 3], words[at + 4]];
  const hasThird = again?.text === sign.text && again.isGlued && third?.isNumber === true && third.isGlued;
  if (first.text.length === 4) {
    if (!hasThird || sign.text === '.' || second.text.length > 2 || third.text.length > 2) return [];
    const day = `${first.text}-${two(Number(second.text))}-${two(Number(third.text))}`;
    return isDay(day) ? [{ end: at + 5, day, certainty: 'sure' }] : [];
  }
  if (first.text.length > 2 || second.text.length > 2) return [];
  const numbers = [Number(first.text), Number(second.text)] as const;
  if (hasThird) return withYear(reading, at, numbers, third.text, sign.text);
  // "31.12.", but "5.4" is a version or a price.
  if (sign.text === '.') {
    if (again?.text !== '.' || !again.isGlued) return [];
    const day = nextOf(reading, numbers[1], numbers[0]);
    return day === null ? [] : [{ end: at + 4, day, certainty: 'edge', isFloating: true }];
  }
  if (sign.text === '-' && (first.text.length < 2 || second.text.length < 2)) return [];
  // "24/7"
  if (numbers[0] === 24 && numbers[1] === 7) return [];
  const days = inOrder(reading, numbers, (month, date) => nextOf(reading, month, date));
  const isOneOrder = numbers[0] > 12 || numbers[1] > 12;
  const certainty = isOneOrder && sign.text === '/' ? 'edge' : 'ask';
  return daysRead(days, { end: at + 3, certainty, isFloating: true });
}

function nextOf({ today }: Reading, month: number, date: number): Day | null {
  return month >= 1 && month <= 12 && date >= 1 ? nextDate(today, month, date) : null;
}

function withYear(
  reading: Reading,
  at: number,
  numbers: readonly [number, number],
  yearText: string,
  sign: string,
): readonly DayRead[] {
  if (yearText.length !== 4 && yearText.length !== 2) return [];
  // "10.4.12" is a version, unless dates are written so in one of the languages.
  const hasDots = reading.vocabularies.some(({ language }) => language.code === 'de' || language.code === 'pl');
  if (sign === '.' && yearText.length === 2 && !hasDots) return [];
  const year = Number(yearText) + (yearText.length === 2 ? 2000 : 0);
  if (year < 1900 || year > 2999) return [];
  const toDay = (month: number, date: number) =>
    month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month) ? dayInMonth(year, month, date) : null;
  const days = sign === '.' ? [toDay(numbers[1], numbers[0])] : inOrder(reading, numbers, toDay);
  // "04/06/07" may be a list of numbers.
  return daysRead(days, { end: at + 5, certainty: yearText.length === 2 ? 'edge' : 'sure' });
}

/** The days in the region's order; in both orders where the region does not tell, or where its order gives no day. */
function inOrder(
  { dateOrder }: Reading,
  [a, b]: readonly [number, number],
  toDay: (month: number, date: number) => Day | null,
): readonly (Day | null)[] {
  const [dayFirst, monthFirst] = [toDay(b, a), toDay(a, b)];
  if (dateOrder === 'dayFirst') return [dayFirst ?? monthFirst];
  if (dateOrder === 'monthFirst') return [monthFirst ?? dayFirst];
  return [dayFirst, monthFirst];
}

function daysRead(days: readonly (Day | null)[], rest: Omit<DayRead, 'day' | 'other'>): readonly DayRead[] {
  const [day, other] = [...new Set(days)].filter((day) => day !== null);
  if (day === undefined) return [];
  return [{ ...rest, day, ...(other === undefined ? {} : { other }) }];
}

/** "12–15 dec" and "dec 12-15": two numbers with one month. */
export function datePairAt(
  reading: Reading,
  vocabulary: Vocabulary,
  at: number,
  skipConnector: (at: number) => number | null,
): { end: number; start: Day; due: Day } | null {
  const { words, today } = reading;
  const first = words[at];
  if (first?.isNumber === true && first.text.length <= 2) {
    const mark = words[at + 1]?.isGlued === true ? find(vocabulary, 'mark', words, at + 1) : null;
    const second = skipConnector(mark?.end ?? at + 1);
    const date = second === null || words[second]?.isNumber !== true ? null : dateAt(reading, vocabulary, second);
    return date === null ? null : pairOf(today, date, Number(first.text), date.date, date.end);
  }
  const date = dateAt(reading, vocabulary, at);
  if (date === null || date.year !== null) return null;
  const second = skipConnector(date.end);
  const word = second === null ? undefined : words[second];
  if (second === null || word?.isNumber !== true || word.text.length > 2) return null;
  // "dec 12 - 15 jan" has a month of its own.
  if (find(vocabulary, 'monthName', words, date.end - 1) !== null) return null;
  const isTime = words[second + 1]?.text === ':' || dateAt(reading, vocabulary, second) !== null;
  return isTime ? null : pairOf(today, date, date.date, Number(word.text), second + 1);
}

function pairOf(today: Day, { month, year }: WrittenDate, from: number, to: number, end: number) {
  if (from < 1 || from >= to) return null;
  const due =
    year === null ? nextDate(today, month, to) : to <= daysInMonth(year, month) ? dayInMonth(year, month, to) : null;
  return due === null ? null : { end, start: addDays(due, from - to), due };
}
