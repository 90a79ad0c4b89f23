import fc from 'fast-check';
import { RRule } from 'rrule';
import type { Weekday as RRuleDay } from 'rrule';
import { describe, expect, test } from 'vitest';
import { lastRecurrenceDay, nextOccurrenceAfter, occurrences, recurrenceProblems } from './recurrence.ts';
import { previewRecurrence } from './recurrencePreview.ts';
import { weekIndexes } from '../task/task.ts';
import { weekdays, addDays, isDay, weekdayOf, toDay } from '../time/time.ts';
import type { Recurrence, WeekIndex } from '../task/task.ts';
import type { Weekday, Day } from '../time/time.ts';

type Pattern = Recurrence['pattern'];

const day = toDay;
const from = (startDate: string) => ({ type: 'noEnd', startDate }) as const;
const workdays: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const daily = (interval: number): Pattern => ({ type: 'daily', interval });
const weekly = (interval: number, daysOfWeek: Weekday[], firstDayOfWeek: Weekday = 'sunday'): Pattern => ({
  type: 'weekly',
  interval,
  daysOfWeek,
  firstDayOfWeek,
});
const monthly = (interval: number, dayOfMonth: number): Pattern => ({ type: 'absoluteMonthly', interval, dayOfMonth });

function first(count: number, rule: Recurrence, start = day(rule.range.startDate)): Day[] {
  const dates: Day[] = [];
  for (const date of occurrences(rule, start)) if (dates.push(date) === count) break;
  return dates;
}

describe('the published patterns', () => {
  test.each<[string, Pattern, Recurrence['range'], string]>([
    ['every third day', daily(3), from('2026-01-30'), '2026-01-30 2026-02-02 2026-02-05 2026-02-08'],
    [
      'every second week on Mon and Wed, weeks from Sunday',
      weekly(2, ['monday', 'wednesday']),
      from('2026-01-07'),
      '2026-01-07 2026-01-19 2026-01-21 2026-02-02',
    ],
    [
      'every second week on Tue and Sun, weeks from Monday',
      weekly(2, ['tuesday', 'sunday'], 'monday'),
      from('2026-08-04'),
      '2026-08-04 2026-08-09 2026-08-18 2026-08-23',
    ],
    [
      'every second week on Tue and Sun, weeks from Sunday',
      weekly(2, ['tuesday', 'sunday'], 'sunday'),
      from('2026-08-04'),
      '2026-08-04 2026-08-16 2026-08-18 2026-08-30',
    ],
    ['the 31st clamps', monthly(1, 31), from('2026-01-31'), '2026-01-31 2026-02-28 2026-03-31 2026-04-30'],
    ['each quarter', monthly(3, 15), from('2026-01-15'), '2026-01-15 2026-04-15 2026-07-15'],
    ['start after the day', monthly(1, 10), from('2026-01-20'), '2026-02-10 2026-03-10'],
    ['months count from the start', monthly(2, 10), from('2026-01-20'), '2026-03-10 2026-05-10'],
    [
      'last Friday',
      { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' },
      from('2026-01-30'),
      '2026-01-30 2026-02-27 2026-03-27 2026-04-24 2026-05-29',
    ],
    [
      'second working day',
      { type: 'relativeMonthly', interval: 1, daysOfWeek: workdays, index: 'second' },
      from('2026-01-01'),
      '2026-01-02 2026-02-03 2026-03-03 2026-04-02 2026-05-04',
    ],
    [
      'last of Monday and Tuesday',
      { type: 'relativeMonthly', interval: 1, daysOfWeek: ['monday', 'tuesday'], index: 'last' },
      from('2026-01-01'),
      '2026-01-27 2026-02-24 2026-03-31 2026-04-28',
    ],
    [
      'fourth Tuesday of every second month',
      { type: 'relativeMonthly', interval: 2, daysOfWeek: ['tuesday'], index: 'fourth' },
      from('2026-01-01'),
      '2026-01-27 2026-03-24 2026-05-26',
    ],
    [
      'the leap day clamps',
      { type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 },
      from('2024-02-29'),
      '2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29',
    ],
    [
      'every second year',
      { type: 'absoluteYearly', interval: 2, month: 4, dayOfMonth: 15 },
      from('2026-04-15'),
      '2026-04-15 2028-04-15 2030-04-15',
    ],
    [
      'last Monday of May',
      { type: 'relativeYearly', interval: 1, month: 5, daysOfWeek: ['monday'], index: 'last' },
      from('2026-05-01'),
      '2026-05-25 2027-05-31 2028-05-29',
    ],
  ])('%s', (_, pattern, range, dates) => {
    const expected = dates.split(' ');
    expect(first(expected.length, { pattern, range })).toEqual(expected);
  });

  test('a count ends a series', () => {
    const rule: Recurrence = {
      pattern: daily(1),
      range: { type: 'numbered', startDate: '2016-01-01', numberOfOccurrences: 4 },
    };
    expect(first(9, rule)).toEqual(['2016-01-01', '2016-01-02', '2016-01-03', '2016-01-04']);
    expect(first(9, rule, day('2016-01-03'))).toEqual(['2016-01-03', '2016-01-04']);
  });

  test('an end date is part of the series', () => {
    const range = { type: 'endDate', startDate: '2026-01-02', endDate: '2026-01-16' } as const;
    expect(first(9, { pattern: weekly(1, ['friday']), range })).toEqual(['2026-01-02', '2026-01-09', '2026-01-16']);
  });
});

describe('the next day of a series', () => {
  const thursdays: Recurrence = { pattern: weekly(1, ['thursday']), range: from('2026-04-30') };

  test('is strictly after the given day, one instance on, never today', () => {
    expect(nextOccurrenceAfter(thursdays, day('2026-04-30'))).toBe('2026-05-07');
    expect(nextOccurrenceAfter(thursdays, day('2026-05-01'))).toBe('2026-05-07');
    expect(nextOccurrenceAfter(thursdays, day('2020-01-01'))).toBe('2026-04-30');
  });

  test('is undefined after the end', () => {
    const range = { type: 'endDate', startDate: '2026-04-30', endDate: '2026-05-13' } as const;
    expect(nextOccurrenceAfter({ ...thursdays, range }, day('2026-05-07'))).toBeUndefined();
    expect(nextOccurrenceAfter(thursdays, lastRecurrenceDay)).toBeUndefined();
  });
});

describe('problems', () => {
  test.each<[string, Pattern, Recurrence['range'], string]>([
    ['no interval', daily(0), from('2026-01-01'), 'recurrenceOutOfRange'],
    ['too many days', daily(1000), from('2026-01-01'), 'recurrenceOutOfRange'],
    ['too many weeks', weekly(100, ['monday']), from('2026-01-01'), 'recurrenceOutOfRange'],
    ['a fractional interval', monthly(1.5, 1), from('2026-01-01'), 'recurrenceOutOfRange'],
    ['a 32nd', monthly(1, 32), from('2026-01-01'), 'recurrenceOutOfRange'],
    [
      'a 13th month',
      { type: 'absoluteYearly', interval: 1, month: 13, dayOfMonth: 1 },
      from('2026-01-01'),
      'recurrenceOutOfRange',
    ],
    ['no day of the week', weekly(1, []), from('2026-01-01'), 'recurrenceInvalid'],
    ['no date', daily(1), from('2026-02-30'), 'recurrenceInvalid'],
    [
      'an end out of range',
      daily(1),
      { type: 'endDate', startDate: '2026-01-01', endDate: '4500-09-02' },
      'recurrenceOutOfRange',
    ],
    [
      'too many occurrences',
      daily(1),
      { type: 'numbered', startDate: '2026-01-01', numberOfOccurrences: 1000 },
      'recurrenceOutOfRange',
    ],
    ['none', daily(1), { type: 'numbered', startDate: '2026-01-01', numberOfOccurrences: 0 }, 'recurrenceOutOfRange'],
    [
      'an end before the start',
      daily(1),
      { type: 'endDate', startDate: '2026-01-02', endDate: '2026-01-01' },
      'recurrenceEmpty',
    ],
    [
      'no Monday between Tuesday and Sunday',
      weekly(1, ['monday']),
      { type: 'endDate', startDate: '2026-01-06', endDate: '2026-01-11' },
      'recurrenceEmpty',
    ],
    [
      'a fifth week that does not occur',
      { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'fourth' },
      { type: 'endDate', startDate: '2026-01-24', endDate: '2026-02-26' },
      'recurrenceEmpty',
    ],
  ])('%s', (_, pattern, range, code) => {
    expect(recurrenceProblems({ pattern, range }).map((problem) => problem.code)).toEqual([code]);
  });

  test('there are none in a valid rule at the limits', () => {
    expect(recurrenceProblems({ pattern: daily(999), range: from('1601-01-01') })).toEqual([]);
    const range = { type: 'endDate', startDate: '4500-09-01', endDate: '4500-09-01' } as const;
    expect(recurrenceProblems({ pattern: daily(1), range })).toEqual([]);
  });
});

const foreignTexts = fc.oneof(
  fc.string(),
  fc.constantFrom('', '0000-00-00', '2026-02-30', '2026-13-01', '+010000-01', '9999-99-99'),
  fc.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
);

test('an end date that is no date does not end the series', () => {
  fc.assert(
    fc.property(
      foreignTexts.filter((text) => !isDay(text.slice(0, 10))),
      (endDate) => {
        const rule: Recurrence = { pattern: daily(3), range: { type: 'endDate', startDate: '2026-01-30', endDate } };
        expect(first(3, rule)).toEqual(['2026-01-30', '2026-02-02', '2026-02-05']);
        expect(first(2, rule, addDays(lastRecurrenceDay, -3))).toHaveLength(1);
        expect(recurrenceProblems(rule)).toMatchObject([{ code: 'recurrenceInvalid' }]);
        expect(previewRecurrence(rule, 2).days).toEqual(['2026-01-30', '2026-02-02']);
      },
    ),
  );
});

// ---- Against an independent engine
// -------------------------------------------------------------------------------------

const rruleDays: Record<Weekday, RRuleDay> = {
  sunday: RRule.SU,
  monday: RRule.MO,
  tuesday: RRule.TU,
  wednesday: RRule.WE,
  thursday: RRule.TH,
  friday: RRule.FR,
  saturday: RRule.SA,
};

/** RFC 5545 skips months without the day: taking the last of the days up to it clamps instead. */
function clampedDay(dayOfMonth: number) {
  if (dayOfMonth <= 28) return { bymonthday: [dayOfMonth] };
  return { bymonthday: Array.from({ length: dayOfMonth - 27 }, (_, n) => 28 + n), bysetpos: [-1] };
}

const of = (names: readonly Weekday[]) => names.map((name) => rruleDays[name]);
const position = (index: WeekIndex) => [index === 'last' ? -1 : weekIndexes.indexOf(index) + 1];

function frequencyOf(pattern: Pattern) {
  switch (pattern.type) {
    case 'daily':
      return { freq: RRule.DAILY };
    case 'weekly':
      return {
        freq: RRule.WEEKLY,
        byweekday: of(pattern.daysOfWeek),
        wkst: rruleDays[pattern.firstDayOfWeek],
      };
    case 'absoluteMonthly':
      return { freq: RRule.MONTHLY, ...clampedDay(pattern.dayOfMonth) };
    case 'relativeMonthly':
      return { freq: RRule.MONTHLY, byweekday: of(pattern.daysOfWeek), bysetpos: position(pattern.index) };
    case 'absoluteYearly':
      return { freq: RRule.YEARLY, bymonth: [pattern.month], ...clampedDay(pattern.dayOfMonth) };
    case 'relativeYearly': {
      const days = { byweekday: of(pattern.daysOfWeek), bysetpos: position(pattern.index) };
      return { freq: RRule.YEARLY, bymonth: [pattern.month], ...days };
    }
  }
}

function rruleOf({ pattern, range }: Recurrence): RRule {
  return new RRule({
    ...frequencyOf(pattern),
    interval: pattern.interval,
    dtstart: new Date(`${range.startDate}T00:00:00Z`),
    ...(range.type === 'endDate' && { until: new Date(`${range.endDate}T00:00:00Z`) }),
    ...(range.type === 'numbered' && { count: range.numberOfOccurrences }),
  });
}

const interval = fc.integer({ min: 1, max: 7 });
const someDays = fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 });
const month = fc.integer({ min: 1, max: 12 });
const index = fc.constantFrom(...weekIndexes);
const patterns: fc.Arbitrary<Pattern> = fc.oneof(
  fc.record({ type: fc.constant('daily' as const), interval }),
  fc.record({
    type: fc.constant('weekly' as const),
    interval,
    daysOfWeek: someDays,
    firstDayOfWeek: fc.constantFrom(...weekdays),
  }),
  fc.record({ type: fc.constant('absoluteMonthly' as const), interval, dayOfMonth: fc.integer({ min: 1, max: 31 }) }),
  fc.record({ type: fc.constant('relativeMonthly' as const), interval, daysOfWeek: someDays, index }),
  fc.record({
    type: fc.constant('absoluteYearly' as const),
    interval,
    month,
    dayOfMonth: fc.integer({ min: 1, max: 31 }),
  }),
  fc.record({ type: fc.constant('relativeYearly' as const), interval, month, daysOfWeek: someDays, index }),
);
const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays(day('2000-01-01'), n));
const ranges: fc.Arbitrary<Recurrence['range']> = fc.oneof(
  days.map((startDate) => ({ type: 'noEnd' as const, startDate })),
  fc.record({
    type: fc.constant('numbered' as const),
    startDate: days,
    numberOfOccurrences: fc.integer({ min: 1, max: 40 }),
  }),
  fc
    .record({ startDate: days, length: fc.integer({ min: 0, max: 4000 }) })
    .map(({ startDate, length }) => ({ type: 'endDate' as const, startDate, endDate: addDays(startDate, length) })),
);
const rules = fc.record({ pattern: patterns, range: ranges });

/** An endless series with an end date, so that it can be enumerated. */
function endingBy(range: Recurrence['range'], endDate: Day): Recurrence['range'] {
  return range.type === 'noEnd' ? { ...range, type: 'endDate', endDate } : range;
}

describe('every rule', () => {
  test('has the dates that an RFC 5545 engine finds', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const expected: string[] = [];
        rruleOf(rule).all((date, n) => n < 12 && expected.push(date.toISOString().slice(0, 10)) > 0);
        expect(first(12, rule)).toEqual(expected.slice(0, 12));
      }),
      { numRuns: 500 },
    );
  });

  test('can be entered on any day: the rest is the same', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: -400, max: 8000 }), (rule, ahead) => {
        const entry = addDays(day(rule.range.startDate), ahead);
        const all = [
          ...occurrences({ ...rule, range: endingBy(rule.range, addDays(entry, 20_000)) }, day(rule.range.startDate)),
        ];
        expect(first(5, rule, entry)).toEqual(all.filter((date) => date >= entry).slice(0, 5));
      }),
    );
  });

  test('is in ascending order, and a weekly rule keeps to its days', () => {
    fc.assert(
      fc.property(rules, ({ pattern, range }) => {
        const dates = first(20, { pattern, range });
        expect(dates).toEqual([...new Set(dates)].toSorted());
        if ('daysOfWeek' in pattern) {
          expect(dates.every((date) => pattern.daysOfWeek.includes(weekdayOf(date)))).toBe(true);
        }
      }),
    );
  });
});
