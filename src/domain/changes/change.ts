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

type In = { mailbox: Mailbox; id: string };

/** What is to be attached. A file's bytes wait on this device under `blobKey`; `size` in bytes. */
export type AttachmentDraft =
  | (Extract<NewAttachment, { kind: 'file' }> & { size: number; blobKey: string })
  | Exclude<NewAttachment, { kind: 'file' }>;

/**
 * One thing a person did, small enough to show in a list. `id` is the entity; ids of entities the server does not know
 * yet start with `local-`. Names and subjects are included so that a waiting change can be described without its
 * entity.
 */
export type Change =
  | (In & { kind: 'createGroup'; groupKey: string; name: string })
  | (In & { kind: 'renameGroup'; name: string; was: string })
  | (In & { kind: 'deleteGroup'; name: string; groupKey: string })
  | (In & { kind: 'createFolder'; groupId: string | null; groupKey: string; name: string })
  | (In & { kind: 'renameFolder'; name: string; was: string })
  | (In & { kind: 'deleteFolder'; name: string })
  /** `toGroupId` is null for the default group, `wasGroupKey` where the folder was. */
  | (In & { kind: 'moveFolder'; toGroupId: string | null; toGroupKey: string; wasGroupKey: string; name: string })
  /** Restores a folder from the bin, with its tasks (docs/protocol.md#deletion). */
  | (In & { kind: 'restoreFolder'; name: string; folder: TaskFolder | null })
  /** Categories are the account's own: their mailbox is `me`. */
  | (In & { kind: 'createCategory'; name: string; colour: CategoryColour })
  /** Another name is set in every task of the mailbox. */
  | (In & { kind: 'updateCategory'; name: string; was: string; colour: CategoryColour; wasColour: CategoryColour })
  /** Out of every task, too. */
  | (In & { kind: 'deleteCategory'; name: string; colour: CategoryColour })
  | (In & { kind: 'createTask'; folderId: string; patch: TaskPatch; at: Instant; zone: string })
  | (In & {
      kind: 'updateTask';
      folderId: string;
      patch: TaskPatch;
      base: ChangeBase;
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
  | (In & { kind: 'deleteTask'; folderId: string; subject: string })
  /** Under its id, out of `folderId`. `task` is what the person saw: it shows in the other folder until that is read. */
  | (In & { kind: 'moveTask'; folderId: string; toFolderId: string; subject: string; task: Task })
  /** Out of the bin, under its id. `task` is null when only its name is known. */
  | (In & { kind: 'restoreTask'; folderId: string; subject: string; task: Task | null })
  /**
   * Moves a series back to the completed instance and purges the completed copy
   * (docs/architecture.md#completing-a-series).
   */
  | (In & {
      kind: 'undoComplete';
      folderId: string;
      copyId: string;
      patch: TaskPatch;
      base: ChangeBase;
      at: Instant;
      zone: string;
      subject: string;
    })
  /** `id` is the attachment's. */
  | (In & { kind: 'addAttachment'; taskId: string; folderId: string; draft: AttachmentDraft; subject: string })
  | (In & { kind: 'removeAttachment'; taskId: string; folderId: string; name: string; subject: string });

export type AttachmentChange = Extract<Change, { taskId: string }>;
export type TaskChange = Exclude<Extract<Change, { folderId: string }>, AttachmentChange>;

export function isCategoryChange({ kind }: Change): boolean {
  return kind === 'createCategory' || kind === 'updateCategory' || kind === 'deleteCategory';
}

/** Ids made on this device, until the server gives its own. */
export const localIdPrefix = 'local-';
/** Of what was shared with the app: made again by the same name, so that nothing is added twice (src/sync/commands/addShare.ts). */
export const sharedIdPrefix = 'local-share-';

export function isLocalId(id: string): boolean {
  return id.startsWith(localIdPrefix);
}

export function isTaskChange(change: Change): change is TaskChange {
  return 'folderId' in change && !('taskId' in change);
}

/** The part of a task that a patch would set, as it is now: the base of a change. */
export function patchedValues(task: Task, patch: TaskPatch): ChangeBase['values'] {
  return Object.fromEntries(patchFields(patch).map((field) => [field, task[field]]));
}

// ---- Tasks -----------------------------------------------------------------------------------------------------------

/** Rows by id that differ from what the server said; null where a row is gone. */
export type TaskOverlay = ReadonlyMap<string, Task | null>;

/**
 * What the pending changes make of the rows they touch, oldest first. Costs in proportion to the changes, whatever the
 * number of rows: everything else on the screen is the snapshot itself. `apply` may remember what it answered before.
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
      if (!updated.ok) return [[row.id, { ...row, ...shownOf(change.patch) }]];
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
      // It stays what it is: the folder it leaves shows it no more (`folderId`), the other one shows it.
      return [[change.id, { ...(row ?? change.task), id: change.id, folderId: change.toFolderId }]];
    case 'restoreTask':
      if (row !== undefined || change.task === null) return [];
      return [[change.id, { ...change.task, id: change.id, folderId: change.folderId }]];
  }
}

/** What a refused write asks for; not a series that has no day to begin at, for nothing can be said of its dates. */
function shownOf(patch: TaskPatch): ChangeBase['values'] {
  const { recurrence, ...meant } = valuesOfPatch(patch);
  return recurrence === undefined || recurrence?.range.startDate === '' ? meant : { ...meant, recurrence };
}

function putBack(row: Task, change: Extract<Change, { kind: 'undoComplete' }>): Task {
  const patched = applyPatch(withZones(row), change.patch, { at: change.at, zone: change.zone });
  return patched.ok ? withoutZones(patched.task) : { ...row, ...shownOf(change.patch) };
}

function created(change: Extract<Change, { kind: 'createTask' }>): Task {
  const fresh = blankTask({ id: change.id, folderId: change.folderId, owner: null, now: change.at });
  const patched = applyPatch(fresh, change.patch, { at: change.at, zone: change.zone });
  return withoutZones(patched.ok ? patched.task : { ...fresh, ...shownOf(change.patch) });
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
  return all.map((one) => (one.id === id ? { ...one, name } : one));
}

// ---- Categories ------------------------------------------------------------------------------------------------------

/** The categories with pending changes, in order of name. */
export function overlayCategories(all: readonly Category[], changes: readonly Change[]): readonly Category[] {
  const next = changes.reduce((so, change) => {
    const others = () => so.filter(({ id }) => id !== change.id);
    if (change.kind === 'deleteCategory') return others();
    if (change.kind !== 'createCategory' && change.kind !== 'updateCategory') return so;
    const { id, name, colour } = change;
    return [...others().filter((one) => categoryKey(one.name) !== categoryKey(name)), { id, name, colour }];
  }, all);
  return next === all ? all : next.toSorted((a, b) => (categoryKey(a.name) < categoryKey(b.name) ? -1 : 1));
}

// ---- Ids -------------------------------------------------------------------------------------------------------------

/** The ids of what a change happens inside, or needs: it cannot be sent before they exist on the server. */
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
export function resolveChangeIds(change: Change, known: ReadonlyMap<string, string>): Change {
  const members: Readonly<Partial<Record<(typeof idMembers)[number], string | null>>> = change;
  const found = idMembers.flatMap((name) => {
    const server = known.get(members[name] ?? '');
    return server === undefined ? [] : [[name, server] as const];
  });
  return found.length === 0 ? change : { ...change, ...Object.fromEntries(found) };
}
