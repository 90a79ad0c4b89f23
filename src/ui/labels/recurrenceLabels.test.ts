import { setupI18n } from '@lingui/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patchOf } from '../../domain/naturalLanguage/fields.ts';
import { parseText } from '../../domain/naturalLanguage/parser.ts';
import { isSamePattern } from '../../domain/recurrence/recurrencePatterns.ts';
import type { RecurrencePattern } from '../../domain/recurrence/recurrencePatterns.ts';
import { weekIndexes } from '../../domain/task/task.ts';
import type { RecurrenceRequest } from '../../domain/task/task.ts';
import { addDays, daysInMonth, toDay, weekdays } from '../../domain/time/time.ts';
import { weekendDays, workdays } from '../../domain/time/weekdays.ts';
import { recurrenceSentence, recurrenceLabel } from './recurrenceLabels.ts';

const i18n = setupI18n({ locale: 'en', messages: { en: {} } });
const context = { today: toDay('2026-03-18'), locale: 'en-GB' };
const noEnd = { type: 'noEnd' } as const;
const words = (pattern: RecurrenceRequest['pattern'], range: RecurrenceRequest['range'] = noEnd) =>
  recurrenceLabel(i18n, { pattern, range }, context);

describe('a rule as text', () => {
  it.each<[string, RecurrenceRequest['pattern']]>([
    ['every day', { type: 'daily', interval: 1 }],
    ['every 3 days', { type: 'daily', interval: 3 }],
    [
      'every weekday',
      {
        type: 'weekly',
        interval: 1,
        daysOfWeek: ['friday', 'monday', 'tuesday', 'wednesday', 'thursday'],
        firstDayOfWeek: 'sunday',
      },
    ],
    [
      'every 2 weeks on Mon, Thu',
      { type: 'weekly', interval: 2, daysOfWeek: ['thursday', 'monday'], firstDayOfWeek: 'monday' },
    ],
    [
      'every week on Sun, Tue',
      { type: 'weekly', interval: 1, daysOfWeek: ['tuesday', 'sunday'], firstDayOfWeek: 'sunday' },
    ],
    ['every month on the 1st', { type: 'absoluteMonthly', interval: 1, dayOfMonth: 1 }],
    ['every 2 months on the 22nd', { type: 'absoluteMonthly', interval: 2, dayOfMonth: 22 }],
    ['every month on the 13th', { type: 'absoluteMonthly', interval: 1, dayOfMonth: 13 }],
    ['every month on the last Friday', { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' }],
    [
      'every month on the second weekday',
      {
        type: 'relativeMonthly',
        interval: 1,
        daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
        index: 'second',
      },
    ],
    [
      'every month on the first Monday or Tuesday',
      { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday', 'monday'], index: 'first' },
    ],
    ['every year on 30 Nov', { type: 'absoluteYearly', interval: 1, month: 11, dayOfMonth: 31 }],
    ['every year on 29 Feb', { type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 }],
    [
      'every 2 years on the last Monday of May',
      { type: 'relativeYearly', interval: 2, month: 5, daysOfWeek: ['monday'], index: 'last' },
    ],
  ])('%s', (said, pattern) => {
    expect(words(pattern)).toBe(said);
  });

  it('includes its end', () => {
    const daily = { type: 'daily', interval: 1 } as const;
    expect(words(daily, { type: 'endDate', endDate: '2026-06-30' })).toBe('every day until 30 Jun');
    expect(words(daily, { type: 'endDate', endDate: '2027-06-30' })).toBe('every day until 30 Jun 2027');
    expect(words(daily, { type: 'numbered', numberOfOccurrences: 12 })).toBe('every day, 12 times');
    expect(words(daily, { type: 'numbered', numberOfOccurrences: 1 })).toBe('every day, once');
  });

  it('can begin a sentence', () => {
    const rule = { pattern: { type: 'daily', interval: 1 }, range: noEnd } as const;
    expect(recurrenceSentence(i18n, rule, context)).toBe('Every day');
  });
});

describe('a label that is typed', () => {
  const now = '2026-03-18T11:24:00.000';

  it('parses the label that the app gives any recurrence', () => {
    const interval = fc.integer({ min: 1, max: 99 });
    const dayOfMonth = fc.integer({ min: 1, max: 31 });
    const month = fc.integer({ min: 1, max: 12 });
    const index = fc.constantFrom(...weekIndexes);
    // Of several days only those that have a name: "the first Monday or Tuesday" is for the form.
    const named = fc.oneof(
      fc.constantFrom(...weekdays).map((day) => [day]),
      fc.constantFrom([...workdays], [...weekendDays], [...weekdays]),
    );
    // Every day of the week is said as "every day".
    const some = fc.subarray([...weekdays], { minLength: 1, maxLength: 6 });
    const pattern: fc.Arbitrary<RecurrencePattern> = fc.oneof(
      fc.record({ type: fc.constant('daily' as const), interval }),
      fc.record({
        type: fc.constant('weekly' as const),
        interval,
        daysOfWeek: some,
        firstDayOfWeek: fc.constant('monday' as const),
      }),
      fc.record({ type: fc.constant('absoluteMonthly' as const), interval, dayOfMonth }),
      fc.record({ type: fc.constant('relativeMonthly' as const), interval, daysOfWeek: named, index }),
      fc
        .record({ type: fc.constant('absoluteYearly' as const), interval, month, dayOfMonth })
        .filter(({ month, dayOfMonth }) => dayOfMonth <= daysInMonth(2024, month)),
      fc.record({ type: fc.constant('relativeYearly' as const), interval, month, daysOfWeek: named, index }),
    );
    const range: fc.Arbitrary<RecurrenceRequest['range']> = fc.oneof(
      fc.constant({ type: 'noEnd' as const }),
      fc.integer({ min: 1, max: 999 }).map((n) => ({ type: 'numbered' as const, numberOfOccurrences: n })),
      // Far enough off that every rule has a date until then.
      fc
        .integer({ min: 300 * 366, max: 400 * 366 })
        .map((n) => ({ type: 'endDate' as const, endDate: addDays(toDay(now), n) })),
    );
    fc.assert(
      fc.property(pattern, range, (pattern, range) => {
        const words = recurrenceLabel(i18n, { pattern, range }, { today: toDay(now), locale: 'en-GB' });
        const parsed = parseText(`Yoga ${words}`, { now, locale: 'en-GB', firstDayOfWeek: 'monday' });
        const { subject, recurrence } = patchOf(parsed, { now, zone: 'Europe/Paris' });
        expect(subject).toBe('Yoga');
        expect(recurrence && isSamePattern(recurrence.pattern, pattern)).toBe(true);
        expect(recurrence?.range).toMatchObject(range);
      }),
    );
  });
});
