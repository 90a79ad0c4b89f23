import { describe, expect, test } from 'vitest';
import { alignStartToDue } from './alignStartToDue.ts';
import { midnightOf, zonedDay, toDay } from '../time/time.ts';

describe('a start that was set in another zone', () => {
  const day = toDay('2026-11-23');
  const due = zonedDay(day, 'Europe/Paris');

  test('is written again, in the zone of the due date, when it would fall after that date', () => {
    const start = '2026-11-23T00:00:00.000Z';
    expect(start > midnightOf(due)).toBe(true);
    const { start: said } = alignStartToDue({ start }, { due });
    expect(said).toEqual(zonedDay(day, 'Europe/Paris'));
  });

  test.each([
    ['an earlier one', '2026-11-22T00:00:00.000Z', { due }],
    ['none', null, { due }],
    ['one that is said too', '2026-11-23T00:00:00.000Z', { due, start: null }],
    ['one of a later day: who asks decides', '2026-11-25T00:00:00.000Z', { due }],
  ])('%s is unchanged', (_, start, patch) => {
    expect(alignStartToDue({ start }, patch)).toBe(patch);
  });
});
