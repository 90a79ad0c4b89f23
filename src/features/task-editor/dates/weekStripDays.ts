import type { TaskDates } from '../../../domain/time/startDueRules.ts';
import type { Weekday, Day } from '../../../domain/time/time.ts';
import { addDays, startOfWeek } from '../../../domain/time/time.ts';

/** The first day of the ribbon: whole weeks with the due date in them, and with the start too where both find room. */
export function weekStripStart(
  { start, due }: TaskDates,
  { today, first, length }: { today: Day; first: Weekday; length: number },
): Day {
  const end = due ?? start ?? today;
  const from = startOfWeek(start ?? end, first);
  return end < addDays(from, length) && from <= end ? from : startOfWeek(end, first);
}

/** Where a key leads from a day: by days, by weeks, to the ends of the week; null for other keys. */
export function weekStripStep(key: string, day: Day, { first, isRtl }: { first: Weekday; isRtl: boolean }): Day | null {
  const ahead = isRtl ? -1 : 1;
  switch (key) {
    case 'ArrowRight':
      return addDays(day, ahead);
    case 'ArrowLeft':
      return addDays(day, -ahead);
    case 'ArrowDown':
    case 'PageDown':
      return addDays(day, 7);
    case 'ArrowUp':
    case 'PageUp':
      return addDays(day, -7);
    case 'Home':
      return startOfWeek(day, first);
    case 'End':
      return addDays(startOfWeek(day, first), 6);
    default:
      return null;
  }
}
