import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { occurrences } from './recurrence.ts';
import {
  commonPatterns,
  firstDayOfPattern,
  previewRecurrence,
  isSamePattern,
  weekIndexOf,
} from './recurrencePatterns.ts';
import type { Recurrence } from '../task/task.ts';
import { addDays, toDay } from '../time/time.ts';

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays(toDay('2000-01-01'), n));

describe('common patterns', () => {
  it('are six, and all but "every weekday" begin on the day they are offered for', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const [daily, weekdays, ...rest] = commonPatterns(day, 'monday');
        for (const pattern of [daily!, ...rest]) expect(firstDayOfPattern(pattern, day)).toBe(day);
        expect(firstDayOfPattern(weekdays!, day)! >= day).toBe(true);
      }),
    );
  });

  it('use `last` for the last such weekday of the month', () => {
    expect(weekIndexOf(toDay('2026-03-27'))).toBe('last');
    expect(weekIndexOf(toDay('2026-03-20'))).toBe('third');
    expect(weekIndexOf(toDay('2026-03-01'))).toBe('first');
    expect(weekIndexOf(toDay('2026-03-24'))).toBe('fourth');
  });

  it('are recognised whatever the order of their days', () => {
    const week = (days: readonly ('monday' | 'friday')[], interval: number, firstDayOfWeek: 'monday' | 'sunday') =>
      ({ type: 'weekly', interval, daysOfWeek: days, firstDayOfWeek }) as const;
    expect(isSamePattern(week(['monday', 'friday'], 1, 'sunday'), week(['friday', 'monday'], 1, 'monday'))).toBe(true);
    expect(isSamePattern(week(['monday', 'friday'], 2, 'sunday'), week(['friday', 'monday'], 2, 'monday'))).toBe(false);
    expect(isSamePattern(week(['monday'], 1, 'sunday'), week(['friday'], 1, 'sunday'))).toBe(false);
  });
});

describe('a preview', () => {
  type Range = Recurrence['range'] extends infer R
    ? R extends R
      ? Omit<R, 'startDate'> & { startDate?: string }
      : never
    : never;
  const monthly = (range: Range): Recurrence => ({
    pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' },
    range: { startDate: '2026-03-27', ...range },
  });

  it('has the first days, the number of further ones and the last day', () => {
    const preview = previewRecurrence(monthly({ type: 'numbered', numberOfOccurrences: 12 }), 5);
    expect(preview.days).toEqual(['2026-03-27', '2026-04-24', '2026-05-29', '2026-06-26', '2026-07-31']);
    expect(preview).toMatchObject({ more: 7, last: '2027-02-26' });
  });

  it('of a series without an end has no last day', () => {
    expect(previewRecurrence(monthly({ type: 'noEnd' }), 5)).toMatchObject({ more: null, last: null });
  });

  it('has the last day of a series that is too long to count', () => {
    const rule: Recurrence = {
      pattern: { type: 'absoluteYearly', interval: 40, month: 2, dayOfMonth: 29 },
      range: { type: 'endDate', startDate: '2024-02-29', endDate: '4500-01-01' },
    };
    expect(previewRecurrence(rule, 5).last).toBe([...occurrences(rule, toDay('2024-02-29'))].at(-1));
    const daily: Recurrence = {
      pattern: { type: 'daily', interval: 7 },
      range: { type: 'endDate', startDate: '2026-01-01', endDate: '2200-01-01' },
    };
    expect(previewRecurrence(daily, 5)).toMatchObject({
      more: null,
      last: [...occurrences(daily, toDay('2026-01-01'))].at(-1),
    });
  });
});
