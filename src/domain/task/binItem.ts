import type { Instant } from '../time/time.ts';

/** An entry of the bin: a task deleted on its own, or a folder with the tasks in it (docs/protocol.md#deletion). */
export type BinItem = {
  id: string;
  kind: 'task' | 'folder';
  /** Subject of the task, name of the folder. */
  name: string;
  /**
   * The folder that the task was in; null for a folder, and when that folder is gone: the task is then restored to the
   * default folder.
   */
  folderId: string | null;
  folderName: string | null;
  /** How many tasks are restored with it: 1 for a task. */
  taskCount: number;
  deletedAt: Instant;
  /** It may be purged at any time after this. */
  keptUntil: Instant;
};
