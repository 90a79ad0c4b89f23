import { addDays, daysBetween } from './time.ts';
import type { Day } from './time.ts';

export type Dates = { start: Day | null; due: Day | null };
export type DateEdit = { field: 'start' | 'due'; day: Day | null };

/**
 * What picking a day leads to. A start needs a due day and never comes after it (wire.md §8); where the rule moves the
 * other day as well, `told` says so, and where it cannot hold, `ask` offers two ways on. Nothing changes silently.
 */
export type DateStep =
  | { kind: 'save'; dates: Dates; told: 'dueFollows' | 'startLeaves' | null }
  | { kind: 'ask'; problem: 'dueBeforeStart' | 'startAfterDue'; picked: Day; moved: Dates };

export function dateStep(now: Dates, { field, day }: DateEdit): DateStep {
  const dates: Dates = { ...now, [field]: day };
  if (dates.start === null) return { kind: 'save', dates, told: null };
  if (dates.due === null) {
    return field === 'start'
      ? { kind: 'save', dates: { start: dates.start, due: dates.start }, told: 'dueFollows' }
      : { kind: 'save', dates: { start: null, due: null }, told: 'startLeaves' };
  }
  if (dates.start <= dates.due) return { kind: 'save', dates, told: null };
  // "Move the other too" keeps the length of the task; one that was already back to front becomes one day long.
  const length = now.start === null || now.due === null ? 0 : Math.max(0, daysBetween(now.start, now.due));
  return field === 'due'
    ? {
        kind: 'ask',
        problem: 'dueBeforeStart',
        picked: dates.due,
        moved: { start: addDays(dates.due, -length), due: dates.due },
      }
    : {
        kind: 'ask',
        problem: 'startAfterDue',
        picked: dates.start,
        moved: { start: dates.start, due: addDays(dates.start, length) },
      };
}

/**
 * The days of a task that becomes a series: it stands on the first date of its rule (wire.md §10.2), and lasts as long as
 * before. `isMoved` when that is another day than it stood on; said like every other rule.
 */
export function seriesStep(now: Dates, first: Day): { dates: Dates; isMoved: boolean } {
  const day = now.start ?? now.due;
  if (day === first) return { dates: now, isMoved: false };
  const lasts = now.start === null || now.due === null ? 0 : Math.max(0, daysBetween(now.start, now.due));
  const dates = { start: now.start === null ? null : first, due: addDays(first, lasts) };
  return { dates, isMoved: day !== null };
}
