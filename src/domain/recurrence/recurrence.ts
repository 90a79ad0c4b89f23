import type { Recurrence, RecurrenceRequest, WeekIndex } from '../task/task.ts';
import type { Weekday, Day } from '../time/time.ts';
import { weekIndexes } from '../task/task.ts';
import {
  weekdays,
  addDays,
  addMonths,
  dayInMonth,
  daysBetween,
  daysInMonth,
  isDay,
  startOfWeek,
  weekdayOf,
  toDay,
} from '../time/time.ts';

/** The last day of any series: the limit of the store (docs/protocol.md#recurrence). */
export const lastRecurrenceDay = toDay('4500-09-01');

export type RecurrenceProblem = {
  /** A number out of range · a pattern that never occurs · a range without any day of its pattern. */
  code: 'recurrenceOutOfRange' | 'recurrenceInvalid' | 'recurrenceEmpty';
  message: string;
};

/**
 * The days of a series from `from` on, in order, up to `lastRecurrenceDay` (docs/protocol.md#dates-of-a-series). Next
 * instance, previews and checks all use it. The rule must have no `recurrenceProblems`, except that an end date that is
 * no date does not end the series.
 */
export function* occurrences(rule: Recurrence, from: Day): Generator<Day, void, undefined> {
  const { range } = rule;
  const start = toDay(range.startDate);
  const end = lastDayOf(range);
  let remaining = range.type === 'numbered' ? range.numberOfOccurrences : Infinity;
  // Only a numbered range has to be counted from its start.
  const first = range.type === 'numbered' || from <= start ? 0 : Math.max(0, intervalsBetween(rule, start, from) - 1);
  for (let step = first; ; step++) {
    const { opens, days } = periodOf(rule, start, step);
    if (opens > end) return;
    for (const day of days) {
      if (day < start) continue;
      if (day > end || remaining === 0) return;
      remaining--;
      if (day >= from) yield day;
    }
  }
}

/** The recurrence of a request, with its start date set, as `occurrences` needs it. */
export function startRecurrence({ pattern, range }: RecurrenceRequest, day: Day): Recurrence {
  return { pattern, range: { ...range, startDate: range.startDate ?? day } };
}

/** The end date of a range, or the limit of the store where it has none before that. */
export function lastDayOf(range: Recurrence['range']): Day {
  const end = range.type === 'endDate' ? range.endDate.slice(0, 10) : lastRecurrenceDay;
  return isDay(end) && end < lastRecurrenceDay ? end : lastRecurrenceDay;
}

/**
 * The first day of the series strictly after `day` (docs/protocol.md#next-instance); undefined when the series is over.
 */
export function nextOccurrenceAfter(rule: Recurrence, day: Day): Day | undefined {
  return occurrences(rule, addDays(day, 1)).next().value ?? undefined;
}

/** What makes a rule invalid: the limits of docs/protocol.md#recurrence, or a range without any date. */
export function recurrenceProblems(rule: Recurrence): readonly RecurrenceProblem[] {
  const problems = [...patternProblems(rule.pattern), ...rangeProblems(rule.range)];
  if (problems.length > 0) return problems;
  if (occurrences(rule, toDay(rule.range.startDate)).next().done !== true) return [];
  return [{ code: 'recurrenceEmpty', message: 'The recurrence has no occurrence in its range.' }];
}

/** One day, week, month or year of the pattern: its first day, and its matching days in order. */
type Period = { opens: Day; days: readonly Day[] };

/** Periods are counted from the one that contains the start date, one interval apart. */
function periodOf({ pattern }: Recurrence, start: Day, step: number): Period {
  const ahead = step * pattern.interval;
  switch (pattern.type) {
    case 'daily': {
      const day = addDays(start, ahead);
      return { opens: day, days: [day] };
    }
    case 'weekly': {
      const opens = addDays(startOfWeek(start, pattern.firstDayOfWeek), 7 * ahead);
      const week = [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(opens, n));
      return { opens, days: week.filter((day) => pattern.daysOfWeek.includes(weekdayOf(day))) };
    }
    case 'absoluteMonthly':
    case 'relativeMonthly':
      return monthOf(pattern, addMonths(firstOfMonth(start), ahead));
    case 'absoluteYearly':
    case 'relativeYearly':
      return monthOf(pattern, dayInMonth(yearOf(start) + ahead, pattern.month, 1));
  }
}

type MonthPattern = { dayOfMonth: number } | { daysOfWeek: readonly Weekday[]; index: WeekIndex };

function monthOf(pattern: MonthPattern, opens: Day): Period {
  const year = yearOf(opens);
  const month = Number(opens.slice(5, 7));
  if ('dayOfMonth' in pattern) return { opens, days: [dayInMonth(year, month, pattern.dayOfMonth)] };
  const all = Array.from({ length: daysInMonth(year, month) }, (_, n) => addDays(opens, n));
  const matching = all.filter((day) => pattern.daysOfWeek.includes(weekdayOf(day)));
  const day = pattern.index === 'last' ? matching.at(-1) : matching[weekIndexes.indexOf(pattern.index)];
  return { opens, days: day === undefined ? [] : [day] };
}

/** The number of whole intervals between two days; may be too low, never too high. */
function intervalsBetween({ pattern }: Recurrence, start: Day, to: Day): number {
  const years = yearOf(to) - yearOf(start);
  const units = {
    daily: () => daysBetween(start, to),
    weekly: () => daysBetween(start, to) / 7,
    absoluteMonthly: () => years * 12 + Number(to.slice(5, 7)) - Number(start.slice(5, 7)),
    relativeMonthly: () => years * 12 + Number(to.slice(5, 7)) - Number(start.slice(5, 7)),
    absoluteYearly: () => years,
    relativeYearly: () => years,
  };
  return Math.floor(units[pattern.type]() / pattern.interval);
}

function patternProblems(pattern: Recurrence['pattern']): RecurrenceProblem[] {
  const problems = [outside('interval', pattern.interval, pattern.type === 'daily' ? 999 : 99)];
  if ('dayOfMonth' in pattern) problems.push(outside('dayOfMonth', pattern.dayOfMonth, 31));
  if ('month' in pattern) problems.push(outside('month', pattern.month, 12));
  if ('daysOfWeek' in pattern && !weekdays.some((day) => pattern.daysOfWeek.includes(day))) {
    problems.push({ code: 'recurrenceInvalid', message: 'The recurrence pattern names no day of the week.' });
  }
  return problems.filter((problem) => problem !== undefined);
}

function rangeProblems(range: Recurrence['range']): RecurrenceProblem[] {
  const problems = [dayProblem('startDate', range.startDate)];
  if (range.type === 'endDate') problems.push(dayProblem('endDate', range.endDate));
  if (range.type === 'numbered') problems.push(outside('numberOfOccurrences', range.numberOfOccurrences, 999));
  return problems.filter((problem) => problem !== undefined);
}

function outside(name: string, value: number, most: number): RecurrenceProblem | undefined {
  if (Number.isInteger(value) && value >= 1 && value <= most) return undefined;
  return { code: 'recurrenceOutOfRange', message: `The recurrence's ${name} must be between 1 and ${most}.` };
}

function dayProblem(name: string, day: string): RecurrenceProblem | undefined {
  if (!isDay(day)) return { code: 'recurrenceInvalid', message: `The recurrence's ${name} is not a date.` };
  if (day >= '1601-01-01' && day <= lastRecurrenceDay) return undefined;
  return {
    code: 'recurrenceOutOfRange',
    message: `The recurrence's ${name} must be between 1601-01-01 and ${lastRecurrenceDay}.`,
  };
}

function firstOfMonth(day: Day): Day {
  return dayInMonth(yearOf(day), Number(day.slice(5, 7)), 1);
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}
