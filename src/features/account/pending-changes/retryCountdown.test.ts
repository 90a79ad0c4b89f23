import { expect, test } from 'vitest';
import { secondsUntil } from './retryCountdown.ts';

test.each([
  ['2026-03-18T09:00:20.000Z', 20],
  ['2026-03-18T09:00:00.001Z', 1],
  ['2026-03-18T09:00:00.000Z', 0],
  ['2026-03-18T08:59:00.000Z', 0],
])('until %s there are %i seconds', (until, seconds) => {
  expect(secondsUntil(until, '2026-03-18T09:00:00.000Z')).toBe(seconds);
});
