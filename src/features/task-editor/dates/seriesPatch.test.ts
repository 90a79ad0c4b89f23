import { expect, test } from 'vitest';
import type { Recurrence } from '../../../domain/task/task.ts';
import { toDay, zonedDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { datePatch, seriesPatch } from './seriesPatch.ts';

const zone = 'Europe/Paris';
const monday = toDay('2026-03-16');
const tuesday = toDay('2026-03-17');
const friday = toDay('2026-03-20');
const at = (day: Day) => zonedDay(day, zone);
const rule: Recurrence = {
  pattern: { type: 'weekly', interval: 1, daysOfWeek: ['friday'], firstDayOfWeek: 'monday' },
  range: { type: 'noEnd', startDate: friday },
};

test('a patch names only the dates that change', () => {
  const dates = { start: monday, due: tuesday };
  expect(datePatch(dates, dates, zone)).toEqual({});
  expect(datePatch(dates, { start: monday, due: friday }, zone)).toEqual({ due: at(friday) });
  expect(datePatch(dates, { start: tuesday, due: tuesday }, zone)).toEqual({ start: at(tuesday) });
  expect(datePatch(dates, { start: null, due: null }, zone)).toEqual({ start: null, due: null });
});

test('a task that becomes a series moves to the first day of its rule, and keeps its length', () => {
  const made = { rule, first: friday, zone };
  expect(seriesPatch({ start: monday, due: tuesday }, made)).toEqual({
    patch: { start: at(friday), due: at(toDay('2026-03-21')), recurrence: rule },
    dates: { start: friday, due: '2026-03-21' },
    isMoved: true,
  });
  expect(seriesPatch({ start: null, due: monday }, made)).toMatchObject({ patch: { due: at(friday) }, isMoved: true });
  expect(seriesPatch({ start: null, due: null }, made)).toMatchObject({ patch: { due: at(friday) }, isMoved: false });
});

test('a task on the first day of its rule stays there', () => {
  expect(seriesPatch({ start: null, due: friday }, { rule, first: friday, zone })).toEqual({
    patch: { recurrence: rule },
    dates: { start: null, due: friday },
    isMoved: false,
  });
});
