import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg, plural, selectOrdinal } from '@lingui/core/macro';
import type { RecurrencePattern } from '../../domain/recurrence/recurrencePatterns.ts';
import { weekdays, addDays, dayInMonth, isDay, toDay } from '../../domain/time/time.ts';
import type { RecurrenceRequest, WeekIndex } from '../../domain/task/task.ts';
import type { Weekday, Day } from '../../domain/time/time.ts';
import { isSameDaySet, weekendDays, weekdaysFrom, workdays } from '../../domain/time/weekdays.ts';
import { dateLabel, weekdayLabel, weekdayName } from './dateLabels.ts';

/* A rule as text: "every 2 weeks on Mon, Thu until 30 June". Used by rows, chips and the editor. */

/** The user's day and locale. */
export type RecurrenceLabelContext = { today: Day; locale: string };

const aSunday = toDay('2026-03-15');
const dayNamed = (weekday: Weekday) => addDays(aSunday, weekdays.indexOf(weekday));

/** 'Mon'. */
export function shortWeekday(weekday: Weekday, locale: string): string {
  return weekdayLabel(dayNamed(weekday), locale);
}

/** 'Monday'. */
export function longWeekday(weekday: Weekday, locale: string): string {
  return weekdayName(dayNamed(weekday), locale);
}

export const weekIndexLabels: Readonly<Record<WeekIndex, MessageDescriptor>> = {
  first: msg`first`,
  second: msg`second`,
  third: msg`third`,
  fourth: msg`fourth`,
  last: msg`last`,
};

/** 'every month on the last Friday, 12 times', for use inside a sentence. */
export function recurrenceLabel(i18n: I18n, rule: RecurrenceRequest, context: RecurrenceLabelContext): string {
  const often = patternLabel(i18n, rule.pattern, context);
  const { range } = rule;
  if (range.type === 'numbered') {
    const times = range.numberOfOccurrences;
    return i18n._(msg`${often}, ${plural(times, { one: 'once', other: '# times' })}`);
  }
  if (range.type === 'endDate' && isDay(range.endDate)) {
    return i18n._(msg`${often} until ${dateLabel(range.endDate, context.today, context.locale)}`);
  }
  return often;
}

/** The same as a sentence: 'Every month on the last Friday, 12 times'. */
export function recurrenceSentence(i18n: I18n, rule: RecurrenceRequest, context: RecurrenceLabelContext): string {
  const label = recurrenceLabel(i18n, rule, context);
  return label.charAt(0).toLocaleUpperCase(context.locale) + label.slice(1);
}

function patternLabel(i18n: I18n, pattern: RecurrencePattern, { locale }: RecurrenceLabelContext): string {
  const every = pattern.interval;
  switch (pattern.type) {
    case 'daily':
      return i18n._(msg`${plural(every, { one: 'every day', other: 'every # days' })}`);
    case 'weekly': {
      if (every === 1 && isSameDaySet(pattern.daysOfWeek, workdays)) return i18n._(msg`every weekday`);
      if (every === 1 && pattern.daysOfWeek.length === 7) return i18n._(msg`every day`);
      const days = weekdaysFrom(pattern.firstDayOfWeek)
        .filter((day) => pattern.daysOfWeek.includes(day))
        .map((day) => shortWeekday(day, locale))
        .join(', ');
      return i18n._(msg`${plural(every, { one: 'every week', other: 'every # weeks' })} on ${days}`);
    }
    case 'absoluteMonthly': {
      const day = ordinal(i18n, pattern.dayOfMonth);
      return i18n._(msg`${plural(every, { one: 'every month', other: 'every # months' })} on the ${day}`);
    }
    case 'relativeMonthly': {
      const day = i18n._(weekIndexLabels[pattern.index]);
      const name = weekdaysLabel(i18n, pattern.daysOfWeek, locale);
      return i18n._(msg`${plural(every, { one: 'every month', other: 'every # months' })} on the ${day} ${name}`);
    }
    case 'absoluteYearly': {
      const date = dateLabel(dayOfYear(pattern.month, pattern.dayOfMonth), dayOfYear(1, 1), locale);
      return i18n._(msg`${plural(every, { one: 'every year', other: 'every # years' })} on ${date}`);
    }
    case 'relativeYearly': {
      const day = i18n._(weekIndexLabels[pattern.index]);
      const name = weekdaysLabel(i18n, pattern.daysOfWeek, locale);
      const month = monthLabel(pattern.month, locale);
      return i18n._(
        msg`${plural(every, { one: 'every year', other: 'every # years' })} on the ${day} ${name} of ${month}`,
      );
    }
  }
}

/**
 * Several weekdays of a relative pattern are one kind of day, as in "the second weekday of the month"
 * (docs/protocol.md#dates-of-a-series).
 */
export function weekdaysLabel(i18n: I18n, days: readonly Weekday[], locale: string): string {
  if (days.length === 7) return i18n._(msg`day`);
  if (isSameDaySet(days, workdays)) return i18n._(msg`weekday`);
  if (isSameDaySet(days, weekendDays)) return i18n._(msg`weekend day`);
  const names = weekdaysFrom('monday').filter((day) => days.includes(day));
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(names.map((day) => longWeekday(day, locale)));
}

function ordinal(i18n: I18n, n: number): string {
  return i18n._(msg`${selectOrdinal(n, { one: '#st', two: '#nd', few: '#rd', other: '#th' })}`);
}

/**
 * A day in a leap year, so that 29 February exists. A shorter month uses its last day, like the rule
 * (docs/protocol.md#dates-of-a-series).
 */
function dayOfYear(month: number, date: number): Day {
  return dayInMonth(2024, month, date);
}

/** 'May'. */
export function monthLabel(month: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format((month - 1) * 31 * 86_400_000);
}
