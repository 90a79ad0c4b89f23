import type { SectionKey } from '../../../domain/listing/listing.ts';
import type { Task } from '../../../domain/task/task.ts';
import { dateOf, dayOf } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { clockLabel, dayLabel, dayRange } from '../../../ui/labels/dateLabels.ts';

/** Where and when a row is read. */
export type RowContext = { today: Day; zone: string; locale: string };

/** What the date column says. `lazyModule` is red and stands under Overdue or in the past; `now` is today. */
export type RowDate = { text: string; tone: 'plain' | 'late' | 'now'; isReminder: boolean };

const plain = (text: string): RowDate => ({ text, tone: 'plain', isReminder: false });

/**
 * The date column (docs/design.md#components): below a day heading it shows the reminder time; a task with a start
 * shows its range; an overdue one its due date.
 */
export function rowDate(task: Task, section: SectionKey, context: RowContext): RowDate | null {
  const { today, zone, locale } = context;
  if (task.status === 'completed') {
    return task.completed === null ? null : plain(dayLabel(dayOf(task.completed, zone), today, locale));
  }
  const due = task.due === null ? null : dayOf(task.due, zone);
  if (due === null || section === 'today' || section === 'tomorrow') return reminderDate(task, due ?? today, context);
  if (due < today) return { text: dayLabel(due, today, locale), tone: 'late', isReminder: false };
  const start = task.start === null ? null : dayOf(task.start, zone);
  if (section === 'later' && start !== null && start < due && start > today)
    return plain(dayRange(start, due, today, locale));
  return { text: dayLabel(due, today, locale), tone: due === today ? 'now' : 'plain', isReminder: false };
}

/** The reminder: its time on the day the row is about, else its day. */
function reminderDate(task: Task, day: Day, { today, zone, locale }: RowContext): RowDate | null {
  if (!task.isReminderOn || task.reminder === null) return null;
  const on = dateOf(task.reminder, zone);
  const text = on === day ? clockLabel(task.reminder, zone, locale) : dayLabel(on, today, locale);
  return { text, tone: 'plain', isReminder: true };
}
