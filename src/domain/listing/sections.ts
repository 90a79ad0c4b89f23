import type { ViewName } from '../urls/appUrls.ts';
import type { Task } from '../task/task.ts';
import { addDays, atMidnight, dayInMonth, instantOf, startOfWeek } from '../time/time.ts';
import type { Day, Instant, Weekday } from '../time/time.ts';

/** A day 'due 2026-12-03', the first and last day of a week 'due 2026-12-16/2026-12-20', or a month 'due 2027-02'. Sorts as text. */
export type PeriodKey = `due ${string}`;

export type NamedSectionKey =
  | 'overdue'
  | 'today'
  | 'evening'
  | 'started'
  | 'tomorrow'
  | 'later'
  | 'noDate'
  | 'high'
  | 'normal'
  | 'low'
  | 'open'
  | 'completed';

/**
 * Sections of the due order; of importance: `high`, `normal`, `low`; of any other order: `open`. `completed` is always
 * last. Today has `evening` and `started`; Upcoming has a section for each period.
 */
export type SectionKey = NamedSectionKey | PeriodKey;

export function isPeriodKey(key: SectionKey): key is PeriodKey {
  return key.startsWith('due ');
}

/** What decides the section of an open task with a due date; `view` is the smart view that the list shows. */
export type DueSectionOptions = { today: Day; zone: string; view?: ViewName; weekStart?: Weekday };

/** Today folds its overdue tasks away when there are more. */
export const mostOverdue = 10;

/** The wall-clock time at which the evening begins. */
const eveningStart = 'T17:00:00.000';

/** Days after today with a section each, in Upcoming. */
const singleDays = 14;

/** Weeks have a section each until the end of the month that contains this many days after today. */
const weeksUntil = 28;

/** The section of an open task in the due order; `due` is the day of the zone. */
export function dueSectionOf(
  { reminder, isReminderOn }: Pick<Task, 'reminder' | 'isReminderOn'>,
  due: Day,
  { today, zone, view, weekStart = 'monday' }: DueSectionOptions,
): SectionKey {
  if (due < today) return 'overdue';
  if (view === 'upcoming') return periodOf(due, today, weekStart);
  if (view === 'today') {
    if (isReminderOn && reminder !== null && isInEvening(reminder, today, zone)) return 'evening';
    return due === today ? 'today' : 'started';
  }
  if (due === today) return 'today';
  return due === addDays(today, 1) ? 'tomorrow' : 'later';
}

/** Whether the instant is on that day, from 17:00 to midnight of the zone. */
export function isInEvening(instant: Instant, day: Day, zone: string): boolean {
  const { from, until } = eveningOf(`${day} ${zone}`, () => ({
    from: instantOf({ local: `${day}${eveningStart}`, zone }),
    until: atMidnight(addDays(day, 1), zone),
  }));
  return instant >= from && instant < until;
}

/** The period of a day after today: the day itself for two weeks, then its week, then its month. */
export function periodOf(day: Day, today: Day, weekStart: Weekday): PeriodKey {
  return periodIn(`${day} ${today} ${weekStart}`, () => {
    const firstWeekDay = addDays(today, singleDays + 1);
    if (day < firstWeekDay) return `due ${day}`;
    const lastWeekDay = lastOfMonth(addDays(today, weeksUntil));
    if (day > lastWeekDay) return `due ${day.slice(0, 7)}`;
    const first = startOfWeek(day, weekStart);
    return `due ${later(first, firstWeekDay)}/${earlier(addDays(first, 6), lastWeekDay)}`;
  });
}

const lastOfMonth = (day: Day) => dayInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 31);
const later = (a: Day, b: Day) => (a > b ? a : b);
const earlier = (a: Day, b: Day) => (a < b ? a : b);

const eveningOf = createMemo<{ from: Instant; until: Instant }>();
const periodIn = createMemo<PeriodKey>();

/** Rows ask again for the same few days. */
function createMemo<T>(): (key: string, make: () => T) => T {
  const known = new Map<string, T>();
  return (key, make) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= 4096) known.clear();
    const made = make();
    known.set(key, made);
    return made;
  };
}
