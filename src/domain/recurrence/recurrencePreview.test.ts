import { describe, expect, it } from 'vitest';
import { occurrences } from './recurrence.ts';
import { previewRecurrence } from './recurrencePreview.ts';
import type { Recurrence } from '../task/task.ts';
import { toDay } from '../time/time.ts';

describe('a preview', () => {
  type Range = Recurrence['range'] extends infer R
    ? R extends R
      ? Omit<R, 'startDate'> & { startDate?: string }
      : never
    : never;
  const monthly = (range: Range): Recurrence => ({
    pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' },
    range: { startDate: '2026-03-27', ...range },
  });

  it('has the first days, the number of further ones and the last day', () => {
    const preview = previewRecurrence(monthly({ type: 'numbered', numberOfOccurrences: 12 }), 5);
    expect(preview.days).toEqual(['2026-03-27', '2026-04-24', '2026-05-29', '2026-06-26', '2026-07-31']);
    expect(preview).toMatchObject({ more: 7, last: '2027-02-26' });
  });

  it('of a series without an end has no last day', () => {
    expect(previewRecurrence(monthly({ type: 'noEnd' }), 5)).toMatchObject({ more: null, last: null });
  });

  it('has the last day of a series that is too long to count', () => {
    const rule: Recurrence = {
      pattern: { type: 'absoluteYearly', interval: 40, month: 2, dayOfMonth: 29 },
      range: { type: 'endDate', startDate: '2024-02-29', endDate: '4500-01-01' },
    };
    expect(previewRecurrence(rule, 5).last).toBe([...occurrences(rule, toDay('2024-02-29'))].at(-1));
    const daily: Recurrence = {
      pattern: { type: 'daily', interval: 7 },
      range: { type: 'endDate', startDate: '2026-01-01', endDate: '2200-01-01' },
    };
    expect(previewRecurrence(daily, 5)).toMatchObject({
      more: null,
      last: [...occurrences(daily, toDay('2026-01-01'))].at(-1),
    });
  });
});
