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
    ['an earlier start', '2026-11-22T00:00:00.000Z', { due }],
    ['none', null, { due }],
    ['a start that the patch also sets', '2026-11-23T00:00:00.000Z', { due, start: null }],
    ['a start on a later day, which the caller must handle', '2026-11-25T00:00:00.000Z', { due }],
  ])('%s is unchanged', (_, start, patch) => {
    expect(alignStartToDue({ start }, patch)).toBe(patch);
  });
});
