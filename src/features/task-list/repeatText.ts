import type { Pattern } from '../../domain/repeatRules.ts';
import { weekdays } from '../../domain/task.ts';
import type { RecurrenceRequest, Weekday, WeekIndex } from '../../domain/task.ts';
import { weekdayOf } from '../../domain/time.ts';
import type { Day } from '../../domain/time.ts';
import { workdays } from '../../domain/week.ts';
import type { QuickAddContext } from './quickAddWords.ts';

type Rest = { text: string };

const weekdayWord =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?';
const weekdayList = `${weekdayWord}(?:(?:, ?| and | ?& ?)(?:and )?${weekdayWord})*`;
const indexWord = '(?:first|1st|second|2nd|third|3rd|fourth|4th|last)';
const monthWord =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const dateWord = '(?:[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?';
const end = '(?![^\\s,])';

const indexes: readonly (readonly [string, WeekIndex])[] = [
  ['first', 'first'],
  ['1st', 'first'],
  ['second', 'second'],
  ['2nd', 'second'],
  ['third', 'third'],
  ['3rd', 'third'],
  ['fourth', 'fourth'],
  ['4th', 'fourth'],
  ['last', 'last'],
];

/**
 * A rule at the beginning of the text: "every 2 weeks on mon and thu until 30 june", "monthly on the last friday, 12 times".
 * English, as the app is. Null when the words are no rule.
 */
export function readRepeat(
  text: string,
  { firstDayOfWeek, readDay, now }: Pick<QuickAddContext, 'firstDayOfWeek' | 'readDay' | 'now'>,
): { rule: RecurrenceRequest; length: number } | null {
  const rest: Rest = { text };
  const pattern = takePattern(rest, firstDayOfWeek, now);
  if (pattern === null) return null;
  const range = takeRange(rest, readDay);
  return { rule: { pattern, range }, length: text.length - rest.text.length };
}

const units: Readonly<Record<string, string>> = { daily: 'day', weekly: 'week', monthly: 'month', yearly: 'year' };

/** Takes what matches off the front of the text. */
function take(rest: Rest, pattern: string): readonly string[] | null {
  const match = new RegExp(`^${pattern}${end}`, 'i').exec(rest.text);
  if (match === null) return null;
  rest.text = rest.text.slice(match[0].length);
  return match.map((part) => part ?? '');
}

function takePattern(rest: Rest, firstDayOfWeek: Weekday, now: string): Pattern | null {
  if (take(rest, 'every (?:weekday|workday|working day)s?') !== null) return weekly(workdays, 1, firstDayOfWeek);
  const named = take(rest, `every (${weekdayList})`);
  if (named !== null) return weekly(weekdaysIn(named[1] ?? ''), 1, firstDayOfWeek);
  const other = take(rest, `every (?:other|2nd|second) (${weekdayWord})`);
  if (other !== null) return weekly(weekdaysIn(other[1] ?? ''), 2, firstDayOfWeek);

  const often = take(rest, '(daily|weekly|monthly|yearly)');
  if (often !== null) return takeDetails(rest, units[often[1]?.toLowerCase() ?? ''] ?? 'day', 1, firstDayOfWeek, now);
  const every = take(rest, 'every (?:(other|second|2nd|[1-9]\\d{0,2}) )?(day|week|month|year)s?');
  if (every === null) return null;
  const [, count = '', unit = ''] = every;
  const interval = count === '' ? 1 : /^\d+$/.test(count) ? Number(count) : 2;
  if (interval > (unit.toLowerCase() === 'day' ? 999 : 99)) return null;
  return takeDetails(rest, unit.toLowerCase(), interval, firstDayOfWeek, now);
}

function takeDetails(rest: Rest, unit: string, interval: number, firstDayOfWeek: Weekday, now: string): Pattern {
  const today = { month: Number(now.slice(5, 7)), date: Number(now.slice(8, 10)) };
  if (unit === 'day') return { type: 'daily', interval };
  if (unit === 'week') {
    const on = take(rest, ` on (${weekdayList})`);
    const days = on === null ? [weekdayOf(now.slice(0, 10) as Day)] : weekdaysIn(on[1] ?? '');
    return weekly(days, interval, firstDayOfWeek);
  }
  const nth = take(
    rest,
    ` on the (${indexWord}) (weekday|day|${weekdayWord})${unit === 'year' ? ` (?:of|in) (${monthWord})` : ''}`,
  );
  if (nth !== null) {
    const index = indexes.find(([word]) => word === nth[1]?.toLowerCase())?.[1] ?? 'first';
    const said = nth[2]?.toLowerCase() ?? '';
    const daysOfWeek = said === 'day' ? weekdays : said === 'weekday' ? workdays : weekdaysIn(said);
    return unit === 'year'
      ? { type: 'relativeYearly', interval, month: monthOf(nth[3] ?? ''), daysOfWeek, index }
      : { type: 'relativeMonthly', interval, daysOfWeek, index };
  }
  if (unit === 'year') {
    const on = take(rest, ` on (?:the )?(${dateWord}) (?:of )?(${monthWord})`);
    const turned = on === null ? take(rest, ` on (${monthWord}) (${dateWord})`) : null;
    const [date, month] = on !== null ? [on[1], on[2]] : turned !== null ? [turned[2], turned[1]] : [];
    if (date === undefined || month === undefined) {
      return { type: 'absoluteYearly', interval, month: today.month, dayOfMonth: today.date };
    }
    return { type: 'absoluteYearly', interval, month: monthOf(month), dayOfMonth: Number.parseInt(date, 10) };
  }
  if (take(rest, ' on the last day') !== null) return { type: 'absoluteMonthly', interval, dayOfMonth: 31 };
  const on = take(rest, ` on (?:the |day )?(${dateWord})`);
  return {
    type: 'absoluteMonthly',
    interval,
    dayOfMonth: on === null ? today.date : Number.parseInt(on[1] ?? '1', 10),
  };
}

/** "until 30 june", "12 times"; without either the series has no end. */
function takeRange(rest: Rest, readDay: QuickAddContext['readDay']): RecurrenceRequest['range'] {
  const times = take(rest, ',? (?:for )?([1-9]\\d{0,2}) times');
  if (times !== null) return { type: 'numbered', numberOfOccurrences: Number(times[1]) };
  const until = /^,? until (?=\S)/i.exec(rest.text)?.[0];
  if (until !== undefined) {
    const words = [...rest.text.slice(until.length).matchAll(/\S+/g)].slice(0, 4);
    for (const { index, 0: word } of words.toReversed()) {
      const length = until.length + index + word.length;
      const found = readDay(rest.text.slice(until.length, length));
      if (found?.day === null || found?.day === undefined || found.time !== null) continue;
      rest.text = rest.text.slice(length);
      return { type: 'endDate', endDate: found.day };
    }
  }
  return { type: 'noEnd' };
}

function weekly(daysOfWeek: readonly Weekday[], interval: number, firstDayOfWeek: Weekday): Pattern {
  return { type: 'weekly', interval, daysOfWeek, firstDayOfWeek };
}

function weekdaysIn(text: string): readonly Weekday[] {
  const said = text.toLowerCase().split(/[^a-z]+/);
  return weekdays.filter((day) => said.some((word) => word.startsWith(day.slice(0, 3)) && word !== 'and'));
}

function monthOf(text: string): number {
  const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  return months.indexOf(text.slice(0, 3).toLowerCase()) + 1;
}
