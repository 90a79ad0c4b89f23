import type { SectionKey } from '../../domain/listing.ts';
import type { Task } from '../../domain/task.ts';
import { dateOf, dayOf, msBetween } from '../../domain/time.ts';
import type { Day, Instant } from '../../domain/time.ts';
import { clockLabel, dayLabel } from '../../ui/dates.ts';

/** Where and when a row is read. */
export type RowContext = { today: Day; zone: string; locale: string };

/** What the date column says. `late` is red and stands under Overdue or in the past; `now` is today. */
export type RowDate = { text: string; tone: 'plain' | 'late' | 'now'; isReminder: boolean };

const plain = (text: string): RowDate => ({ text, tone: 'plain', isReminder: false });

/**
 * The date column (design.md §5): below a day heading the day is not repeated, the reminder time stands there; a task with
 * a start shows its range; one that is late shows when it was due.
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
    return plain(rangeLabel(start, due, context));
  return { text: dayLabel(due, today, locale), tone: due === today ? 'now' : 'plain', isReminder: false };
}

/** The reminder: its time on the day the row is about, else its day. */
function reminderDate(task: Task, day: Day, { today, zone, locale }: RowContext): RowDate | null {
  if (!task.isReminderOn || task.reminder === null) return null;
  const on = dateOf(task.reminder, zone);
  const text = on === day ? clockLabel(task.reminder, zone, locale) : dayLabel(on, today, locale);
  return { text, tone: 'plain', isReminder: true };
}

const epoch: Instant = '1970-01-01T00:00:00.000Z';
const noon = (day: Day) => msBetween(epoch, `${day}T12:00:00.000Z`);

/** '4 – 11 Apr', shortened as the locale does; with the year when either day is in another one. */
function rangeLabel(start: Day, due: Day, { today, locale }: RowContext): string {
  const year = today.slice(0, 4);
  const withYear = start.slice(0, 4) !== year || due.slice(0, 4) !== year;
  return formatFor(locale, withYear).formatRange(noon(start), noon(due));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are costly to make, and rows ask for the same few again and again. */
function formatFor(locale: string, withYear: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${withYear}`;
  let format = formats.get(key);
  if (format === undefined) {
    const year = withYear ? ({ year: 'numeric' } as const) : {};
    format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC', ...year });
    formats.set(key, format);
  }
  return format;
}
