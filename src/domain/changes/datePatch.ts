import { firstDayOfPattern } from '../recurrence/recurrencePatterns.ts';
import { alignDatesToSeries, applyDateEdit } from '../time/startDueRules.ts';
import type { DateEdit, TaskDates } from '../time/startDueRules.ts';
import type { Recurrence, Task, TaskPatch } from '../task/task.ts';
import { addDays, dayOf, zonedDay } from '../time/time.ts';
import type { Day } from '../time/time.ts';

/** The patch, and whether it moves the other of the two days. */
export type DatePatch = { patch: TaskPatch; movesOther: boolean };

function datesOf({ start, due }: Task, zone: string): TaskDates {
  return { start: start === null ? null : dayOf(start, zone), due: due === null ? null : dayOf(due, zone) };
}

function patchTo(before: TaskDates, { start, due }: TaskDates, zone: string): TaskPatch {
  return {
    ...(start !== before.start && { start: start === null ? null : zonedDay(start, zone) }),
    ...(due !== before.due && { due: due === null ? null : zonedDay(due, zone) }),
  };
}

/**
 * The patch for another start or due date. A start needs a due date and never comes after it
 * (docs/protocol.md#start-and-due-dates): where it would, the other date moves too, and `movesOther` says so. Null
 * where nothing changes.
 */
export function datePatch(task: Task, edit: DateEdit, zone: string): DatePatch | null {
  const before = datesOf(task, zone);
  if (before[edit.field] === edit.day) return null;
  const step = applyDateEdit(before, edit);
  const after = step.kind === 'ask' ? step.moved : step.dates;
  const other = edit.field === 'due' ? 'start' : 'due';
  return { patch: patchTo(before, after, zone), movesOther: after[other] !== before[other] };
}

/** Moves both days by `days`; null for a task without a due date. */
export function postponePatch(task: Task, days: number, zone: string): TaskPatch | null {
  const before = datesOf(task, zone);
  if (before.due === null) return null;
  const later = (day: Day | null) => day && addDays(day, days);
  return patchTo(before, { start: later(before.start), due: later(before.due) }, zone);
}

/** Makes the task a series with this pattern, from the first of its days on (docs/protocol.md#start-and-due-dates). */
export function repeatPatch(task: Task, pattern: Recurrence['pattern'], today: Day, zone: string): TaskPatch {
  const before = datesOf(task, zone);
  const day = before.start ?? before.due ?? today;
  const first = firstDayOfPattern(pattern, day) ?? day;
  return {
    ...patchTo(before, alignDatesToSeries(before, first).dates, zone),
    recurrence: { pattern, range: { type: 'noEnd', startDate: first, zone } },
  };
}
