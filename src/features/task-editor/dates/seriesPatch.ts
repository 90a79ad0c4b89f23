import type { Recurrence, TaskPatch } from '../../../domain/task/task.ts';
import { alignDatesToSeries, type TaskDates } from '../../../domain/time/startDueRules.ts';
import { zonedDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';

/** The patch that gives a task with the dates `before` those of `after`: days at midnight of the mailbox's zone. */
export function datePatch(before: TaskDates, after: TaskDates, zone: string): TaskPatch {
  const patch: TaskPatch = {};
  if (after.start !== before.start) patch.start = after.start === null ? null : zonedDay(after.start, zone);
  if (after.due !== before.due) patch.due = after.due === null ? null : zonedDay(after.due, zone);
  return patch;
}

/** The patch that makes a task a series: it moves to the first day of its rule. `isMoved` when it had another day. */
export function seriesPatch(
  dates: TaskDates,
  { rule, first, zone }: { rule: Recurrence; first: Day; zone: string },
): { patch: TaskPatch; dates: TaskDates; isMoved: boolean } {
  const aligned = alignDatesToSeries(dates, first);
  return { ...aligned, patch: { ...datePatch(dates, aligned.dates, zone), recurrence: rule } };
}
