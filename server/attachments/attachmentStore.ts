import { parseFileDetails, parseReferenceDetails } from './attachmentDetails.ts';
import { defaultContentType, type Attachment, type NewAttachment } from '../../src/domain/task/attachment.ts';
import type { AttachmentRow } from '../db/attachmentTables.ts';
import { AppError, notFound } from '../config/appError.ts';
import type { NewId } from '../config/ids.ts';
import { writerIdOf, type MailboxRef, type MailboxWrite } from '../db/mailboxTransaction.ts';
import { type Db } from '../db/tables.ts';

/** The attachments of tasks in order of creation, without their bytes. */
export async function attachmentRows(read: Db, taskIds: readonly string[]): Promise<readonly AttachmentRow[]> {
  if (taskIds.length === 0) return [];
  return read.selectFrom('attachments').selectAll().where('task_id', 'in', taskIds).orderBy('id').execute();
}

/** Attachments of some tasks together: of each task and kind their number, and the bytes of their content. */
export type AttachmentSum = { task_id: string; kind: AttachmentRow['kind']; count: number; size: number };

export async function attachmentSums(read: Db, taskIds: readonly string[]): Promise<readonly AttachmentSum[]> {
  if (taskIds.length === 0) return [];
  const sums = await read
    .selectFrom('attachments')
    .select((eb) => [
      'task_id',
      'kind',
      eb.fn.countAll<number | string>().as('count'),
      eb.fn.sum<number | string>('size').as('size'),
    ])
    .where('task_id', 'in', taskIds)
    .groupBy(['task_id', 'kind'])
    .execute();
  return sums.map((sum) => ({ ...sum, count: Number(sum.count), size: Number(sum.size) }));
}

/** Rows that are in memory at once, of a task with any number. */
const rowsAtOnce = 100;

/** The attachments of a task in order of creation, without their bytes, a few at a time. */
export async function* eachAttachment(read: Db, taskId: string): AsyncGenerator<AttachmentRow> {
  const ofTask = read.selectFrom('attachments').selectAll().where('task_id', '=', taskId).orderBy('id');
  for (let after = ''; ;) {
    const rows = await ofTask.where('id', '>', after).limit(rowsAtOnce).execute();
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return;
    after = last.id;
  }
}

/** Some of a task's attachments, and whether there are more. */
export async function attachmentPage(
  read: Db,
  taskId: string,
  { top, skip }: { top: number; skip: number },
): Promise<{ rows: readonly AttachmentRow[]; hasMore: boolean }> {
  const ofTask = read.selectFrom('attachments').selectAll().where('task_id', '=', taskId).orderBy('id');
  const rows = await ofTask
    .limit(top + 1)
    .offset(skip)
    .execute();
  return { rows: rows.slice(0, top), hasMore: rows.length > top };
}

export async function countAttachments(read: Db, taskId: string): Promise<number> {
  return (await attachmentSums(read, [taskId])).reduce((sum, { count }) => sum + count, 0);
}

/**
 * The attachment of a task that the caller has checked.
 * @throws AppError 404 when the task does not have it.
 */
export async function attachmentRow(read: Db, taskId: string, id: string): Promise<AttachmentRow> {
  const row = await read
    .selectFrom('attachments')
    .selectAll()
    .where('id', '=', id)
    .where('task_id', '=', taskId)
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  return row;
}

/**
 * Adds an attachment to a task whose row the caller has checked.
 * @param content the stored bytes, null for a reference.
 */
export async function insertAttachment(
  write: MailboxWrite,
  attachment: { id: string; taskId: string; requested: NewAttachment },
  content: { id: string; size: number } | null,
): Promise<AttachmentRow> {
  const { id, taskId, requested } = attachment;
  await write.trx
    .insertInto('attachments')
    .values(rowOf(write, id, taskId, requested, content))
    .execute();
  await updateTaskMarks(write, taskId);
  // Read back as stored: lone surrogates were replaced.
  return attachmentRow(write.trx, taskId, id);
}

/** The row of stored bytes, as part of the share of the guest who sent them. */
export async function insertContent(
  { trx, accountId, ...mailbox }: MailboxRef & { trx: Db },
  content: { id: string; size: number },
): Promise<void> {
  const row = { ...content, account_id: accountId, guest_id: writerIdOf({ accountId, ...mailbox }) };
  await trx.insertInto('attachment_contents').values(row).execute();
}

export async function deleteAttachment(write: MailboxWrite, taskId: string, id: string): Promise<void> {
  const { numDeletedRows } = await write.trx
    .deleteFrom('attachments')
    .where('id', '=', id)
    .where('task_id', '=', taskId)
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) throw notFound();
  await updateTaskMarks(write, taskId);
}

/** Copies the attachments of a series to its completed copy, with new ids (docs/protocol.md#status-and-completion). */
export async function copyAttachments(write: MailboxWrite, from: string, to: string, newId: NewId): Promise<void> {
  const rows = await attachmentRows(write.trx, [from]);
  const copies = rows.map((row) => ({ ...row, id: newId(), task_id: to, guest_id: writerIdOf(write) }));
  for (const copy of copies) await write.trx.insertInto('attachments').values(copy).execute();
}

export function attachmentTooLarge(message: string): AppError {
  return new AppError(413, 'ErrorAttachmentSizeLimitExceeded', message);
}

export function attachmentOf(row: AttachmentRow): Attachment {
  const label = {
    id: row.id,
    name: row.name,
    contentType: row.content_type,
    size: row.size,
    isInline: row.is_inline === 1,
    modifiedAt: row.modified_at,
  };
  switch (row.kind) {
    case 'item':
      return { kind: 'item', ...label };
    case 'file':
      return { kind: 'file', ...label, ...parseFileDetails(row.details) };
    case 'reference':
      return { kind: 'reference', ...label, ...parseReferenceDetails(row.details) };
  }
}

function rowOf(
  write: MailboxWrite,
  id: string,
  taskId: string,
  requested: NewAttachment,
  content: { id: string; size: number } | null,
): AttachmentRow {
  return {
    id,
    account_id: write.accountId,
    task_id: taskId,
    kind: requested.kind,
    name: requested.name,
    content_type: requested.kind === 'file' ? (requested.contentType ?? defaultContentType) : null,
    is_inline: requested.isInline ? 1 : 0,
    size: content?.size ?? 0,
    modified_at: write.at,
    content_id: content?.id ?? null,
    guest_id: writerIdOf(write),
    ...detailsOf(requested),
  };
}

function detailsOf(requested: NewAttachment): Pick<AttachmentRow, 'details'> & Partial<Pick<AttachmentRow, 'size'>> {
  switch (requested.kind) {
    case 'item':
      return { details: '{}' };
    case 'file': {
      const { contentId, contentLocation } = requested;
      return { details: JSON.stringify({ contentId, contentLocation }) };
    }
    case 'reference': {
      const { kind: _kind, name: _name, isInline: _isInline, ...details } = requested;
      const text = JSON.stringify(details);
      return { details: text, size: Buffer.byteLength(text) };
    }
  }
}

/** Updates `HasAttachments` and the change key of the task (docs/protocol.md#attachments). */
async function updateTaskMarks(write: MailboxWrite, taskId: string): Promise<void> {
  const { trx, seq, at } = write;
  const remaining = await trx.selectFrom('attachments').select('id').where('task_id', '=', taskId).limit(1).execute();
  const marks = { has_attachments: remaining.length, modified_at: at, modified_by: writerIdOf(write), seq };
  await trx.updateTable('tasks').set(marks).where('id', '=', taskId).execute();
}
