import { getDayOfWeek, parseDate } from '@internationalized/date';
import { weekdays } from '../../domain/time/time.ts';
import type { Weekday } from '../../domain/time/time.ts';

/** The first day of the week in the locale. Not for the first screen, because it loads the calendar library. */
export function firstWeekday(locale: string): Weekday {
  // 2026-03-15 is a Sunday, so its index in the week gives the first day.
  const into = getDayOfWeek(parseDate('2026-03-15'), locale);
  return weekdays[(7 - into) % 7] ?? 'monday';
}
