import type { Task } from './task.ts';
import { addDays, addMs, localOf, toDay } from '../time/time.ts';
import type { Day, Instant } from '../time/time.ts';

/** A wall-clock time without seconds, 'yyyy-MM-ddTHH:mm', as date and time inputs use it. */
export type LocalDateTime = string;

export type ReminderOption = { name: 'laterToday' | 'thisEvening' | 'tomorrow' | 'onDueDay'; at: LocalDateTime };

const morning = 'T09:00';
const evening = 'T18:00';

/**
 * The suggested reminder times in one zone: later today, this evening, tomorrow at nine, and nine on the due date. Past
 * times and duplicates are left out.
 */
export function reminderOptions(now: LocalDateTime, due: Day | null): readonly ReminderOption[] {
  const today = toDay(now);
  const hour = Number(now.slice(11, 13)) + (now.slice(14, 16) === '00' ? 4 : 5);
  const picks: ReminderOption[] = [
    { name: 'laterToday', at: `${today}T${String(hour).padStart(2, '0')}:00` },
    { name: 'thisEvening', at: `${today}${evening}` },
    { name: 'tomorrow', at: `${addDays(today, 1)}${morning}` },
  ];
  if (due !== null) picks.push({ name: 'onDueDay', at: `${due}${morning}` });
  return picks.filter(
    ({ name, at }, index) =>
      at > now.slice(0, 16) &&
      (name !== 'laterToday' || hour < 22) &&
      picks.findIndex((other) => other.at === at) === index,
  );
}

export const snoozeOptions = ['tenMinutes', 'oneHour', 'tomorrow'] as const;
export type SnoozeOption = (typeof snoozeOptions)[number];

/** When a snoozed reminder returns: in ten minutes, in an hour, or tomorrow at nine, to the minute. */
export function snoozeTime(snooze: SnoozeOption, now: Instant, zone: string): LocalDateTime {
  if (snooze === 'tomorrow') return `${addDays(toDay(localOf(now, zone)), 1)}${morning}`;
  return localOf(addMs(now, snooze === 'tenMinutes' ? 600_000 : 3_600_000), zone).slice(0, 16);
}

/** When the reminder of an open task is due; null when none is on. */
export function reminderInstant(task: Task | undefined): Instant | null {
  if (task === undefined || !task.isReminderOn || task.status === 'completed') return null;
  return task.reminder;
}
