import type { Instant } from '../time/time.ts';

/** An entry of the bin: a task deleted on its own, or a folder with the tasks in it (docs/protocol.md#deletion). */
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
