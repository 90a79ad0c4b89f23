import { describe, expect, test } from 'vitest';
import { alignStartToDue } from './alignStartToDue.ts';
import { midnightOf, zonedDay, toDay } from '../time/time.ts';

describe('a start that was written in another zone', () => {
  const day = toDay('2026-11-23');
  const due = zonedDay(day, 'Europe/Paris');

  test('is said again where it would be after the same day, due here', () => {
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
  ])('%s stays', (_, start, patch) => {
    expect(alignStartToDue({ start }, patch)).toBe(patch);
  });
});
