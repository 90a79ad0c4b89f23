import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recurrenceProblems } from '../../../domain/recurrence/recurrence.ts';
import { weekIndexes } from '../../../domain/task/task.ts';
import { weekdays, addDays, toDay } from '../../../domain/time/time.ts';
import type { Recurrence } from '../../../domain/task/task.ts';
import {
  emptyRepeatForm,
  repeatFormOf,
  repeatFormProblem,
  recurrenceOfForm,
  repeatUnits,
  withSeriesEnd,
} from './repeatForm.ts';
import type { RepeatForm } from './repeatForm.ts';

const today = toDay('2026-03-18');
const empty = emptyRepeatForm(today, 'monday', 'Europe/Paris');
const day = fc.integer({ min: -3000, max: 3000 }).map((n) => addDays(today, n));
const days = fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 });
const interval = fc.integer({ min: 1, max: 99 });
const dayOfMonth = fc.integer({ min: 1, max: 31 });
const month = fc.integer({ min: 1, max: 12 });
const index = fc.constantFrom(...weekIndexes);
const type = <T extends string>(name: T) => fc.constant(name);
const pattern: fc.Arbitrary<Recurrence['pattern']> = fc.oneof(
  fc.record({ type: type('daily'), interval }),
  fc.record({ type: type('weekly'), interval, daysOfWeek: days, firstDayOfWeek: fc.constantFrom(...weekdays) }),
  fc.record({ type: type('absoluteMonthly'), interval, dayOfMonth }),
  fc.record({ type: type('relativeMonthly'), interval, daysOfWeek: days, index }),
  fc.record({ type: type('absoluteYearly'), interval, month, dayOfMonth }),
  fc.record({ type: type('relativeYearly'), interval, month, daysOfWeek: days, index }),
);
const range: fc.Arbitrary<Recurrence['range']> = fc.oneof(
  fc.record({ type: type('noEnd'), startDate: day }),
  fc.record({ type: type('endDate'), startDate: day, endDate: day, zone: fc.constant('Pacific Standard Time') }),
  fc.record({ type: type('numbered'), startDate: day, numberOfOccurrences: fc.integer({ min: 1, max: 999 }) }),
);

describe('the form of a rule', () => {
  it('says every rule of the API, and gives it back unchanged', () => {
    fc.assert(
      fc.property(fc.record({ pattern, range }), (rule) => {
        expect(recurrenceOfForm(repeatFormOf(rule, empty))).toEqual(rule);
      }),
    );
  });

  it('has a problem exactly when its rule has one', () => {
    const text = fc.oneof(fc.integer({ min: -1, max: 1200 }).map(String), fc.constantFrom('', 'x', '1.5', ' 3 '));
    const form: fc.Arbitrary<RepeatForm> = fc.record({
      unit: fc.constantFrom('day', 'week', 'month', 'year'),
      interval: text,
      start: day,
      weekdays: fc.uniqueArray(fc.constantFrom(...weekdays)),
      firstDayOfWeek: fc.constantFrom(...weekdays),
      by: fc.constantFrom('date', 'weekday'),
      dayOfMonth: text,
      index,
      indexDays: days,
      month,
      ends: fc.constantFrom('never', 'on', 'after'),
      endDay: fc.option(day),
      times: text,
      zone: fc.constant(undefined),
    });
    fc.assert(
      fc.property(form, (given) => {
        expect(repeatFormProblem(given) === null).toBe(recurrenceProblems(recurrenceOfForm(given)).length === 0);
      }),
      { numRuns: 400 },
    );
  });

  it('names the field that can mend it', () => {
    expect(repeatFormProblem({ ...empty, interval: '0' })).toEqual({ field: 'interval', most: 99 });
    expect(repeatFormProblem({ ...empty, weekdays: [] })).toEqual({ field: 'weekdays' });
    expect(repeatFormProblem({ ...empty, ends: 'after', times: '' })).toEqual({ field: 'times' });
    expect(repeatFormProblem({ ...empty, unit: 'month', dayOfMonth: '32' })).toEqual({ field: 'dayOfMonth' });
    expect(repeatFormProblem({ ...empty, ends: 'on', endDay: toDay('2026-03-17') })).toEqual({
      field: 'endDay',
      first: '2026-03-18',
    });
  });

  it('offers a last day that is one, and keeps one that was picked', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...repeatUnits), (start, unit) => {
        const form = { ...emptyRepeatForm(start, 'monday', 'Europe/Paris'), unit };
        expect(repeatFormProblem({ ...form, ...withSeriesEnd(form, 'on') })).toBeNull();
      }),
    );
    const picked = { ...empty, endDay: toDay('2027-01-01') };
    expect(withSeriesEnd(picked, 'on')).toEqual({ ends: 'on', endDay: '2027-01-01' });
    expect(withSeriesEnd(picked, 'never')).toEqual({ ends: 'never', endDay: '2027-01-01' });
  });
});
