import { weekdays, addDays, daysBetween, startOfWeek, toDay } from './time.ts';
import type { Weekday, Day } from './time.ts';

export const workdays: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
export const weekendDays: readonly Weekday[] = ['saturday', 'sunday'];

/** The seven weekdays, beginning with `first`. */
export function weekdaysFrom(first: Weekday): readonly Weekday[] {
  const at = weekdays.indexOf(first);
  return [...weekdays.slice(at), ...weekdays.slice(0, at)];
}

/** Whether both contain the same days, in any order. */
export function isSameDaySet(days: readonly Weekday[], all: readonly Weekday[]): boolean {
  return days.length === all.length && all.every((day) => days.includes(day));
}

/** The Monday after this week, which "next week" means in every locale. */
export function nextMonday(today: Day): Day {
  return addDays(startOfWeek(today, 'monday'), 7);
}

/** The ISO 8601 week number of a day: weeks begin on Monday and belong to the year of their Thursday. */
export function weekNumber(day: Day): number {
  const thursday = addDays(startOfWeek(day, 'monday'), 3);
  return 1 + Math.floor(daysBetween(toDay(`${thursday.slice(0, 4)}-01-01`), thursday) / 7);
}
