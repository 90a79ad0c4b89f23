import { applyUpdate, complete } from './completion.ts';
import type { Completion } from './completion.ts';
import { applyPatch, newTask } from './patch.ts';
import type { EditableTask } from './patch.ts';
import { defaultGroupKey } from './task.ts';
import type { Place, Recurrence, RecurrenceRequest, Task, TaskFolder, TaskGroup, TaskPatch } from './task.ts';
import { instantOf, midnightOf } from './time.ts';
import type { Instant, ZonedTime } from './time.ts';

/** The Task members a patch can set. */
export type PatchField = keyof TaskPatch;

/** What the person saw when making a change: the etag and the values of the fields it sets (architecture.md §8, rule 6). */
export type Base = { etag: string; values: Partial<Pick<Task, PatchField>> };

type In = { mailbox: Place['mailbox']; id: string };

/**
 * What a person meant, small enough to show in a list (architecture.md §1, §8). `id` is the one entity the change is about; ids
 * of things made here and not yet known to the server start with `local-`. Names and subjects ride along so that a waiting
 * change can be put into words without its entity.
 */
export type Change =
  | (In & { kind: 'createGroup'; groupKey: string; name: string })
  | (In & { kind: 'renameGroup'; name: string; was: string })
  | (In & { kind: 'deleteGroup'; name: string; groupKey: string })
  | (In & { kind: 'createFolder'; groupId: string | null; groupKey: string; name: string })
  | (In & { kind: 'renameFolder'; name: string; was: string })
  | (In & { kind: 'deleteFolder'; name: string })
  | (In & { kind: 'createTask'; folderId: string; patch: TaskPatch; at: Instant; zone: string })
  | (In & {
      kind: 'updateTask';
      folderId: string;
      patch: TaskPatch;
      base: Base;
      at: Instant;
      zone: string;
      subject: string;
    })
  /** `on` is the person's day; `due` the instance they saw; `copyId` names the foreseen completed copy of a series. */
  | (In & {
      kind: 'completeTask';
      folderId: string;
      on: ZonedTime;
      due: Instant | null;
      etag: string;
      copyId: string;
      at: Instant;
      subject: string;
    })
  | (In & { kind: 'deleteTask'; folderId: string; subject: string });

export type TaskChange = Extract<Change, { folderId: string }>;
export type GroupChange = Extract<Change, { kind: 'createGroup' | 'renameGroup' | 'deleteGroup' }>;
export type FolderChange = Extract<Change, { kind: 'createFolder' | 'renameFolder' | 'deleteFolder' }>;

/** Ids made on this device, until the server gives its own. */
export const localPrefix = 'local-';

export function isLocal(id: string): boolean {
  return id.startsWith(localPrefix);
}

export function isTaskChange(change: Change): change is TaskChange {
  return 'folderId' in change;
}

/** The part of a task that a patch would set, as it is now: the base of a change. */
export function valuesOf(task: Task, patch: TaskPatch): Base['values'] {
  return Object.fromEntries(fieldsOf(patch).map((field) => [field, task[field]]));
}

// ---- Tasks -----------------------------------------------------------------------------------------------------------

/** Rows by id that differ from what the server said; null where a row is gone. */
export type Differences = ReadonlyMap<string, Task | null>;

/**
 * What the pending changes make of the rows they touch, oldest first. Costs in proportion to the changes, whatever the
 * number of rows: everything else on the screen is the snapshot itself. `apply` may remember what it answered before.
 */
export function overlay(
  rows: ReadonlyMap<string, Task>,
  changes: readonly TaskChange[],
  apply: typeof applyChange = applyChange,
): Differences {
  const differences = new Map<string, Task | null>();
  for (const change of changes) {
    const seen = differences.get(change.id);
    const row = seen === undefined ? rows.get(change.id) : (seen ?? undefined);
    for (const [id, after] of apply(row, change)) differences.set(id, after);
  }
  return differences;
}

/** What one change makes of its row: the rows that differ afterwards. The service decides; this is the forecast. */
export function applyChange(row: Task | undefined, change: TaskChange): readonly (readonly [string, Task | null])[] {
  switch (change.kind) {
    case 'createTask':
      return row === undefined ? [[change.id, created(change)]] : [];
    case 'deleteTask':
      return [[change.id, null]];
    case 'updateTask': {
      if (row === undefined) return [];
      const moment = { at: change.at, zone: change.zone };
      const updated = applyUpdate(withZones(row), change.patch, moment);
      // The server will refuse this one. Until it does, the person sees what they meant.
      if (!updated.ok) return [[row.id, { ...row, ...meantBy(change.patch) }]];
      return outcomeOf(updated, row.id, `${row.id}:done`, change.at);
    }
    case 'completeTask':
      return row === undefined ? [] : outcomeOf(complete(withZones(row), change.on), row.id, change.copyId, change.at);
  }
}

function created(change: Extract<Change, { kind: 'createTask' }>): Task {
  const fresh = newTask({ id: change.id, folderId: change.folderId, owner: null, now: change.at });
  const patched = applyPatch(fresh, change.patch, { at: change.at, zone: change.zone });
  return withoutZones(patched.ok ? patched.task : { ...fresh, ...meantBy(change.patch) });
}

/** A series moves on under its id and leaves a completed copy; anything else is completed in place. */
function outcomeOf({ done, next }: Completion, id: string, copyId: string, at: Instant): [string, Task][] {
  if (next === null) return [[id, { ...withoutZones(done), id, modifiedAt: at }]];
  return [
    [copyId, { ...withoutZones(done), id: copyId, modifiedAt: at }],
    [id, { ...withoutZones(next), id, modifiedAt: at }],
  ];
}

/** Readers are not told the zones of the writes; the rules then count in the zone of the change. */
function withZones(task: Task): EditableTask {
  return { ...task, dateZone: null, reminderZone: null };
}

function withoutZones({ dateZone: _date, reminderZone: _reminder, ...task }: EditableTask): Task {
  return task;
}

function fieldsOf(patch: TaskPatch): PatchField[] {
  return Object.keys(patch) as PatchField[];
}

const midnight = (time: ZonedTime | null) => time && midnightOf(time);

/** The values a patch asks for, as a reader will see them; fields that a rule derives are left out. */
export function meantBy(patch: TaskPatch): Base['values'] {
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

/** What to do with an update, now that the server's row is known (architecture.md §8, rule 6). */
export type Comparison =
  /** The server has all of it already: a lost answer, or somebody meant the same. */
  | { outcome: 'done' }
  /** Nobody else touched these fields: send just them. */
  | { outcome: 'send'; patch: TaskPatch }
  /** Somebody changed these fields to something else. */
  | { outcome: 'conflict'; fields: readonly PatchField[] };

/** Compares an update with the server's row field by field: what others did to other fields never matters. */
export function compareUpdate(server: Task, patch: TaskPatch, base: Base): Comparison {
  const mine = meantBy(patch);
  const changed = fieldsOf(patch).filter((field) => !sameValue(mine[field], base.values[field]));
  const missing = changed.filter((field) => !sameValue(server[field], mine[field]));
  if (missing.length === 0) return { outcome: 'done' };
  const fields = missing.filter((field) => !sameValue(server[field], base.values[field]));
  if (fields.length > 0) return { outcome: 'conflict', fields };
  return { outcome: 'send', patch: pick(patch, missing) };
}

function pick(patch: TaskPatch, fields: readonly PatchField[]): TaskPatch {
  const wanted = new Set<string>(fields);
  return Object.fromEntries(Object.entries(patch).filter(([field]) => wanted.has(field)));
}

/** Equal as JSON, whatever the order of members. */
function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [mine, theirs] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    mine.length === theirs.size && mine.every(([key, value]) => theirs.has(key) && sameValue(value, theirs.get(key)))
  );
}

// ---- Groups and folders ----------------------------------------------------------------------------------------------

/** The groups with pending changes: a new one stands last, as the server will list it. */
export function overlayGroups(groups: readonly TaskGroup[], changes: readonly Change[]): readonly TaskGroup[] {
  return changes.reduce((so, change) => {
    if (change.kind === 'createGroup') {
      return [...so, { id: change.id, changeKey: '', name: change.name, isDefault: false, groupKey: change.groupKey }];
    }
    if (change.kind === 'renameGroup') return renamed(so, change);
    return change.kind === 'deleteGroup' ? so.filter((group) => group.id !== change.id) : so;
  }, groups);
}

/** The folders with pending changes. Folders of a deleted group show up in the default group (wire.md §19, 9). */
export function overlayFolders(folders: readonly TaskFolder[], changes: readonly Change[]): readonly TaskFolder[] {
  return changes.reduce((so, change) => {
    if (change.kind === 'createFolder') {
      return [...so, { id: change.id, changeKey: '', name: change.name, isDefault: false, groupKey: change.groupKey }];
    }
    if (change.kind === 'renameFolder') return renamed(so, change);
    if (change.kind === 'deleteFolder') return so.filter((folder) => folder.id !== change.id);
    return change.kind === 'deleteGroup' ? ungrouped(so, change.groupKey) : so;
  }, folders);
}

export function ungrouped(folders: readonly TaskFolder[], groupKey: string): readonly TaskFolder[] {
  return folders.map((folder) => (folder.groupKey === groupKey ? { ...folder, groupKey: defaultGroupKey } : folder));
}

function renamed<T extends { id: string; name: string }>(
  all: readonly T[],
  { id, name }: { id: string; name: string },
) {
  return all.map((one) => (one.id === id ? { ...one, name } : one));
}

// ---- Ids -------------------------------------------------------------------------------------------------------------

/** The ids of what a change happens inside: it cannot be sent before they exist on the server. */
export function containersOf(change: Change): readonly string[] {
  if (isTaskChange(change)) return [change.folderId];
  return change.kind === 'createFolder' && change.groupId !== null ? [change.groupId] : [];
}

/** The same change after ids became known (architecture.md §8, rule 5); the same object when none of them is in it. */
export function withIds(change: Change, known: ReadonlyMap<string, string>): Change {
  const to = (id: string) => known.get(id) ?? id;
  const id = to(change.id);
  if (isTaskChange(change)) {
    const folderId = to(change.folderId);
    return id === change.id && folderId === change.folderId ? change : { ...change, id, folderId };
  }
  if (change.kind === 'createFolder') {
    const groupId = change.groupId === null ? null : to(change.groupId);
    const groupKey = to(change.groupKey);
    return groupId === change.groupId && groupKey === change.groupKey && id === change.id
      ? change
      : { ...change, id, groupId, groupKey };
  }
  if (change.kind === 'createGroup' || change.kind === 'deleteGroup')
    return { ...change, id, groupKey: to(change.groupKey) };
  return id === change.id ? change : { ...change, id };
}
