import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonPatterns, firstDayOfPattern, isSamePattern, weekIndexOf } from './recurrencePatterns.ts';
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
