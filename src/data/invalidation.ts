import type { QueryKey } from '@tanstack/react-query';
import type { Change } from '../domain/changes/change.ts';
import { attachmentQueries, binQueries, folderQueries, groupQueries } from './queries.ts';

const groups = ({ mailbox }: Change): QueryKey => [...groupQueries.all, mailbox];
const bin = (): QueryKey => binQueries.all;
const attachments = (change: Change): QueryKey => [
  ...attachmentQueries.all,
  change.mailbox,
  'taskId' in change ? change.taskId : '',
];
const folders = ({ mailbox }: Change): QueryKey => [...folderQueries.all, mailbox];

/**
 * What to read again after a change was accepted, beyond the rows in its answer: the only invalidation table. Answers
 * to task requests contain every row they touch, so a long list is not pulled again for one.
 */
const table: Record<Change['kind'], readonly ((change: Change) => QueryKey)[]> = {
  createGroup: [groups],
  renameGroup: [groups],
  deleteGroup: [groups, folders],
  createFolder: [folders],
  renameFolder: [folders],
  deleteFolder: [folders, bin],
  moveFolder: [folders],
  restoreFolder: [folders, bin],
  createCategory: [],
  updateCategory: [],
  deleteCategory: [],
  createTask: [],
  updateTask: [],
  completeTask: [],
  deleteTask: [bin],
  moveTask: [],
  restoreTask: [bin],
  undoComplete: [bin],
  addAttachment: [attachments],
  removeAttachment: [attachments],
};

export function invalidatedKeys(change: Change): readonly QueryKey[] {
  return table[change.kind].map((keyOf) => keyOf(change));
}
