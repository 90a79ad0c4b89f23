import { setupI18n } from '@lingui/core';
import { describe, expect, it } from 'vitest';
import type { RecurrenceRequest } from '../../domain/task/task.ts';
import { toDay } from '../../domain/time/time.ts';
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
