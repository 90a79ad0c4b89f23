import type { ValidationProblem } from '../failureKind.ts';
import { applyPatch, seriesZone } from './taskPatch.ts';
import type { EditableTask, ZonedMoment } from './taskPatch.ts';
import { nextOccurrenceAfter, occurrences } from '../recurrence/recurrence.ts';
import type { Recurrence, Task, TaskPatch } from '../task/task.ts';
import {
  addDays,
  atMidnight,
  dateOf,
  dayOf,
  daysBetween,
  instantOf,
  localOf,
  midnightOf,
  toDay,
} from '../time/time.ts';
import type { Day, Instant, ZonedTime } from '../time/time.ts';

/**
 * The result of completing a task. A single task, or the last of a series, is `done` under its own id. Otherwise `next`
 * keeps the id, and `done` is a new item with id '', which the store sets (docs/protocol.md#next-instance).
 */
export type Completion = { done: EditableTask; next: EditableTask | null };

/** Completes a task on a local day. A completed task stays as it is. */
export function completeTaskRow(task: EditableTask, on: ZonedTime): Completion {
  if (task.status === 'completed') return { done: task, next: null };
  const finished: EditableTask = { ...task, status: 'completed', completed: midnightOf(on), isReminderOn: false };
  return advance(finished, task, on.zone);
}

export type UpdateResult = ({ ok: true } & Completion) | { ok: false; problem: ValidationProblem };

/**
 * Applies a PATCH (or a POST to a blank task) with all its consequences. A patch that completes a series advances it;
 * `done` is then the completed task (docs/protocol.md#status-and-completion).
 */
export function applyUpdate(task: EditableTask, patch: TaskPatch, now: ZonedMoment): UpdateResult {
  const patched = applyPatch(task, patch, now);
  if (!patched.ok) return patched;
  if (patched.task.status !== 'completed' || task.status === 'completed') {
    return { ok: true, done: patched.task, next: null };
  }
  const { status: _status, completed: _completed, ...others } = patch;
  const afterPatch = applyPatch(task, others, now);
  return afterPatch.ok ? { ok: true, ...advance(patched.task, afterPatch.task, now.zone) } : afterPatch;
}

/** The day of the next instance once this one is completed; null for a single task and for the last of a series. */
export function nextOccurrenceDay(task: Task, on: ZonedTime): Day | null {
  if (task.recurrence === null) return null;
  const { next } = completeTaskRow({ ...task, dateZone: null, reminderZone: null }, on);
  const day = next?.due ?? next?.start ?? null;
  return day === null ? null : dayOf(day, on.zone);
}

/** `finished` and `open` are the same instance, completed and not completed. */
function advance(finished: EditableTask, open: EditableTask, otherwise: string): Completion {
  const next = nextOf(open, otherwise);
  if (next === null) return { done: finished, next: null };
  return { done: { ...finished, id: '', changeKey: '', etag: '', recurrence: null }, next };
}

/** The instance after this one, or null at the end of the series (docs/protocol.md#next-instance). */
function nextOf(task: EditableTask, otherwise: string): EditableTask | null {
  const { recurrence } = task;
  if (recurrence === null) return null;
  const { range } = recurrence;
  if (range.type === 'numbered' && range.numberOfOccurrences <= 1) return null;
  const zone = seriesZone(recurrence, task, otherwise);
  const instance = instanceDay(task, recurrence, zone);
  const next = instance && nextOccurrenceAfter(recurrence, instance);
  if (instance === undefined || next === undefined) return null;
  const lasts = task.start !== null && task.due !== null ? daysBetween(instance, dayOf(task.due, zone)) : 0;
  const due = addDays(next, lasts);
  return {
    ...task,
    status: 'notStarted',
    completed: null,
    start: task.start && atMidnight(next, zone),
    due: atMidnight(due, zone),
    dateZone: zone,
    reminder: task.reminder && movedReminder(task, task.reminder, { instance, next, zone }),
    recurrence: { pattern: recurrence.pattern, range: remaining(range, next) },
  };
}

/** The day of this instance: its start, else its due date, else the first day of the series. */
function instanceDay(task: EditableTask, rule: Recurrence, zone: string): Day | undefined {
  const instant = task.start ?? task.due;
  return instant === null
    ? (occurrences(rule, toDay(rule.range.startDate)).next().value ?? undefined)
    : dayOf(instant, zone);
}

/**
 * Moves the range with the series, so that the remaining count matches the remaining dates
 * (docs/protocol.md#next-instance).
 */
function remaining(range: Recurrence['range'], next: Day): Recurrence['range'] {
  if (range.type !== 'numbered') return { ...range, startDate: next };
  return { ...range, startDate: next, numberOfOccurrences: range.numberOfOccurrences - 1 };
}

/** Moves the reminder by as many days as the task, at the same local time (docs/protocol.md#reminder). */
function movedReminder(
  task: EditableTask,
  reminder: Instant,
  move: { instance: Day; next: Day; zone: string },
): Instant {
  const zone = task.reminderZone ?? move.zone;
  const day = addDays(dateOf(reminder, zone), daysBetween(move.instance, move.next));
  return instantOf({ local: `${day}${localOf(reminder, zone).slice(10)}`, zone });
}
