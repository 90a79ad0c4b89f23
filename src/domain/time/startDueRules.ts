import { addDays, daysBetween } from './time.ts';
import type { Day } from './time.ts';

export type TaskDates = { start: Day | null; due: Day | null };
export type DateEdit = { field: 'start' | 'due'; day: Day | null };

/**
 * The result of picking a day. A start date needs a due date and is never after it
 * (docs/protocol.md#start-and-due-dates). `notice` names the rule that moved the other date; `ask` offers two ways to
 * satisfy the rule.
 */
export type DateEditResult =
  | { kind: 'save'; dates: TaskDates; notice: 'dueFollows' | 'startLeaves' | null }
  | { kind: 'ask'; problem: 'dueBeforeStart' | 'startAfterDue'; picked: Day; moved: TaskDates };

export function applyDateEdit(now: TaskDates, { field, day }: DateEdit): DateEditResult {
  const dates: TaskDates = { ...now, [field]: day };
  if (dates.start === null) return { kind: 'save', dates, notice: null };
  if (dates.due === null) {
    return field === 'start'
      ? { kind: 'save', dates: { start: dates.start, due: dates.start }, notice: 'dueFollows' }
      : { kind: 'save', dates: { start: null, due: null }, notice: 'startLeaves' };
  }
  if (dates.start <= dates.due) return { kind: 'save', dates, notice: null };
  // "Move the other too" keeps the duration of the task; a task whose start was after its due date gets one day.
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
 * The dates of a task that becomes a series: it starts on the first date of the rule and keeps its duration
 * (docs/protocol.md#next-instance). `isMoved` when it had another date before.
 */
export function alignDatesToSeries(now: TaskDates, first: Day): { dates: TaskDates; isMoved: boolean } {
  const day = now.start ?? now.due;
  if (day === first) return { dates: now, isMoved: false };
  const lasts = now.start === null || now.due === null ? 0 : Math.max(0, daysBetween(now.start, now.due));
  const dates = { start: now.start === null ? null : first, due: addDays(first, lasts) };
  return { dates, isMoved: day !== null };
}
