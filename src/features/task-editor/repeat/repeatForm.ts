import { lastRecurrenceDay, occurrences, recurrenceProblems } from '../../../domain/recurrence/recurrence.ts';
import { weekIndexOf } from '../../../domain/recurrence/recurrencePatterns.ts';
import { weekdays, addMonths, isDay, weekdayOf } from '../../../domain/time/time.ts';
import type { Recurrence, WeekIndex } from '../../../domain/task/task.ts';
import type { Weekday, Day } from '../../../domain/time/time.ts';
import { isSameDaySet, weekendDays, weekdaysFrom, workdays } from '../../../domain/time/weekdays.ts';

export const repeatUnits = ['day', 'week', 'month', 'year'] as const;
export type RepeatUnit = (typeof repeatUnits)[number];

/** A rule as the form shows it: numbers are text while they are typed, and nothing is lost by looking at another unit. */
export type RepeatForm = {
  unit: RepeatUnit;
  interval: string;
  start: Day;
  weekdays: readonly Weekday[];
  firstDayOfWeek: Weekday;
  /** In months and years: on a date, or on the n-th of some days. */
  by: 'date' | 'weekday';
  dayOfMonth: string;
  index: WeekIndex;
  indexDays: readonly Weekday[];
  month: number;
  ends: 'never' | 'on' | 'after';
  endDay: Day | null;
  times: string;
  /** Of a rule that came from elsewhere; kept. */
  zone: string | undefined;
};

export function emptyRepeatForm(day: Day, firstDayOfWeek: Weekday, zone: string): RepeatForm {
  return {
    unit: 'week',
    interval: '1',
    start: day,
    weekdays: [weekdayOf(day)],
    firstDayOfWeek,
    by: 'date',
    dayOfMonth: String(Number(day.slice(8))),
    index: weekIndexOf(day),
    indexDays: [weekdayOf(day)],
    month: Number(day.slice(5, 7)),
    ends: 'never',
    endDay: null,
    times: '10',
    zone,
  };
}

export function repeatFormOf({ pattern, range }: Recurrence, empty: RepeatForm): RepeatForm {
  const unit: Record<Recurrence['pattern']['type'], RepeatUnit> = {
    daily: 'day',
    weekly: 'week',
    absoluteMonthly: 'month',
    relativeMonthly: 'month',
    absoluteYearly: 'year',
    relativeYearly: 'year',
  };
  return {
    ...empty,
    unit: unit[pattern.type],
    interval: String(pattern.interval),
    start: isDay(range.startDate) ? range.startDate : empty.start,
    zone: range.zone,
    ...(pattern.type === 'weekly' ? { weekdays: pattern.daysOfWeek, firstDayOfWeek: pattern.firstDayOfWeek } : {}),
    ...('dayOfMonth' in pattern ? { by: 'date' as const, dayOfMonth: String(pattern.dayOfMonth) } : {}),
    ...('index' in pattern ? { by: 'weekday' as const, index: pattern.index, indexDays: pattern.daysOfWeek } : {}),
    ...('month' in pattern ? { month: pattern.month } : {}),
    ends: range.type === 'noEnd' ? 'never' : range.type === 'endDate' ? 'on' : 'after',
    ...(range.type === 'endDate' && isDay(range.endDate) ? { endDay: range.endDate } : {}),
    ...(range.type === 'numbered' ? { times: String(range.numberOfOccurrences) } : {}),
  };
}

const monthsAhead: Record<RepeatUnit, number> = { day: 1, week: 3, month: 12, year: 60 };

/** Another way to end. A last day that was never picked is some dates away, so that there is something to change. */
export function withSeriesEnd(form: RepeatForm, ends: RepeatForm['ends']): Pick<RepeatForm, 'ends' | 'endDay'> {
  return { ends, endDay: ends === 'on' ? (form.endDay ?? addMonths(form.start, monthsAhead[form.unit])) : form.endDay };
}

/** The rule that the form stands for; it may have problems. */
export function recurrenceOfForm(form: RepeatForm): Recurrence {
  const zone = form.zone === undefined ? {} : { zone: form.zone };
  const range = { startDate: form.start, ...zone };
  return {
    pattern: patternOf(form),
    range:
      form.ends === 'after'
        ? { ...range, type: 'numbered', numberOfOccurrences: numberIn(form.times) }
        : form.ends === 'on'
          ? { ...range, type: 'endDate', endDate: form.endDay ?? '' }
          : { ...range, type: 'noEnd' },
  };
}

function patternOf(form: RepeatForm): Recurrence['pattern'] {
  const interval = numberIn(form.interval);
  const byDate = { interval, dayOfMonth: numberIn(form.dayOfMonth) };
  const byWeekday = { interval, daysOfWeek: form.indexDays, index: form.index };
  switch (form.unit) {
    case 'day':
      return { type: 'daily', interval };
    case 'week':
      return { type: 'weekly', interval, daysOfWeek: form.weekdays, firstDayOfWeek: form.firstDayOfWeek };
    case 'month':
      return form.by === 'date' ? { type: 'absoluteMonthly', ...byDate } : { type: 'relativeMonthly', ...byWeekday };
    case 'year':
      return form.by === 'date'
        ? { type: 'absoluteYearly', month: form.month, ...byDate }
        : { type: 'relativeYearly', month: form.month, ...byWeekday };
  }
}

/** NaN is out of every range, so it is a problem like any other. */
function numberIn(text: string): number {
  return /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : NaN;
}

export type RepeatFormProblem =
  | { field: 'interval'; most: number }
  | { field: 'weekdays' }
  | { field: 'dayOfMonth' }
  | { field: 'times' }
  | { field: 'endDay'; first: Day | null };

/** The first problem of the form, with the field that can fix it (docs/protocol.md#recurrence). */
export function repeatFormProblem(form: RepeatForm): RepeatFormProblem | null {
  const most = form.unit === 'day' ? 999 : 99;
  const isWithin = (text: string, limit: number) => numberIn(text) >= 1 && numberIn(text) <= limit;
  if (!isWithin(form.interval, most)) return { field: 'interval', most };
  if (form.unit === 'week' && form.weekdays.length === 0) return { field: 'weekdays' };
  const isByDate = (form.unit === 'month' || form.unit === 'year') && form.by === 'date';
  if (isByDate && !isWithin(form.dayOfMonth, 31)) return { field: 'dayOfMonth' };
  if (form.ends === 'after' && !isWithin(form.times, 999)) return { field: 'times' };
  const rule = recurrenceOfForm(form);
  if (form.ends !== 'on') return null;
  const open: Recurrence = { pattern: rule.pattern, range: { type: 'noEnd', startDate: form.start } };
  const first = occurrences(open, form.start).next().value ?? null;
  return form.endDay === null || form.endDay > lastRecurrenceDay || recurrenceProblems(rule).length > 0
    ? { field: 'endDay', first }
    : null;
}

/** What a choice of days is called in the list of the "on the n-th …" rule. */
export const weekdaySets: readonly { key: string; days: readonly Weekday[] }[] = [
  ...weekdaysFrom('monday').map((day) => ({ key: day, days: [day] })),
  { key: 'day', days: weekdays },
  { key: 'weekday', days: workdays },
  { key: 'weekendDay', days: weekendDays },
];

export function weekdaySetOf(days: readonly Weekday[]): string | null {
  return weekdaySets.find((kind) => isSameDaySet(days, kind.days))?.key ?? null;
}
