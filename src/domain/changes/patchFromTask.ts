import type { Recurrence, RecurrenceRequest, Task, TaskPatch } from '../task/task.ts';
import { dateOf, dayOf, instantOf, localOf, midnightOf, zonedDay } from '../time/time.ts';
import type { Instant, ZonedTime } from '../time/time.ts';

/** Every field that a write may set; the completion date where there is one. */
type EveryField = Required<Omit<TaskPatch, 'completed'>> & Pick<TaskPatch, 'completed'>;

/**
 * Everything of a task that can be said again of another one: for duplicates, exports and imports. Applied to a new task it
 * gives an equal one, but for ids, keys and times of making.
 * @param zone of the mailbox: days are said in it where they are midnights there.
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
    recurrence: recurrence && askedFor(recurrence),
  };
}

/**
 * The instant of a start, due date or completion as the day it stands for, in a zone where it is a midnight: the given one,
 * else one that is whole hours from UTC, because a task may have been written in another zone than the mailbox has now.
 */
export function zonedDayOf(instant: Instant, zone: string): ZonedTime {
  const own = zonedDay(dayOf(instant, zone), zone);
  if (midnightOf(own) === instant) return own;
  const hour = Number(instant.slice(11, 13));
  // POSIX counts westwards: Etc/GMT+5 is five hours behind.
  const candidates = [hour <= 12 ? `Etc/GMT+${hour}` : '', hour >= 10 ? `Etc/GMT-${24 - hour}` : '']
    .filter((name) => name !== '')
    .map((name) => zonedDay(dateOf(instant, name), name))
    .filter((time) => midnightOf(time) === instant);
  const sameDay = candidates.find(({ local }) => local.slice(0, 10) === own.local.slice(0, 10));
  return sameDay ?? candidates[0] ?? own;
}

/** A moment as the zone's clocks show it, or UTC's where they show that reading twice and mean the other one. */
export function zonedTimeOf(instant: Instant, zone: string): ZonedTime {
  const reading = { local: localOf(instant, zone), zone };
  return instantOf(reading) === instant ? reading : { local: localOf(instant, 'UTC'), zone: 'UTC' };
}

function askedFor({ pattern, range }: Recurrence): RecurrenceRequest {
  return { pattern, range };
}
