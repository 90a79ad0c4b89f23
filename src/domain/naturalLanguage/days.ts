import { addDays, addMonths, dayInMonth, daysInMonth, weekdayOf, weekdays } from '../time/time.ts';
import type { Day } from '../time/time.ts';
import { nextMonday } from '../time/weekdays.ts';
import { dateAt, lastOfMonth, nextDate, numericDays } from './dates.ts';
import { firstOf, isDayArticle, longestFirst, numberAt, oncePerPlace, skipComma, two } from './reading.ts';
import type { Certainty, DayRead, Reading } from './reading.ts';
import { find, skip } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

const unitNames = ['minute', 'hour', 'day', 'week', 'fortnight', 'month', 'quarter', 'year'] as const;
const daysByRelativeWord = { overmorrow: 2, tomorrow: 1, today: 0, yesterday: -1, tonight: 0 } as const;
const partsOfToday = { thisMorning: 'morning', thisAfternoon: 'afternoon', thisEvening: 'evening' } as const;

/** The days that the words at a place may name, in any of the languages, the longest first. */
export function daysAt(reading: Reading, at: number, isAfterPrefix = false): readonly DayRead[] {
  if (!isAfterPrefix) return daysOnce(reading, at);
  const numbered = reading.vocabularies.flatMap((vocabulary) => numberedDays(reading, vocabulary, at, true));
  return longestFirst([...daysOnce(reading, at), ...numbered]);
}

const daysOnce = oncePerPlace((reading, at): readonly DayRead[] => {
  const { words, vocabularies } = reading;
  const word = words[at];
  if (word === undefined) return [];
  const forms = vocabularies
    .filter(({ openers }) => word.isNumber || word.text === '+' || openers.has(word.text))
    .flatMap((vocabulary) => [
      ...relativeDays(reading, vocabulary, at),
      ...spans(reading, vocabulary, at),
      ...weekdayForms(reading, vocabulary, at),
      ...nthWeekdays(reading, vocabulary, at),
      ...dates(reading, vocabulary, at),
      ...periods(reading, vocabulary, at),
      ...numberedDays(reading, vocabulary, at, false),
    ]);
  return longestFirst([...forms, ...numericDays(reading, at)]);
});

function relativeDays({ words, today, otherWords }: Reading, vocabulary: Vocabulary, at: number): readonly DayRead[] {
  const word = firstOf(vocabulary, ['overmorrow', 'tomorrow', 'today', 'yesterday', 'tonight'], words, at);
  if (word !== null) {
    const certainty = otherWords.has(words[at]?.text ?? '') ? 'ask' : 'sure';
    const day = addDays(today, daysByRelativeWord[word.name]);
    return [{ end: word.end, day, certainty, ...(word.name === 'tonight' ? { part: 'night' as const } : {}) }];
  }
  const part = firstOf(vocabulary, ['thisMorning', 'thisAfternoon', 'thisEvening'], words, at);
  return part === null ? [] : [{ end: part.end, day: today, part: partsOfToday[part.name], certainty: 'sure' }];
}

/** "in 3 weeks", "+3d", "2 days ago", "2h". */
function spans(reading: Reading, vocabulary: Vocabulary, at: number): readonly DayRead[] {
  const { words } = reading;
  const before = find(vocabulary, 'in', words, at);
  const isPlus = words[at]?.text === '+';
  const past = find(vocabulary, 'agoBefore', words, at);
  const start = before?.end ?? past?.end ?? (isPlus ? at + 1 : at);
  const isOne = before !== null && vocabulary.language.hasBareUnits === true;
  const count = numberAt(vocabulary, words, start, 999) ?? (isOne ? { value: 1, end: start } : null);
  const unit = count === null ? null : firstOf(vocabulary, unitNames, words, count.end);
  if (count === null || unit === null) return [];
  const read = (end: number, times: number, certainty: Certainty): readonly DayRead[] => {
    const moment = momentAfter(reading, unit.name, times * count.value);
    return moment === null ? [] : [{ end, ...moment, certainty }];
  };
  const after = find(vocabulary, 'fromNow', words, unit.end);
  if (after !== null) return read(after.end, 1, 'sure');
  const ago = find(vocabulary, 'ago', words, unit.end);
  if (ago !== null) return read(ago.end, -1, 'sure');
  if (before !== null || isPlus) return read(unit.end, 1, 'sure');
  if (past !== null) return read(unit.end, -1, 'sure');
  // "2h" is as often a duration.
  const isShort = words[start]?.isNumber === true && words[count.end]?.isGlued === true;
  return isShort ? read(unit.end, 1, 'endAsk') : [];
}

function momentAfter(
  { now, today }: Reading,
  unit: (typeof unitNames)[number],
  count: number,
): { day: Day; time?: string } | null {
  if (unit === 'minute' || unit === 'hour') {
    const minutes = Number(now.slice(11, 13)) * 60 + Number(now.slice(14, 16)) + count * (unit === 'hour' ? 60 : 1);
    const ofDay = ((minutes % 1440) + 1440) % 1440;
    return {
      day: addDays(today, Math.floor(minutes / 1440)),
      time: `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`,
    };
  }
  const months = { month: 1, quarter: 3, year: 12 };
  const days = { day: 1, week: 7, fortnight: 14 };
  const day =
    unit === 'month' || unit === 'quarter' || unit === 'year'
      ? addMonths(today, count * months[unit])
      : addDays(today, count * days[unit]);
  return { day };
}

/** The next day with this weekday, today included. */
export function comingWeekday(today: Day, weekday: number): Day {
  return addDays(today, (weekday - weekdays.indexOf(weekdayOf(today)) + 7) % 7);
}

/** "friday", "next friday", "friday 20 march". */
function weekdayForms(reading: Reading, vocabulary: Vocabulary, at: number): readonly DayRead[] {
  const { words, today, otherWords } = reading;
  const prefix = firstOf(vocabulary, ['next', 'this', 'previous'], words, at);
  const found = find(vocabulary, 'weekday', words, prefix?.end ?? at);
  if (found === null) return [];
  const coming = comingWeekday(today, found.value);
  // "Fr." and "lun.", but not the end of a sentence.
  const name = words[found.end - 1];
  const isDotted =
    (name?.text.length ?? 9) <= 3 && words[found.end]?.text === '.' && words[found.end + 1] !== undefined;
  const end = isDotted && words[found.end]?.canClose === true ? found.end + 1 : found.end;
  const suffix = prefix === null ? firstOf(vocabulary, ['next', 'previous'], words, end) : null;
  const side = prefix ?? suffix;
  if (side?.name === 'next') {
    const later = addDays(nextMonday(today), (found.value + 6) % 7);
    const sooner = coming === today ? addDays(today, 7) : coming;
    const isSame = sooner === later;
    const all = { end: suffix?.end ?? end, day: later, certainty: 'sure' as const };
    return [isSame ? all : { ...all, other: sooner }];
  }
  if (side?.name === 'previous') {
    return [{ end: suffix?.end ?? end, day: addDays(coming, -7), certainty: 'sure' }];
  }
  if (side?.name === 'this') return [{ end, day: coming, certainty: 'sure', isFloating: true }];
  const certainty = otherWords.has(words[at]?.text ?? '') && found.end === at + 1 ? 'ask' : 'sure';
  const bare: DayRead = {
    end: found.end,
    day: coming,
    certainty,
    isFloating: true,
    ...(coming === today ? { other: addDays(today, 7) } : {}),
  };
  const after = skip(vocabulary, ['on'], words, skipComma(words, end));
  const withDate = [...dates(reading, vocabulary, after), ...numericDays(reading, after)].map((date): DayRead => {
    const isRight = weekdayOf(date.day) === weekdays[found.value];
    if (isRight) return { end: date.end, day: date.day, certainty: 'sure' };
    // Of a weekday and a date that contradict each other, either may be meant.
    const near = [date.day, ...(date.other === undefined ? [] : [date.other])].find(
      (day) => weekdayOf(day) === weekdays[found.value],
    );
    if (near !== undefined) return { end: date.end, day: near, certainty: 'sure' };
    return { end: date.end, day: date.day, other: comingWeekday(date.day, found.value), certainty: 'sure' };
  });
  return [...withDate, bare];
}

/** "last friday of the month", "premier vendredi d'avril", "second tuesday of may 2027": the next such day. */
function nthWeekdays({ words, today }: Reading, vocabulary: Vocabulary, at: number): readonly DayRead[] {
  const ordinal = find(vocabulary, 'ordinal', words, at);
  const weekday = ordinal === null ? null : find(vocabulary, 'weekday', words, ordinal.end);
  if (ordinal === null || weekday === null) return [];
  const place = skip(vocabulary, ['of'], words, weekday.end);
  const nthOf = (first: Day) => {
    const isLast = ordinal.value === 4;
    return comingWeekday(isLast ? addDays(lastOfMonth(first), -6) : addDays(first, 7 * ordinal.value), weekday.value);
  };
  const sure = (end: number, day: Day): readonly DayRead[] => [{ end, day, certainty: 'sure' }];
  const month = find(vocabulary, 'monthName', words, place);
  if (month !== null) {
    const year = words[month.end];
    if (year?.isNumber === true && year.text.length === 4) {
      return sure(month.end + 1, nthOf(dayInMonth(Number(year.text), month.value + 1, 1)));
    }
    const first = nextMonth(today, month.value + 1);
    const day = nthOf(first);
    return sure(month.end, day < today ? nthOf(addMonths(first, 12)) : day);
  }
  const side = firstOf(vocabulary, ['next', 'this'], words, place);
  // The Polish word for "of the month" is that for "month".
  const own = [side?.end ?? place, weekday.end].flatMap((at) => find(vocabulary, 'month', words, at) ?? [])[0] ?? null;
  if (own === null || (place === weekday.end && side === null)) return [];
  const after = side === null ? find(vocabulary, 'next', words, own.end) : null;
  const first = dayInMonth(Number(today.slice(0, 4)), Number(today.slice(5, 7)), 1);
  const day = nthOf(first);
  const isNext = side?.name === 'next' || after !== null || day < today;
  return sure(after?.end ?? own.end, isNext ? nthOf(addMonths(first, 1)) : day);
}

/** "12 march 2027", "march 12th", and with a month alone, its first and last day: "in april". */
function dates(reading: Reading, vocabulary: Vocabulary, at: number): readonly DayRead[] {
  const { words, today, otherWords } = reading;
  const all: DayRead[] = [];
  const date = dateAt(reading, vocabulary, at);
  if (date !== null) {
    const { month, date: number, year, end } = date;
    const day = year === null ? nextDate(today, month, number) : dayOf(year, month, number);
    const certainty = year === null && otherWords.has(date.monthWord) ? 'edge' : 'sure';
    if (day !== null) all.push({ end, day, certainty, ...(year === null ? { isFloating: true } : {}) });
  }
  const within = find(vocabulary, 'inMonth', words, at);
  const month = within === null ? null : find(vocabulary, 'monthName', words, within.end);
  if (month !== null) {
    const first = nextMonth(today, month.value + 1);
    all.push({ end: month.end, day: first, other: lastOfMonth(first), certainty: 'ask' });
  }
  return all;
}

function dayOf(year: number, month: number, date: number): Day | null {
  return date <= daysInMonth(year, month) ? dayInMonth(year, month, date) : null;
}

/** The first day of the month that is not over: for this month, today's month. */
export function nextMonth(today: Day, month: number): Day {
  const [year, current] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return dayInMonth(month < current ? year + 1 : year, month, 1);
}

/** "end of next month", "next week", "this weekend", "eom". */
function periods(reading: Reading, vocabulary: Vocabulary, at: number): readonly DayRead[] {
  const { words, today } = reading;
  const sure = (end: number, day: Day, other?: Day): DayRead => ({
    end,
    day,
    certainty: 'sure',
    ...(other === undefined || other === day ? {} : { other }),
  });
  const all: DayRead[] = [];
  const ending = firstOf(vocabulary, ['endOfDay', 'endOfWeek', 'endOfMonth', 'endOfYear'], words, at);
  if (ending !== null) {
    const friday = comingWeekday(today, 5);
    const sunday = comingWeekday(today, 0);
    if (ending.name === 'endOfDay') all.push(sure(ending.end, today));
    else if (ending.name === 'endOfMonth') all.push(sure(ending.end, lastOfMonth(today)));
    else if (ending.name === 'endOfYear') all.push(sure(ending.end, dayInMonth(Number(today.slice(0, 4)), 12, 31)));
    else all.push(friday < sunday ? sure(ending.end, friday, sunday) : sure(ending.end, sunday));
  }
  const side = firstOf(vocabulary, ['endOf', 'startOf', 'middleOf'], words, at);
  if (side !== null) {
    const first = periodAt(reading, vocabulary, skip(vocabulary, ['of', 'on', 'article'], words, side.end), true);
    if (first !== null) {
      const last = first.unit === 'week' ? addDays(first.day, 6) : lastOfPeriod(first.day, first.unit);
      if (side.name === 'startOf') all.push(sure(first.end, first.day));
      else if (side.name === 'endOf') {
        all.push(first.unit === 'week' ? sure(first.end, addDays(first.day, 4), last) : sure(first.end, last));
      } else if (first.unit === 'month') all.push(sure(first.end, addDays(first.day, 14)));
    }
  }
  const named = periodAt(reading, vocabulary, at, false);
  if (named !== null) all.push(sure(named.end, named.day));
  return [...all, ...weekends(reading, vocabulary, at)];
}

function weekends({ words, today }: Reading, vocabulary: Vocabulary, at: number): readonly DayRead[] {
  const saturday = comingWeekday(today, 6);
  const next = find(vocabulary, 'next', words, at);
  const weekend = find(vocabulary, 'weekend', words, next?.end ?? at);
  if (weekend === null) return [];
  const after = next === null ? find(vocabulary, 'next', words, weekend.end) : null;
  if (next === null && after === null) return [{ end: weekend.end, day: saturday, certainty: 'end' }];
  const later = addDays(saturday, 7);
  return [{ end: after?.end ?? weekend.end, day: later, other: saturday, certainty: 'sure' }];
}

type Unit = 'week' | 'month' | 'quarter' | 'year';

/** The first day of "next month", "the coming week" or, where a month may stand alone, "march". */
function periodAt(
  { words, today }: Reading,
  vocabulary: Vocabulary,
  at: number,
  mayBeMonth: boolean,
): { end: number; day: Day; unit: Unit } | null {
  const month = mayBeMonth ? find(vocabulary, 'monthName', words, at) : null;
  if (month !== null) return { end: month.end, day: nextMonth(today, month.value + 1), unit: 'month' };
  const before = find(vocabulary, 'next', words, at);
  const unit = firstOf(vocabulary, ['week', 'month', 'quarter', 'year'], words, before?.end ?? at);
  if (unit === null) return null;
  const after = before === null ? find(vocabulary, 'next', words, unit.end) : null;
  if (before === null && after === null) return null;
  const [year, current] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const firstOfMonth = dayInMonth(year, current, 1);
  const day = {
    week: nextMonday(today),
    month: addMonths(firstOfMonth, 1),
    quarter: addMonths(dayInMonth(year, current - ((current - 1) % 3), 1), 3),
    year: dayInMonth(year + 1, 1, 1),
  }[unit.name];
  return { end: after?.end ?? unit.end, day, unit: unit.name };
}

function lastOfPeriod(first: Day, unit: Exclude<Unit, 'week'>): Day {
  return addDays(addMonths(first, { month: 1, quarter: 3, year: 12 }[unit]), -1);
}

/** "the 1st", "on the 15th", "le 15": the next day with this number. */
function numberedDays(
  { words, today }: Reading,
  vocabulary: Vocabulary,
  at: number,
  isAfterPrefix: boolean,
): readonly DayRead[] {
  const filler = firstOf(vocabulary, ['on', 'article'], words, at);
  if (filler === null && !isAfterPrefix) return [];
  const start = filler?.end ?? at;
  const word = words[start];
  if (word?.isNumber !== true || word.text.length > 2) return [];
  const mark = find(vocabulary, 'mark', words, start + 1);
  const isMarked = mark !== null && words[start + 1]?.isGlued === true;
  const isNamed = filler !== null && find(vocabulary, 'dayWord', words, filler.end - 1) !== null;
  if (!isMarked && vocabulary.language.hasBareDates !== true) return [];
  const last = words[start - 1];
  // "pour 4" and "de 9 à 12" are as often a count or hours.
  const isDay = isMarked || last === undefined || last.text === '^' || last.text === '>' || isDayArticle(last);
  if (filler === null && !isDay) return [];
  const number = Number(word.text);
  const day = [0, 1, 2]
    .map((months) => addMonths(dayInMonth(Number(today.slice(0, 4)), Number(today.slice(5, 7)), 1), months))
    .filter((first) => number >= 1 && number <= Number(lastOfMonth(first).slice(8)))
    .map((first) => addDays(first, number - 1))
    .find((day) => day >= today);
  if (day === undefined) return [];
  const certainty = isMarked || isNamed ? 'end' : 'endAsk';
  return [{ end: isMarked ? mark.end : start + 1, day, certainty, isFloating: isDay }];
}
