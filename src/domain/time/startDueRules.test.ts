import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, isDay, type Day } from './time.ts';
import { applyDateEdit, alignDatesToSeries, type TaskDates } from './startDueRules.ts';

function day(text: string): Day {
  if (!isDay(text)) throw new Error(`${text} is no day`);
  return text;
}

const none: TaskDates = { start: null, due: null };
const span: TaskDates = { start: day('2026-03-16'), due: day('2026-03-18') };

describe('applyDateEdit', () => {
  test('a due date needs no start date', () => {
    expect(applyDateEdit(none, { field: 'due', day: day('2026-03-18') })).toEqual({
      kind: 'save',
      dates: { start: null, due: '2026-03-18' },
      notice: null,
    });
  });

  test('a start date without a due date sets the same due date, with a notice', () => {
    expect(applyDateEdit(none, { field: 'start', day: day('2026-03-16') })).toEqual({
      kind: 'save',
      dates: { start: '2026-03-16', due: '2026-03-16' },
      notice: 'dueFollows',
    });
  });

  test('clearing the due date clears the start date, with a notice', () => {
    expect(applyDateEdit(span, { field: 'due', day: null })).toEqual({
      kind: 'save',
      dates: none,
      notice: 'startLeaves',
    });
  });

  test('clearing the start date keeps the due date', () => {
    expect(applyDateEdit(span, { field: 'start', day: null })).toEqual({
      kind: 'save',
      dates: { start: null, due: '2026-03-18' },
      notice: null,
    });
  });

  test('a due date before the start date asks; moving both keeps the duration', () => {
    expect(applyDateEdit(span, { field: 'due', day: day('2026-03-14') })).toEqual({
      kind: 'ask',
      problem: 'dueBeforeStart',
      picked: '2026-03-14',
      moved: { start: '2026-03-12', due: '2026-03-14' },
    });
  });

  test('a start date after the due date asks; moving both keeps the duration', () => {
    expect(applyDateEdit(span, { field: 'start', day: day('2026-03-20') })).toEqual({
      kind: 'ask',
      problem: 'startAfterDue',
      picked: '2026-03-20',
      moved: { start: '2026-03-20', due: '2026-03-22' },
    });
  });

  test('every result that can be saved obeys the rule', () => {
    const someDay = fc.integer({ min: -400, max: 400 }).map((n) => addDays(day('2026-03-16'), n));
    const maybe = fc.option(someDay);
    fc.assert(
      fc.property(
        maybe,
        maybe,
        fc.constantFrom('start' as const, 'due' as const),
        maybe,
        (start, due, field, picked) => {
          const step = applyDateEdit({ start, due }, { field, day: picked });
          const { dates } = step.kind === 'save' ? step : { dates: step.moved };
          expect(dates[field]).toBe(picked);
          if (dates.start !== null) {
            expect(dates.due).not.toBeNull();
            expect(daysBetween(dates.start, dates.due ?? dates.start)).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });
});

describe('a task that becomes a series', () => {
  const first = day('2026-03-27');

  test('starts on the first date and keeps its duration', () => {
    const dates = { start: day('2026-03-16'), due: day('2026-03-18') };
    expect(alignDatesToSeries(dates, first)).toEqual({ dates: { start: first, due: '2026-03-29' }, isMoved: true });
  });

  test('gets the date without a notice when it had none, and keeps a date that fits', () => {
    expect(alignDatesToSeries({ start: null, due: null }, first)).toEqual({
      dates: { start: null, due: first },
      isMoved: false,
    });
    expect(alignDatesToSeries({ start: null, due: first }, first)).toEqual({
      dates: { start: null, due: first },
      isMoved: false,
    });
  });
});
