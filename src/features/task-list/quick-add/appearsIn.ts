import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { TaskPatch } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';

/** Whether a smart view shows a new task with these fields; days are those of the zone in which it was typed. */
export function appearsIn(view: ViewName, { due, start, importance }: TaskPatch, today: Day): boolean {
  const dueDay = due?.local.slice(0, 10);
  const startDay = start?.local.slice(0, 10);
  switch (view) {
    case 'all':
      return true;
    case 'important':
      return importance === 'high';
    case 'today':
      return dueDay !== undefined && (dueDay <= today || (startDay !== undefined && startDay <= today));
    case 'upcoming':
      return dueDay !== undefined && dueDay > today;
    case 'overdue':
      return dueDay !== undefined && dueDay < today;
    case 'completed':
      return false;
  }
}
