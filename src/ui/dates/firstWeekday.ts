import { getDayOfWeek, parseDate } from '@internationalized/date';
import { weekdays } from '../../domain/time/time.ts';
import type { Weekday } from '../../domain/time/time.ts';

/** The day that weeks begin with where the reader is. Loaded with the calendar: not for the first screen. */
export function firstWeekday(locale: string): Weekday {
  // A Sunday is as many days into the week as the week began before it.
  const into = getDayOfWeek(parseDate('2026-03-15'), locale);
  return weekdays[(7 - into) % 7] ?? 'monday';
}
