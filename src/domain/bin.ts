import type { Instant } from './time.ts';

/** What lies in the bin: a task that was deleted on its own, or a folder with the tasks that went with it (wire.md §12). */
export type BinItem = {
  id: string;
  kind: 'task' | 'folder';
  /** Subject of the task, name of the folder. */
  name: string;
  /** Where a task was; null for a folder, and when its folder is gone: it comes back into the default folder then. */
  folderId: string | null;
  folderName: string | null;
  /** How many tasks come back with it: 1 for a task. */
  taskCount: number;
  deletedAt: Instant;
  /** From then on it may be gone any hour. */
  keptUntil: Instant;
};
