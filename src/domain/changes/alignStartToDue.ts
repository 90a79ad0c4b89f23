import type { Task, TaskPatch } from '../task/task.ts';
import { dayOf, midnightOf, zonedDay } from '../time/time.ts';

/**
 * Adds the start to a patch of the due date where the stored start, written in another zone, is a later instant than
 * the new due date although it is the same day: servers refuse a start after the due date.
 */
export function alignStartToDue({ start }: Pick<Task, 'start'>, patch: TaskPatch): TaskPatch {
  const { due } = patch;
  if (start === null || patch.start !== undefined || due === undefined || due === null) return patch;
  if (start <= midnightOf(due)) return patch;
  const day = dayOf(start, due.zone);
  return day <= due.local.slice(0, 10) ? { ...patch, start: zonedDay(day, due.zone) } : patch;
}
