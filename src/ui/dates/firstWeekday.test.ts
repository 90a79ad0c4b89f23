import { expect, it } from 'vitest';
import { firstWeekday } from './firstWeekday.ts';

it.each([
  ['en-US', 'sunday'],
  ['en-GB', 'monday'],
  ['fr-FR', 'monday'],
  ['ar-EG', 'saturday'],
])('weeks in %s begin on %s', (locale, day) => {
  expect(firstWeekday(locale)).toBe(day);
});
