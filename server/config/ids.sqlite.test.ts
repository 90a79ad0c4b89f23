import { expect, test } from 'vitest';
import { addMs, dayOf } from '../../src/domain/time/time.ts';
import { createNewId, isIdText } from './ids.ts';

test('ids have 24 URL-safe characters and ascend with time, also within a millisecond and when the clock is set back', () => {
  let now = '2026-11-21T19:00:00.000Z';
  const newId = createNewId({ now: () => now, today: () => dayOf('2026-11-21T00:00:00.000Z', 'UTC') });
  const ids: string[] = [];
  for (let n = 0; n < 3_000; n += 1) {
    if (n % 100 === 0) now = addMs(now, n % 700 === 0 ? -50 : 1);
    ids.push(newId());
  }
  expect(ids.every((id) => /^[A-Z][\w-]{23}$/.test(id))).toBe(true);
  expect(ids.every(isIdText)).toBe(true);
  expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)));
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(['AAMkAGI2THVSAAA=', 'a', 'x'.repeat(512)])('%s may be an id', (text) => expect(isIdText(text)).toBe(true));
test.each(['', ' ', 'a b', "o'clock", 'a=b', '{}', 'é', 'x'.repeat(513)])('%j cannot be an id', (text) =>
  expect(isIdText(text)).toBe(false),
);
