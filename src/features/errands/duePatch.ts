import { dateStep } from '../../domain/dateRules.ts';
import type { Dates } from '../../domain/dateRules.ts';
import type { Task, TaskPatch } from '../../domain/task.ts';
import { dayOf, zonedDay } from '../../domain/time.ts';
import type { Day } from '../../domain/time.ts';

/**
 * What giving a task another due day writes. A start needs a due day and never comes after it (wire.md §8): where it would,
 * it comes along, and `movesStart` says so. Null where nothing changes.
 */
export function duePatch(task: Task, day: Day | null, zone: string): { patch: TaskPatch; movesStart: boolean } | null {
  const before: Dates = {
    start: task.start === null ? null : dayOf(task.start, zone),
    due: task.due === null ? null : dayOf(task.due, zone),
  };
  if (before.due === day) return null;
  const step = dateStep(before, { field: 'due', day });
  const { start, due } = step.kind === 'ask' ? step.moved : step.dates;
  const movesStart = start !== before.start;
  return {
    patch: {
      ...(movesStart && { start: start === null ? null : zonedDay(start, zone) }),
      due: due === null ? null : zonedDay(due, zone),
    },
    movesStart,
  };
}
