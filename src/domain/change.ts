import type { Instant, ZonedTime } from './time.ts';
import type { Place, Task, TaskFolder, TaskGroup, TaskPatch } from './task.ts';

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
  const fields = Object.keys(patch) as PatchField[];
  return Object.fromEntries(fields.map((field) => [field, task[field]]));
}

export declare function overlayGroups(groups: readonly TaskGroup[], changes: readonly Change[]): readonly TaskGroup[];
export declare function overlayFolders(folders: readonly TaskFolder[], changes: readonly Change[]): readonly TaskFolder[];
