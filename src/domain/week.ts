import { weekdays } from './task.ts';
import type { Weekday } from './task.ts';

export const workdays: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
export const weekendDays: readonly Weekday[] = ['saturday', 'sunday'];

/** The seven days from `first` on. */
export function weekFrom(first: Weekday): readonly Weekday[] {
  const at = weekdays.indexOf(first);
  return [...weekdays.slice(at), ...weekdays.slice(0, at)];
}

/** True when both are the same days, in whatever order. */
export function hasDays(days: readonly Weekday[], all: readonly Weekday[]): boolean {
  return days.length === all.length && all.every((day) => days.includes(day));
}
