import fc from 'fast-check';
import { expect, it } from 'vitest';
import { weekdays, addDays, toDay, weekdayOf } from '../../../domain/time/time.ts';
import { weekStripStart, weekStripStep } from './weekStripDays.ts';

const today = toDay('2026-03-18');
const days = fc.integer({ min: -500, max: 500 }).map((n) => addDays(today, n));
const first = fc.constantFrom(...weekdays);
const length = fc.constantFrom(7, 14);

it('begins with a week and has the due date in it, or the start, or today', () => {
  const given = fc.record({ start: fc.option(days), due: fc.option(days), first, length });
  fc.assert(
    fc.property(given, ({ start, due, first, length }) => {
      const from = weekStripStart({ start, due }, { today, first, length });
      expect(weekdayOf(from)).toBe(first);
      const shown = due ?? start ?? today;
      expect(shown >= from && shown < addDays(from, length)).toBe(true);
    }),
  );
});

it('has the start in it too where both find room', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 7 }), first, (start, lasts, first) => {
      const from = weekStripStart({ start, due: addDays(start, lasts) }, { today, first, length: 14 });
      expect(start >= from).toBe(true);
    }),
  );
});

it.each([
  ['ArrowRight', false, '2026-03-19'],
  ['ArrowRight', true, '2026-03-17'],
  ['ArrowLeft', false, '2026-03-17'],
  ['ArrowDown', false, '2026-03-25'],
  ['PageUp', false, '2026-03-11'],
  ['Home', false, '2026-03-16'],
  ['End', false, '2026-03-22'],
  ['Enter', false, null],
])('%s, right to left: %s', (key, isRtl, day) => {
  expect(weekStripStep(key, today, { first: 'monday', isRtl })).toBe(day);
});
