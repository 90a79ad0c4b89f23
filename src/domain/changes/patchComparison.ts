import { keysOf } from '../objectKeys.ts';
import type { Recurrence, RecurrenceRequest, Task, TaskPatch } from '../task/task.ts';
import { dayOf, instantOf, localOf, midnightOf, zonedDay } from '../time/time.ts';
import type { Instant, ZonedTime } from '../time/time.ts';

/** The Task members a patch can set. */
export type PatchField = keyof TaskPatch;

/**
 * What the user saw when making a change: the etag and the values of the fields it sets
 * (docs/architecture.md#conflicts-are-decided-per-field).
 */
export type ChangeBase = { etag: string; values: Partial<Pick<Task, PatchField>> };

export function patchFields(patch: TaskPatch): PatchField[] {
  return keysOf(patch);
}

const midnight = (time: ZonedTime | null) => time && midnightOf(time);

/** The values that a patch asks for, in the form of a task as it is read; derived fields are left out. */
export function valuesOfPatch(patch: TaskPatch): ChangeBase['values'] {
  const { start, due, completed, reminder, recurrence, ...plain } = patch;
  return {
    ...plain,
    ...(start === undefined ? {} : { start: midnight(start) }),
    ...(due === undefined ? {} : { due: midnight(due) }),
    ...(completed === undefined ? {} : { completed: midnight(completed) }),
    ...(reminder === undefined ? {} : { reminder: reminder && instantOf(reminder) }),
    ...(recurrence === undefined ? {} : { recurrence: recurrence && asRead(recurrence) }),
  };
}

function asRead({ pattern, range }: RecurrenceRequest): Recurrence {
  return { pattern, range: { ...range, startDate: range.startDate ?? '' } };
}

/** What to do with an update when the server's row is known (docs/architecture.md#conflicts-are-decided-per-field). */
export type UpdateComparison =
  /** The server already has these values: a response was lost, or somebody made the same change. */
  | { outcome: 'done' }
  /** Nobody else changed these fields: send only them. */
  | { outcome: 'send'; patch: TaskPatch }
  /** Somebody changed these fields to other values. */
  | { outcome: 'conflict'; fields: readonly PatchField[] };

/** Compares an update with the server's row field by field; changes to other fields do not matter. */
export function compareUpdate(server: Task, patch: TaskPatch, base: ChangeBase): UpdateComparison {
  const requested = valuesOfPatch(patch);
  const changed = patchFields(patch).filter((field) => !isSameValue(requested[field], base.values[field]));
  const missing = changed.filter((field) => !isSameValue(server[field], withServerStart(requested, server)[field]));
  if (missing.length === 0) return { outcome: 'done' };
  const fields = missing.filter((field) => !isSameValue(server[field], base.values[field]));
  if (fields.length > 0) return { outcome: 'conflict', fields };
  return { outcome: 'send', patch: pickFields(patch, missing) };
}

/** A series requested without a start date takes the start date that the server derived. */
function withServerStart(requested: ChangeBase['values'], server: Task): ChangeBase['values'] {
  const { recurrence } = requested;
  if (
    recurrence === undefined ||
    recurrence === null ||
    server.recurrence === null ||
    recurrence.range.startDate !== ''
  )
    return requested;
  const range = { ...recurrence.range, startDate: server.recurrence.range.startDate };
  return { ...requested, recurrence: { ...recurrence, range } };
}

export function pickFields(patch: TaskPatch, fields: readonly PatchField[]): TaskPatch {
  const fieldSet = new Set<string>(fields);
  return Object.fromEntries(Object.entries(patch).filter(([field]) => fieldSet.has(field)));
}

/** Equal as JSON, regardless of the order of members. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [changed, theirs] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    changed.length === theirs.size &&
    changed.every(([key, value]) => theirs.has(key) && isSameValue(value, theirs.get(key)))
  );
}

const backDay = (at: Instant | null, zone: string) => (at === null ? null : zonedDay(dayOf(at, zone), zone));

/** How each field of a patch is set back to its value in a task: a new field does not compile until it is here. */
const backTo: { readonly [F in PatchField]: (task: Task, zone: string) => Required<TaskPatch>[F] } = {
  subject: ({ subject }) => subject,
  body: ({ body }) => body,
  categories: ({ categories }) => categories,
  importance: ({ importance }) => importance,
  sensitivity: ({ sensitivity }) => sensitivity,
  status: ({ status }) => status,
  start: ({ start }, zone) => backDay(start, zone),
  due: ({ due }, zone) => backDay(due, zone),
  completed: ({ completed }, zone) => backDay(completed, zone),
  reminder: ({ reminder }, zone) => (reminder === null ? null : { local: localOf(reminder, zone), zone }),
  isReminderOn: ({ isReminderOn }) => isReminderOn,
  recurrence: ({ recurrence }) => recurrence,
};
const fields = keysOf(backTo);

/** The patch that restores `before` from `after`, as far as a patch can. */
export function inversePatch(before: Task, after: Task, zone: string): TaskPatch {
  const differing = fields.filter((field) => !isSameValue(before[field], after[field]));
  const patch: TaskPatch = Object.fromEntries(differing.map((field) => [field, backTo[field](before, zone)]));
  // Clearing the due date clears the start, and moving the start may move the due date: send both
  // (docs/protocol.md#start-and-due-dates).
  return 'start' in patch || 'due' in patch
    ? { ...patch, start: backTo.start(before, zone), due: backTo.due(before, zone) }
    : patch;
}
