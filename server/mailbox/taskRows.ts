import { parseRecurrence, parseTextList } from '../db/jsonColumns.ts';
import type { EditableTask } from '../../src/domain/changes/taskPatch.ts';
import { boundMarks } from '../../src/domain/text/foldText.ts';
import type { TaskFolder, TaskGroup } from '../../src/domain/task/task.ts';
import { etagOf, writerIdOf, type MailboxWrite } from '../db/mailboxTransaction.ts';
import { runPreparedQuery } from '../db/preparedQueries.ts';
import type { FolderRow, GroupRow, TaskRow } from '../db/tables.ts';
import { htmlToText } from '../text/htmlText.ts';
import { foldedTaskColumns } from '../text/textFolding.ts';

export function groupOf(row: GroupRow): TaskGroup {
  return {
    id: row.id,
    changeKey: String(row.seq),
    name: row.name,
    isDefault: row.is_default === 1,
    groupKey: row.group_key,
  };
}

export function folderOf(row: FolderRow): TaskFolder {
  return {
    id: row.id,
    changeKey: String(row.seq),
    name: row.name,
    isDefault: row.is_default === 1,
    groupKey: row.group_key,
  };
}

/** @param owner display name of the mailbox's owner. */
export function taskOf(row: TaskRow, owner: string): EditableTask {
  return {
    id: row.id,
    folderId: row.folder_id,
    changeKey: String(row.seq),
    etag: etagOf(row.seq),
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    subject: row.subject,
    body: { contentType: row.body_type, content: row.body },
    categories: parseTextList(row.categories),
    importance: row.importance,
    sensitivity: row.sensitivity,
    status: row.status,
    start: row.start_at,
    due: row.due_at,
    completed: row.completed_at,
    reminder: row.reminder_at,
    isReminderOn: row.is_reminder_on === 1,
    recurrence: row.recurrence === null ? null : parseRecurrence(row.recurrence),
    hasAttachments: row.has_attachments === 1,
    owner,
    assignedTo: null,
    dateZone: row.date_zone,
    reminderZone: row.reminder_zone,
  };
}

/**
 * The text of an HTML body for the search. A text body is searched as it is, except on PostgreSQL, which normalizes it
 * in the index, when that would take quadratic time.
 */
export function bodyTextOf({ body }: EditableTask): string | null {
  if (body.contentType === 'html') return boundMarks(htmlToText(body.content));
  const bounded = boundMarks(body.content);
  return bounded === body.content ? null : bounded;
}

/** The row of a task in a write, with the write's number and account. */
export function rowOf(task: EditableTask, write: MailboxWrite): TaskRow {
  return {
    id: task.id,
    account_id: write.accountId,
    folder_id: task.folderId,
    seq: write.seq,
    created_at: task.createdAt,
    modified_at: task.modifiedAt,
    subject: task.subject,
    body_type: task.body.contentType,
    body: task.body.content,
    status: task.status,
    importance: task.importance,
    sensitivity: task.sensitivity,
    categories: JSON.stringify(task.categories),
    ...foldedTaskColumns(task.subject, task.categories),
    start_at: task.start,
    due_at: task.due,
    completed_at: task.completed,
    reminder_at: task.reminder,
    date_zone: task.dateZone,
    reminder_zone: task.reminderZone,
    is_reminder_on: task.isReminderOn ? 1 : 0,
    recurrence: task.recurrence === null ? null : JSON.stringify(task.recurrence),
    has_attachments: task.hasAttachments ? 1 : 0,
    deleted_at: null,
  };
}

export async function insertTask(write: MailboxWrite, task: EditableTask): Promise<void> {
  const author = writerIdOf(write);
  const marks = { body_text: bodyTextOf(task), arrived_seq: write.seq, created_by: author, modified_by: author };
  const row = { ...rowOf(task, write), ...marks };
  await runPreparedQuery(write.trx, 'insert task', () => write.trx.insertInto('tasks').values(row), Object.values(row));
}
