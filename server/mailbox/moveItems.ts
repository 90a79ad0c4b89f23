import type { EditableTask } from '../../src/domain/changes/taskPatch.ts';
import type { TaskFolder } from '../../src/domain/task/task.ts';
import { clearTombstone } from '../feed/clearTombstones.ts';
import { notFound } from '../config/appError.ts';
import { requireOwner, requireWriter } from '../access/access.ts';
import {
  writerIdOf,
  checkIfMatch,
  folderRow,
  recordTombstone,
  taskRow,
  type MailboxWrite,
} from '../db/mailboxTransaction.ts';
import { folderOf, taskOf } from './taskRows.ts';

/**
 * Moves a task to another folder. It keeps its id and values; the old folder's feed reports that it left. A move to its
 * current folder changes nothing.
 * @throws AppError 404 for the task or the folder, 412.
 */
export async function moveTask(
  write: MailboxWrite,
  owner: string,
  id: string,
  destinationId: string,
  ifMatch?: string,
): Promise<EditableTask> {
  const row = await taskRow(write.trx, write, id);
  const { id: folderId } = await folderRow(write.trx, write, destinationId);
  await requireWriter(write.trx, write, row.folder_id);
  await requireWriter(write.trx, write, folderId);
  checkIfMatch(ifMatch, row.seq);
  if (row.folder_id === folderId) return taskOf(row, owner);
  const moved = { folder_id: folderId, seq: write.seq, modified_at: write.at, modified_by: writerIdOf(write) };
  await recordTombstone(write, 'task', row.folder_id, id, row);
  await write.trx.updateTable('tasks').set(moved).where('id', '=', id).execute();
  await clearTombstone(write, 'task', folderId, id);
  return taskOf({ ...row, ...moved }, owner);
}

/**
 * Moves a folder to another group. Groups have no feed, so nothing is reported as deleted.
 * @throws AppError 404 for the folder or the group, 412.
 */
export async function moveFolder(
  write: MailboxWrite,
  id: string,
  groupKey: string,
  ifMatch?: string,
): Promise<TaskFolder> {
  const row = await folderRow(write.trx, write, id);
  requireOwner(write);
  const group = await write.trx
    .selectFrom('task_groups')
    .select('id')
    .where('account_id', '=', write.accountId)
    .where('group_key', '=', groupKey.toLowerCase())
    .executeTakeFirst();
  if (group === undefined) throw notFound();
  checkIfMatch(ifMatch, row.seq);
  const moved = { group_key: groupKey.toLowerCase(), seq: write.seq };
  if (row.group_key === moved.group_key) return folderOf(row);
  await write.trx.updateTable('task_folders').set(moved).where('id', '=', row.id).execute();
  return folderOf({ ...row, ...moved });
}
