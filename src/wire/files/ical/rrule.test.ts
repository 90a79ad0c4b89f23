import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDay, toDay } from '../../../domain/time/time.ts';
import { fromRrule, readRrule, skipsShortMonths } from './rrule.ts';

const start = toDay('2026-01-05');
const dayOnly = (until: string) => {
  const day = until.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return isDay(day) ? day : undefined;
};
const read = (text: string) => fromRrule(readRrule(text, dayOnly), start);

test('a rule ends on the day of its UNTIL', () => {
  expect(read('FREQ=DAILY;UNTIL=20260630')?.range).toEqual({
    type: 'endDate',
    startDate: start,
    endDate: '2026-06-30',
  });
  expect(read('FREQ=DAILY;UNTIL=99991231')?.range).toEqual({ type: 'noEnd', startDate: start });
});

test('a rule with an UNTIL that is no date has no pattern', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => dayOnly(text.toUpperCase()) === undefined),
      (until) => read(`FREQ=DAILY;UNTIL=${until}`) === undefined,
    ),
  );
});

describe('rules', () => {
  test.each([
    ['freq=weekly;byday=mo,we', { type: 'weekly', daysOfWeek: ['monday', 'wednesday'] }],
    ['FREQ=DAILY;BYDAY=MO,TU', { type: 'weekly', daysOfWeek: ['monday', 'tuesday'] }],
    ['FREQ=MONTHLY;BYDAY=SU;BYMONTHDAY=8,9,10,11,12,13,14', { type: 'relativeMonthly', index: 'second' }],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', { type: 'relativeYearly', month: 3, index: 'last' }],
    ['FREQ=YEARLY;BYMONTHDAY=20', { type: 'absoluteYearly', month: 1, dayOfMonth: 20 }],
  ])('%s has a pattern', (text, pattern) => {
    expect(read(text)?.pattern).toMatchObject(pattern);
  });

  test.each([
    'FREQ=FORTNIGHTLY',
    'FREQ=WEEKLY;BYDAY=MO, WE',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY;BYDAY=2MO',
    'FREQ=WEEKLY;INTERVAL=abc',
    'FREQ=WEEKLY;INTERVAL=1,2',
    'FREQ=WEEKLY;WKST=1',
    'FREQ=WEEKLY;FREQ=DAILY',
    'FREQ=WEEKLY;COUNT=3;UNTIL=20260630',
    'FREQ=WEEKLY;X-OWN=1',
    'FREQ=WEEKLY;BYHOUR=9',
    'FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1',
    'FREQ=WEEKLY;BYMONTH=6,7,8;BYDAY=MO',
    'FREQ=DAILY;BYMONTH=1',
    'FREQ=DAILY;BYSETPOS=1',
    'FREQ=WEEKLY;BYMONTHDAY=1',
    'FREQ=MONTHLY;BYMONTH=1,7',
    'FREQ=MONTHLY;BYMONTHDAY=1,15',
    'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1,1',
    'FREQ=MONTHLY;BYDAY=2MO;BYSETPOS=1',
    'FREQ=MONTHLY;BYSETPOS=1',
    'INTERVAL=2',
    '',
  ])('%j has none', (text) => {
    expect(read(text)).toBeUndefined();
  });

  test('months without the day of a rule have a date in its pattern, which is said', () => {
    const changed = (text: string) => {
      const parts = readRrule(text, dayOnly);
      const request = fromRrule(parts, start);
      return parts !== undefined && request !== undefined && skipsShortMonths(parts, request);
    };
    expect(['31', '29', '28', '-1'].map((day) => changed(`FREQ=MONTHLY;BYMONTHDAY=${day}`))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(changed('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29')).toBe(true);
    expect(changed('FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31')).toBe(false);
  });
});
