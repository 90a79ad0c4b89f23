import { expect, test } from 'vitest';
import { backoffMs, createBackoff } from './backoff.ts';

const rule = { firstMs: 500, longestMs: 3_000 };

test('the wait doubles with each failure, up to the longest', () => {
  expect([1, 2, 3, 4, 2_000].map((failures) => backoffMs(rule, failures))).toEqual([500, 1_000, 2_000, 3_000, 3_000]);
});

test('a success resets the count', () => {
  const backoff = createBackoff(rule);
  expect(backoff.hasFailed()).toBe(false);
  expect([backoff.next(), backoff.next()]).toEqual([500, 1_000]);
  expect(backoff.hasFailed()).toBe(true);
  backoff.reset();
  expect(backoff.hasFailed()).toBe(false);
  expect(backoff.next()).toBe(500);
});
