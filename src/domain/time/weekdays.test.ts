import { expect, test } from 'vitest';
import { nextMonday, weekNumber } from './weekdays.ts';
import { toDay } from './time.ts';

test.each([
  ['2026-01-01', 1],
  ['2026-03-18', 12],
  ['2026-12-31', 53],
  ['2027-01-03', 53],
  ['2027-01-04', 1],
  ['2024-12-30', 1],
  ['2021-01-03', 53],
])('%s is in week %i', (day, week) => {
  expect(weekNumber(toDay(day))).toBe(week);
});

test.each([
  ['2026-03-15', '2026-03-16'],
  ['2026-03-16', '2026-03-23'],
  ['2026-03-18', '2026-03-23'],
])('the Monday after %s is %s', (today, monday) => {
  expect(nextMonday(toDay(today))).toBe(monday);
});
