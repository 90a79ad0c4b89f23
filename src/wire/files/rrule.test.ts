import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDay, toDay } from '../../domain/time/time.ts';
import { fromRrule } from './rrule.ts';

const start = toDay('2026-01-05');
const endOf = (until: string) => fromRrule({ freq: 'DAILY', until }, start)?.range;

test('a rule ends on the day of its UNTIL', () => {
  const range = { type: 'endDate', startDate: start, endDate: '2026-06-30' };
  expect([endOf('2026-06-30'), endOf('2026-06-30T22:00:00Z')]).toEqual([range, range]);
});

test('a rule with an UNTIL that is no date has no pattern', () => {
  const texts = fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d{2}-\d{2}$/), fc.constant('2026-02-30T00:00:00Z'));
  fc.assert(
    fc.property(
      texts.filter((text) => !isDay(text.slice(0, 10))),
      (until) => endOf(until) === undefined,
    ),
  );
});
