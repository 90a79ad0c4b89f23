import type { Recurrence, RecurrenceRequest, Task, TaskPatch } from '../task/task.ts';
import { dateOf, dayOf, instantOf, localOf, midnightOf, zonedDay } from '../time/time.ts';
import type { Instant, ZonedTime } from '../time/time.ts';

/** Every field that a write may set; the completion date only for completed tasks. */
type EveryField = Required<Omit<TaskPatch, 'completed'>> & Pick<TaskPatch, 'completed'>;

/**
 * The patch that makes an equal task of a blank one, except for ids, keys and timestamps: for duplicates, exports and
 * imports.
 * @param zone of the mailbox: days are written in it where they are midnights there.
 */
export function patchFromTask(task: Task, zone: string): EveryField {
  const { subject, body, categories, importance, sensitivity, status, recurrence } = task;
  return {
    subject,
    body,
    categories,
    importance,
    sensitivity,
    status,
    start: task.start === null ? null : zonedDayOf(task.start, zone),
    due: task.due === null ? null : zonedDayOf(task.due, zone),
    ...(task.completed !== null && status === 'completed' && { completed: zonedDayOf(task.completed, zone) }),
    reminder: task.reminder === null ? null : zonedTimeOf(task.reminder, zone),
    isReminderOn: task.isReminderOn,
    recurrence: recurrence && requestOf(recurrence),
  };
}

/**
 * A start, due date or completion as a day in a zone where the instant is midnight: in `zone`, else in a zone whole
 * hours from UTC, because the task may have been written in another zone than the mailbox has now.
 */
export function zonedDayOf(instant: Instant, zone: string): ZonedTime {
  const day = zonedDay(dayOf(instant, zone), zone);
  if (midnightOf(day) === instant) return day;
  const hour = Number(instant.slice(11, 13));
  // POSIX signs are inverted: Etc/GMT+5 is five hours behind UTC.
  const candidates = [hour <= 12 ? `Etc/GMT+${hour}` : '', hour >= 10 ? `Etc/GMT-${24 - hour}` : '']
    .filter((name) => name !== '')
    .map((name) => zonedDay(dateOf(instant, name), name))
    .filter((time) => midnightOf(time) === instant);
  const sameDay = candidates.find(({ local }) => local.slice(0, 10) === day.local.slice(0, 10));
  return sameDay ?? candidates[0] ?? day;
}

/** The instant on the zone's wall clock; in UTC where that wall-clock time occurs twice and means the other instant. */
export function zonedTimeOf(instant: Instant, zone: string): ZonedTime {
  const reading = { local: localOf(instant, zone), zone };
  return instantOf(reading) === instant ? reading : { local: localOf(instant, 'UTC'), zone: 'UTC' };
}

function requestOf({ pattern, range }: Recurrence): RecurrenceRequest {
  return { pattern, range };
}
