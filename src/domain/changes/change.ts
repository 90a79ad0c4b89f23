import type { NewAttachment } from '../task/attachment.ts';
import { patchFields, valuesOfPatch } from './patchComparison.ts';
import type { ChangeBase } from './patchComparison.ts';
import { categoryKey } from '../task/category.ts';
import type { Category, CategoryColour } from '../task/category.ts';
import { applyUpdate, completeTaskRow } from './completion.ts';
import type { Completion } from './completion.ts';
import { applyPatch, blankTask } from './taskPatch.ts';
import type { EditableTask } from './taskPatch.ts';
import { defaultGroupKey } from '../task/task.ts';
import type { Mailbox, Task, TaskFolder, TaskGroup, TaskPatch } from '../task/task.ts';
import type { Instant, ZonedTime } from '../time/time.ts';

type ChangeTarget = { mailbox: Mailbox; id: string };

/** What to attach. The bytes of a file are stored on the device under `blobKey`; `size` in bytes. */
export type AttachmentDraft =
  | (Extract<NewAttachment, { kind: 'file' }> & { size: number; blobKey: string })
  | Exclude<NewAttachment, { kind: 'file' }>;

/**
 * One user action, small enough to show in a list. `id` is the entity; ids of entities that the server does not know
 * yet start with `local-`. Names and subjects are included so that a pending change can be described without its
 * entity.
 */
export type Change =
  | (ChangeTarget & { kind: 'createGroup'; groupKey: string; name: string })
  | (ChangeTarget & { kind: 'renameGroup'; name: string; was: string })
  | (ChangeTarget & { kind: 'deleteGroup'; name: string; groupKey: string })
  | (ChangeTarget & { kind: 'createFolder'; groupId: string | null; groupKey: string; name: string })
  | (ChangeTarget & { kind: 'renameFolder'; name: string; was: string })
  | (ChangeTarget & { kind: 'deleteFolder'; name: string })
  /** `toGroupId` is null for the default group; `wasGroupKey` is the key of the group that the folder was in. */
  | (ChangeTarget & {
      kind: 'moveFolder';
      toGroupId: string | null;
      toGroupKey: string;
      wasGroupKey: string;
      name: string;
    })
  /** Restores a folder from the bin, with its tasks (docs/protocol.md#deletion). */
  | (ChangeTarget & { kind: 'restoreFolder'; name: string; folder: TaskFolder | null })
  /** Categories belong to the account: their mailbox is always `me`. */
  | (ChangeTarget & { kind: 'createCategory'; name: string; colour: CategoryColour })
  /** A new name is also set in every task of the mailbox. */
  | (ChangeTarget & {
      kind: 'updateCategory';
      name: string;
      was: string;
      colour: CategoryColour;
      wasColour: CategoryColour;
    })
  /** The category is also removed from every task. */
  | (ChangeTarget & { kind: 'deleteCategory'; name: string; colour: CategoryColour })
  | (ChangeTarget & { kind: 'createTask'; folderId: string; patch: TaskPatch; at: Instant; zone: string })
  | (ChangeTarget & {
      kind: 'updateTask';
      folderId: string;
      patch: TaskPatch;
      base: ChangeBase;
      at: Instant;
      zone: string;
      subject: string;
    })
  /**
   * `on` is the user's local day; `due` is the instance they saw; `copyId` is the id of the predicted completed copy of
   * a series.
   */
  | (ChangeTarget & {
      kind: 'completeTask';
      folderId: string;
      on: ZonedTime;
      due: Instant | null;
      etag: string;
      copyId: string;
      at: Instant;
      subject: string;
    })
  | (ChangeTarget & { kind: 'deleteTask'; folderId: string; subject: string })
  /**
   * The task keeps its id and leaves `folderId`. `task` is the row the user saw, shown in the target folder until that
   * folder is read.
   */
  | (ChangeTarget & { kind: 'moveTask'; folderId: string; toFolderId: string; subject: string; task: Task })
  /** Restores a task from the bin under its id. `task` is null when only its subject is known. */
  | (ChangeTarget & { kind: 'restoreTask'; folderId: string; subject: string; task: Task | null })
  /**
   * Moves a series back to the completed instance and purges the completed copy
   * (docs/architecture.md#completing-a-series).
   */
  | (ChangeTarget & {
      kind: 'undoComplete';
      folderId: string;
      copyId: string;
      patch: TaskPatch;
      base: ChangeBase;
      at: Instant;
      zone: string;
      subject: string;
    })
  /** `id` is the id of the attachment. */
  | (ChangeTarget & {
      kind: 'addAttachment';
      taskId: string;
      folderId: string;
      draft: AttachmentDraft;
      subject: string;
    })
  | (ChangeTarget & { kind: 'removeAttachment'; taskId: string; folderId: string; name: string; subject: string });

export type AttachmentChange = Extract<Change, { taskId: string }>;
export type TaskChange = Exclude<Extract<Change, { folderId: string }>, AttachmentChange>;

export function isCategoryChange({ kind }: Change): boolean {
  return kind === 'createCategory' || kind === 'updateCategory' || kind === 'deleteCategory';
}

/** Prefix of ids made on this device, used until the server returns its own. */
export const localIdPrefix = 'local-';
/**
 * Prefix of ids derived from shared content: the same content gives the same id, so nothing is added twice
 * (src/sync/commands/addShare.ts).
 */
export const sharedIdPrefix = 'local-share-';

export function isLocalId(id: string): boolean {
  return id.startsWith(localIdPrefix);
}

export function isTaskChange(change: Change): change is TaskChange {
  return 'folderId' in change && !('taskId' in change);
}

/** The current values of the fields that a patch would set: the base of a change. */
export function patchedValues(task: Task, patch: TaskPatch): ChangeBase['values'] {
  return Object.fromEntries(patchFields(patch).map((field) => [field, task[field]]));
}

// ---- Tasks -----------------------------------------------------------------------------------------------------------

/** Rows by id that differ from the server's; null where a row is deleted. */
export type TaskOverlay = ReadonlyMap<string, Task | null>;

/**
 * Applies the pending changes, oldest first, to the rows they touch. The cost grows with the number of changes, not of
 * rows: all other rows come from the replica as they are. `apply` may be memoised.
 */
export function overlayTasks(
  rows: ReadonlyMap<string, Task>,
  changes: readonly TaskChange[],
  apply: typeof applyChange = applyChange,
): TaskOverlay {
  const differences = new Map<string, Task | null>();
  for (const change of changes) {
    const seen = differences.get(change.id);
    const row = seen === undefined ? rows.get(change.id) : (seen ?? undefined);
    for (const [id, after] of apply(row, change)) differences.set(id, after);
  }
  return differences;
}

/** The rows that one change affects, as they are afterwards: a prediction of what the service will do. */
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
      // The server will refuse this patch. Until it does, show the values that the user entered.
      if (!updated.ok) return [[row.id, { ...row, ...requestedValues(change.patch) }]];
      return outcomeOf(updated, row.id, `${row.id}:done`, change.at);
    }
    case 'completeTask':
      return row === undefined
        ? []
        : outcomeOf(completeTaskRow(withZones(row), change.on), row.id, change.copyId, change.at);
    case 'undoComplete':
      return row === undefined
        ? [[change.copyId, null]]
        : [
            [change.copyId, null],
            [row.id, putBack(row, change)],
          ];
    case 'moveTask':
      // `folderId` decides where it is shown: the source folder drops the row, the target folder shows it.
      return [[change.id, { ...(row ?? change.task), id: change.id, folderId: change.toFolderId }]];
    case 'restoreTask':
      if (row !== undefined || change.task === null) return [];
      return [[change.id, { ...change.task, id: change.id, folderId: change.folderId }]];
  }
}

/** The values of a refused patch, without a recurrence that has no start date: its dates cannot be computed. */
function requestedValues(patch: TaskPatch): ChangeBase['values'] {
  const { recurrence, ...meant } = valuesOfPatch(patch);
  return recurrence === undefined || recurrence?.range.startDate === '' ? meant : { ...meant, recurrence };
}

function putBack(row: Task, change: Extract<Change, { kind: 'undoComplete' }>): Task {
  const patched = applyPatch(withZones(row), change.patch, { at: change.at, zone: change.zone });
  return patched.ok ? withoutZones(patched.task) : { ...row, ...requestedValues(change.patch) };
}

function created(change: Extract<Change, { kind: 'createTask' }>): Task {
  const blank = blankTask({ id: change.id, folderId: change.folderId, owner: null, now: change.at });
  const patched = applyPatch(blank, change.patch, { at: change.at, zone: change.zone });
  return withoutZones(patched.ok ? patched.task : { ...blank, ...requestedValues(change.patch) });
}

/** A series is advanced under its id and leaves a completed copy; any other task is completed in place. */
function outcomeOf({ done, next }: Completion, id: string, copyId: string, at: Instant): [string, Task][] {
  if (next === null) return [[id, { ...withoutZones(done), id, modifiedAt: at }]];
  return [
    [copyId, { ...withoutZones(done), id: copyId, modifiedAt: at }],
    [id, { ...withoutZones(next), id, modifiedAt: at }],
  ];
}

/** Clients do not receive the zones in which dates were written; the rules then use the zone of the change. */
function withZones(task: Task): EditableTask {
  return { ...task, dateZone: null, reminderZone: null };
}

function withoutZones({ dateZone: _date, reminderZone: _reminder, ...task }: EditableTask): Task {
  return task;
}

// ---- Groups and folders ----------------------------------------------------------------------------------------------

/** The groups with pending changes applied. A new group comes last, as in the server's list. */
export function overlayGroups(groups: readonly TaskGroup[], changes: readonly Change[]): readonly TaskGroup[] {
  return changes.reduce((so, change) => {
    if (change.kind === 'createGroup') {
      return [...so, { id: change.id, changeKey: '', name: change.name, isDefault: false, groupKey: change.groupKey }];
    }
    if (change.kind === 'renameGroup') return renamed(so, change);
    return change.kind === 'deleteGroup' ? so.filter((group) => group.id !== change.id) : so;
  }, groups);
}

/**
 * The folders with unsent changes applied. Folders of a deleted group appear in the default group
 * (docs/protocol.md#folders-and-groups).
 */
export function overlayFolders(folders: readonly TaskFolder[], changes: readonly Change[]): readonly TaskFolder[] {
  return changes.reduce((so, change) => {
    if (change.kind === 'createFolder') {
      return [...so, { id: change.id, changeKey: '', name: change.name, isDefault: false, groupKey: change.groupKey }];
    }
    if (change.kind === 'renameFolder') return renamed(so, change);
    if (change.kind === 'deleteFolder') return so.filter((folder) => folder.id !== change.id);
    if (change.kind === 'moveFolder') {
      return so.map((folder) => (folder.id === change.id ? { ...folder, groupKey: change.toGroupKey } : folder));
    }
    if (change.kind === 'restoreFolder') {
      const isThere = change.folder === null || so.some(({ id }) => id === change.id);
      return isThere || change.folder === null ? so : [...so, { ...change.folder, id: change.id }];
    }
    return change.kind === 'deleteGroup' ? ungroupFolders(so, change.groupKey) : so;
  }, folders);
}

export function ungroupFolders(folders: readonly TaskFolder[], groupKey: string): readonly TaskFolder[] {
  return folders.map((folder) => (folder.groupKey === groupKey ? { ...folder, groupKey: defaultGroupKey } : folder));
}

function renamed<T extends { id: string; name: string }>(
  all: readonly T[],
  { id, name }: { id: string; name: string },
) {
  return all.map((category) => (category.id === id ? { ...category, name } : category));
}

// ---- Categories ------------------------------------------------------------------------------------------------------

/** The categories with pending changes applied, sorted by name. */
export function overlayCategories(all: readonly Category[], changes: readonly Change[]): readonly Category[] {
  const next = changes.reduce((so, change) => {
    const others = () => so.filter(({ id }) => id !== change.id);
    if (change.kind === 'deleteCategory') return others();
    if (change.kind !== 'createCategory' && change.kind !== 'updateCategory') return so;
    const { id, name, colour } = change;
    return [...others().filter((category) => categoryKey(category.name) !== categoryKey(name)), { id, name, colour }];
  }, all);
  return next === all ? all : next.toSorted((a, b) => (categoryKey(a.name) < categoryKey(b.name) ? -1 : 1));
}

// ---- Ids -------------------------------------------------------------------------------------------------------------

/**
 * The ids of the entities that contain the changed one or that the change refers to: it cannot be sent before they
 * exist on the server.
 */
export function containerIdsOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'createTask':
    case 'updateTask':
    case 'completeTask':
    case 'deleteTask':
    case 'restoreTask':
      return [change.folderId];
    case 'moveTask':
      return [change.folderId, change.toFolderId];
    case 'undoComplete':
      return [change.folderId, change.copyId];
    case 'addAttachment':
    case 'removeAttachment':
      return [change.taskId, change.folderId];
    case 'createFolder':
      return change.groupId === null ? [] : [change.groupId];
    case 'moveFolder':
      return change.toGroupId === null ? [] : [change.toGroupId];
    default:
      return [];
  }
}

/** Members that hold ids. */
const idMembers = [
  'id',
  'folderId',
  'toFolderId',
  'taskId',
  'copyId',
  'groupId',
  'groupKey',
  'toGroupId',
  'toGroupKey',
  'wasGroupKey',
] as const;

/** The same change with server ids in place of local ones; the same object when it contains none of them. */
export function resolveChangeIds(change: Change, serverIds: ReadonlyMap<string, string>): Change {
  const members: Readonly<Partial<Record<(typeof idMembers)[number], string | null>>> = change;
  const found = idMembers.flatMap((name) => {
    const server = serverIds.get(members[name] ?? '');
    return server === undefined ? [] : [[name, server] as const];
  });
  return found.length === 0 ? change : { ...change, ...Object.fromEntries(found) };
}
