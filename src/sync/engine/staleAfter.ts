import type { Change } from '../../domain/changes/change.ts';

/** What is read again: a mailbox's groups or folders, all own tasks, the bin, or the attachments of the change's task. */
export type StaleResource = 'groups' | 'folders' | 'ownTasks' | 'bin' | 'attachments';

/**
 * What to read again after a change was accepted, beyond the rows in its answer: the only invalidation table. Answers
 * to task requests contain every row they touch, so a long list is not pulled again for one.
 */
const table: Record<Change['kind'], readonly StaleResource[]> = {
  createGroup: ['groups'],
  renameGroup: ['groups'],
  deleteGroup: ['groups', 'folders'],
  createFolder: ['folders'],
  renameFolder: ['folders'],
  deleteFolder: ['folders', 'bin'],
  moveFolder: ['folders'],
  restoreFolder: ['folders', 'bin'],
  createCategory: [],
  updateCategory: ['ownTasks'],
  deleteCategory: ['ownTasks'],
  createTask: [],
  updateTask: [],
  completeTask: [],
  deleteTask: ['bin'],
  moveTask: [],
  restoreTask: ['bin'],
  undoComplete: ['bin'],
  addAttachment: ['attachments'],
  removeAttachment: ['attachments'],
};

export const staleAfter = ({ kind }: Change): readonly StaleResource[] => table[kind];
