import { isPeriodKey } from '../../../domain/listing/sections.ts';
import type { SectionKey } from '../../../domain/listing/sections.ts';
import type { Task } from '../../../domain/task/task.ts';
import { dateOf, dayOf } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { clockLabel, dayLabel, dayRange } from '../../../ui/labels/dateLabels.ts';

/** The day, zone and locale that a row is labelled in. */
export type RowContext = { today: Day; zone: string; locale: string };

/** The date column: `overdue` is red, `today` stands out. */
export type RowDate = { text: string; tone: 'plain' | 'overdue' | 'today'; isReminder: boolean };

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
  const isBelowItsDay = section === 'today' || section === 'tomorrow' || section === `due ${due}`;
  if (due === null || section === 'evening' || isBelowItsDay)
    return reminderDate(task, section === 'evening' ? today : (due ?? today), context);
  if (due < today) return { text: dayLabel(due, today, locale), tone: 'overdue', isReminder: false };
  const start = task.start === null ? null : dayOf(task.start, zone);
  if ((section === 'later' || isPeriodKey(section)) && start !== null && start < due && start > today)
    return plain(dayRange(start, due, today, locale));
  return { text: dayLabel(due, today, locale), tone: due === today ? 'today' : 'plain', isReminder: false };
}

/** The reminder: its time on `day`, else its day. */
function reminderDate(task: Task, day: Day, { today, zone, locale }: RowContext): RowDate | null {
  if (!task.isReminderOn || task.reminder === null) return null;
  const on = dateOf(task.reminder, zone);
  const text = on === day ? clockLabel(task.reminder, zone, locale) : dayLabel(on, today, locale);
  return { text, tone: 'plain', isReminder: true };
}
