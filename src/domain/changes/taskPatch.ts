import type { ValidationProblem } from '../failureKind.ts';
import { occurrences, recurrenceProblems } from '../recurrence/recurrence.ts';
import type { Recurrence, RecurrenceRequest, Task, TaskPatch } from '../task/task.ts';
import { atMidnight, canonicalZone, dateOf, dayOf, instantOf, midnightOf, toDay } from '../time/time.ts';
import type { Instant } from '../time/time.ts';

/**
 * A task with the IANA zones in which its days and its reminder were last written, which the rules need and readers do
 * not get. Null where the zone is unknown (in the client) or nothing is set.
 */
export type EditableTask = Task & { dateZone: string | null; reminderZone: string | null };

/** The instant of a change and the IANA zone that decides which day is today. */
export type ZonedMoment = { at: Instant; zone: string };

export type PatchResult = { ok: true; task: EditableTask } | { ok: false; problem: ValidationProblem };

/** A new task, before the request is applied (docs/protocol.md#task). The service adds the keys of its store. */
export function blankTask(made: { id: string; folderId: string; owner: string | null; now: Instant }): EditableTask {
  return {
    id: made.id,
    folderId: made.folderId,
    changeKey: '',
    etag: '',
    createdAt: made.now,
    modifiedAt: made.now,
    subject: '',
    body: { contentType: 'text', content: '' },
    categories: [],
    importance: 'normal',
    sensitivity: 'normal',
    status: 'notStarted',
    start: null,
    due: null,
    completed: null,
    reminder: null,
    isReminderOn: false,
    recurrence: null,
    hasAttachments: false,
    owner: made.owner,
    assignedTo: null,
    dateZone: null,
    reminderZone: null,
  };
}

/**
 * The task after a POST (on a `blankTask`) or a PATCH, by docs/protocol.md#start-and-due-dates and the sections after
 * it. Ids, keys and `modifiedAt` stay; a series is not advanced: `applyUpdate` does that.
 */
export function applyPatch(task: EditableTask, patch: TaskPatch, now: ZonedMoment): PatchResult {
  const days = patchDays(patchPlain(task, patch), patch);
  if (!days.ok) return days;
  const series = patchRecurrence(days.task, patch.recurrence, now);
  return series.ok ? patchCompletion(series.task, task, patch, now) : series;
}

/** Copies the fields that have no rule. */
function patchPlain(task: EditableTask, patch: TaskPatch): EditableTask {
  const { reminder } = patch;
  return {
    ...task,
    subject: patch.subject ?? task.subject,
    body: patch.body ?? task.body,
    categories: patch.categories ?? task.categories,
    importance: patch.importance ?? task.importance,
    sensitivity: patch.sensitivity ?? task.sensitivity,
    status: patch.status ?? task.status,
    isReminderOn: patch.isReminderOn ?? task.isReminderOn,
    reminder: reminder === undefined ? task.reminder : reminder && instantOf(reminder),
    reminderZone: reminder === undefined ? task.reminderZone : reminder && reminder.zone,
  };
}

/**
 * The table of docs/protocol.md#start-and-due-dates. Stored rows that break it stay readable: only changed dates are
 * checked.
 */
function patchDays(task: EditableTask, { start, due }: Pick<TaskPatch, 'start' | 'due'>): PatchResult {
  if (start === undefined && due === undefined) return { ok: true, task };
  if (due === null) return { ok: true, task: { ...task, start: null, due: null, dateZone: null } };
  const newStart = start === undefined ? task.start : start && midnightOf(start);
  const requestedDue = due === undefined ? task.due : midnightOf(due);
  // A start that moves past the due date moves the due date along; a due date that is given must not precede the start.
  const newDue =
    due === undefined && newStart !== null && (requestedDue === null || requestedDue < newStart)
      ? newStart
      : requestedDue;
  if (newStart !== null && newDue !== null && newDue < newStart) {
    return refused('dueBeforeStart', 'due', 'The due date must not be before the start date.');
  }
  const dateZone = due?.zone ?? start?.zone ?? task.dateZone;
  return { ok: true, task: { ...task, start: newStart, due: newDue, dateZone } };
}

function patchRecurrence(
  task: EditableTask,
  requested: RecurrenceRequest | null | undefined,
  now: ZonedMoment,
): PatchResult {
  if (requested === undefined) return { ok: true, task };
  if (requested === null) return { ok: true, task: { ...task, recurrence: null } };
  const zone = seriesZone(requested, task, now.zone);
  const begins = task.start ?? task.due;
  const startDate = requested.range.startDate ?? (begins && dayOf(begins, zone));
  if (startDate === null) {
    return refused('recurrenceWithoutDate', 'recurrence', 'A recurrence needs a start date, or a task with a date.');
  }
  const recurrence: Recurrence = { pattern: requested.pattern, range: { ...requested.range, startDate } };
  const [problem] = recurrenceProblems(recurrence);
  if (problem !== undefined) return refused(problem.code, 'recurrence', problem.message);
  if (begins !== null) return { ok: true, task: { ...task, recurrence } };
  // A series on a task without dates is due on its first day (docs/protocol.md#next-instance).
  const { value: first } = occurrences(recurrence, toDay(startDate)).next();
  if (first === undefined) throw new RangeError('A recurrence without problems has a first day.');
  return { ok: true, task: { ...task, recurrence, due: atMidnight(first, zone), dateZone: zone } };
}

/** The zone in which the days of a series are counted (docs/protocol.md#dates-of-a-series). */
export function seriesZone(
  rule: { range: { zone?: string } },
  task: { dateZone: string | null },
  otherwise: string,
): string {
  const named = rule.range.zone === undefined ? undefined : canonicalZone(rule.range.zone);
  return named ?? task.dateZone ?? otherwise;
}

/**
 * Keeps status and completion date consistent: neither is set without the other
 * (docs/protocol.md#status-and-completion).
 */
function patchCompletion(task: EditableTask, before: Task, patch: TaskPatch, now: ZonedMoment): PatchResult {
  const completedAt = patch.completed ? midnightOf(patch.completed) : null;
  if (task.status !== 'completed') {
    if (completedAt === null) return { ok: true, task: { ...task, completed: null } };
    return refused('completedWithoutStatus', 'completed', 'A completion date needs the status Completed.');
  }
  if (completedAt !== null && completedAt > now.at) {
    return refused('completedInFuture', 'completed', 'The completion date must not be in the future.');
  }
  if (before.status === 'completed') return { ok: true, task: { ...task, completed: completedAt ?? before.completed } };
  const completed = completedAt ?? atMidnight(dateOf(now.at, now.zone), now.zone);
  return { ok: true, task: { ...task, completed, isReminderOn: false } };
}

function refused(code: ValidationProblem['code'], field: ValidationProblem['field'], message: string): PatchResult {
  return { ok: false, problem: { code, field, message } };
}
