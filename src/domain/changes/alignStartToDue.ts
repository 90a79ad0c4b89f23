import type { Task, TaskPatch } from '../task/task.ts';
import { dayOf, midnightOf, zonedDay } from '../time/time.ts';

/**
 * A day is one instant in each zone: a start that was written elsewhere may be hours after a due day that is the same day
 * here, and every server would refuse that. Then the start is said again, as the day it is in the zone of the due day.
 */
export function alignStartToDue({ start }: Pick<Task, 'start'>, patch: TaskPatch): TaskPatch {
  const { due } = patch;
  if (start === null || patch.start !== undefined || due === undefined || due === null) return patch;
  if (start <= midnightOf(due)) return patch;
  const day = dayOf(start, due.zone);
  return day <= due.local.slice(0, 10) ? { ...patch, start: zonedDay(day, due.zone) } : patch;
}
