import type { NamePatch, Place, Task, TaskFolder, TaskGroup, TaskPatch } from '../domain/task.ts';
import type { Can } from '../wire/dialect.ts';
import type { Repeatability } from './transport.ts';

export type { Can } from '../wire/dialect.ts';

type Mailbox = Place['mailbox'];
type Write = { ifMatch?: string };
type Post = { repeatability?: Repeatability };

/**
 * One method per endpoint, domain types in and out (architecture.md §4, wire.md §2). Every method throws ApiError. Lists are
 * whole: pages are followed to the end.
 */
export type TaskApi = {
  can: Can;
  groups(mailbox: Mailbox, signal?: AbortSignal): Promise<readonly TaskGroup[]>;
  createGroup(mailbox: Mailbox, patch: NamePatch, options?: Post): Promise<TaskGroup>;
  renameGroup(group: Place, patch: NamePatch, options?: Write): Promise<TaskGroup>;
  deleteGroup(group: Place): Promise<void>;
  folders(mailbox: Mailbox, signal?: AbortSignal): Promise<readonly TaskFolder[]>;
  /** Into the default group when `group` is null. */
  createFolder(mailbox: Mailbox, group: Place | null, patch: NamePatch, options?: Post): Promise<TaskFolder>;
  renameFolder(folder: Place, patch: NamePatch, options?: Write): Promise<TaskFolder>;
  deleteFolder(folder: Place): Promise<void>;
  /** `onPage` sees each page as it comes. */
  tasks(folder: Place, onPage?: (page: readonly Task[]) => void, signal?: AbortSignal): Promise<readonly Task[]>;
  task(task: Place): Promise<Task>;
  createTask(folder: Place, patch: TaskPatch, options?: Post): Promise<Task>;
  updateTask(task: Place, patch: TaskPatch, options?: Write): Promise<Task>;
  /** The completed task, and the next one of a series (wire.md §11). `zone` decides which day it is. */
  completeTask(task: Place, options: Write & Post & { zone: string }): Promise<readonly Task[]>;
  deleteTask(task: Place, options?: Write): Promise<void>;
};
