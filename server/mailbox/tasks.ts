import { isDeepStrictEqual } from 'node:util';
import {
  applyUpdate,
  completeTaskRow,
  type Completion,
  type UpdateResult,
} from '../../src/domain/changes/completion.ts';
import { blankTask, type EditableTask } from '../../src/domain/changes/taskPatch.ts';
import type { TaskPatch } from '../../src/domain/task/task.ts';
import { addMs, localOf, msBetween, type Instant } from '../../src/domain/time/time.ts';
import { runPreparedQuery } from '../db/preparedQueries.ts';
import { copyAttachments } from '../attachments/attachmentStore.ts';
import { invalidChange } from '../config/appError.ts';
import type { NewId } from '../config/ids.ts';
import { requireWriter } from '../access/access.ts';
import { recordVisibilityChange } from '../access/visibility.ts';
import {
  writerIdOf,
  checkIfMatch,
  etagOf,
  recordTombstone,
  taskRow,
  type MailboxWrite,
} from '../db/mailboxTransaction.ts';
import { bodyTextOf, insertTask, rowOf, taskOf } from './taskRows.ts';

/** The owner's name, and the IANA zone that decides which day is today (docs/protocol.md#status-and-completion). */
export type WriteSettings = { owner: string; zone: string; newId: NewId };

/**
 * Creates a task. A recurring one that is already completed becomes a completed copy and a series
 * (docs/protocol.md#status-and-completion).
 * @param attach adds its attachments, given the id of the returned task.
 * @throws AppError 400 for a task that violates a rule.
 */
export async function createTask(
  write: MailboxWrite,
  writer: WriteSettings,
  folderId: string,
  patch: TaskPatch,
  attach?: (taskId: string) => Promise<void>,
): Promise<EditableTask> {
  await requireWriter(write.trx, write, folderId, patch);
  const createdAt = await creationInstant(write, folderId);
  const blank = blankTask({ id: writer.newId(), folderId, owner: writer.owner, now: createdAt });
  const { done, next } = accepted(applyUpdate(blank, patch, { at: write.at, zone: writer.zone }));
  const task = withWriteStamp(write, next === null ? done : copyOf(write, writer, done));
  await insertTask(write, task);
  if (next !== null) await insertTask(write, withWriteStamp(write, { ...next, hasAttachments: attach !== undefined }));
  if (attach === undefined) return task;
  await attach(task.id);
  if (next !== null) await copyAttachments(write, task.id, next.id, writer.newId);
  return taskOf(await taskRow(write.trx, write, task.id), writer.owner);
}

/** The number of writes to check for a task created in the same millisecond: a few batches of twenty. */
const writesToCheck = 64;

/**
 * The creation instant of a new task: later than that of any task just created in the folder. Tasks of one batch are
 * written within a millisecond, and lists sort by this instant.
 */
async function creationInstant({ trx, seq, at }: MailboxWrite, folderId: string): Promise<Instant> {
  const find = () =>
    trx
      .selectFrom('tasks')
      .select('created_at')
      .where('folder_id', '=', folderId)
      .where('seq', '>', seq - writesToCheck)
      .orderBy('created_at', 'desc')
      .limit(1);
  const [previous] = await runPreparedQuery(trx, 'previous creation', find, [folderId, seq - writesToCheck, 1]);
  const aheadMs = previous === undefined ? -1 : msBetween(at, previous.created_at);
  // Further ahead than a batch can be: the clock was set back.
  return aheadMs < 0 || aheadMs > 1000 ? at : addMs(at, aheadMs + 1);
}

/**
 * Applies a patch. Completing a series advances it and returns the completed copy
 * (docs/protocol.md#status-and-completion). A patch without effect keeps the change key.
 * @throws AppError 404, 412, 400.
 */
export async function updateTask(
  write: MailboxWrite,
  writer: WriteSettings,
  id: string,
  patch: TaskPatch,
  ifMatch: string | undefined,
): Promise<EditableTask> {
  const task = await readForWrite(write, writer, id, { ifMatch, patch });
  const updated = accepted(applyUpdate(task, patch, { at: write.at, zone: writer.zone }));
  if (updated.next === null && isDeepStrictEqual(updated.done, task)) return task;
  const [done] = await saveCompletion(write, writer, task, updated);
  await recordVisibilityChange(write, task, updated.next ?? updated.done);
  return done;
}

/**
 * Completes a task, or one instance of a series: the series keeps its id, the completed copy gets a new one
 * (docs/protocol.md#status-and-completion). A completed task stays as it is.
 * @returns the completed task first, then the next instance if there is one.
 * @throws AppError 404, 412.
 */
export async function completeTask(
  write: MailboxWrite,
  writer: WriteSettings,
  id: string,
  ifMatch: string | undefined,
): Promise<readonly EditableTask[]> {
  const task = await readForWrite(write, writer, id, { ifMatch });
  if (task.status === 'completed') return [task];
  const today = { local: localOf(write.at, writer.zone), zone: writer.zone };
  return saveCompletion(write, writer, task, completeTaskRow(task, today));
}

/** Moves a task to Deleted Items: it leaves every list, and the feed reports it (docs/protocol.md#deletion). */
export async function deleteTask(write: MailboxWrite, id: string, ifMatch: string | undefined): Promise<void> {
  const row = await taskRow(write.trx, write, id);
  await requireWriter(write.trx, write, row.folder_id);
  checkIfMatch(ifMatch, row.seq);
  const deletedColumns = { deleted_at: write.at, deleted_by: writerIdOf(write), seq: write.seq };
  await write.trx.updateTable('tasks').set(deletedColumns).where('id', '=', id).execute();
  await recordTombstone(write, 'task', row.folder_id, id, row);
}

async function readForWrite(
  write: MailboxWrite,
  writer: WriteSettings,
  id: string,
  { ifMatch, patch }: { ifMatch: string | undefined; patch?: TaskPatch },
): Promise<EditableTask> {
  const row = await taskRow(write.trx, write, id);
  await requireWriter(write.trx, write, row.folder_id, patch);
  checkIfMatch(ifMatch, row.seq);
  return taskOf(row, writer.owner);
}

async function saveCompletion(
  write: MailboxWrite,
  writer: WriteSettings,
  stored: EditableTask,
  { done, next }: Completion,
): Promise<[EditableTask, ...EditableTask[]]> {
  if (next === null) return [await save(write, done, stored)];
  const copy = withWriteStamp(write, copyOf(write, writer, done));
  await insertTask(write, copy);
  if (copy.hasAttachments) await copyAttachments(write, next.id, copy.id, writer.newId);
  return [copy, await save(write, next, stored)];
}

/** Computes the body's text only when the body changes. */
async function save(write: MailboxWrite, task: EditableTask, stored: EditableTask): Promise<EditableTask> {
  const saved = withWriteStamp(write, task);
  const { id, ...columns } = rowOf(saved, write);
  const isSameBody = isDeepStrictEqual(saved.body, stored.body);
  const row = { ...columns, ...(!isSameBody && { body_text: bodyTextOf(saved) }), modified_by: writerIdOf(write) };
  await write.trx.updateTable('tasks').set(row).where('id', '=', id).execute();
  return saved;
}

/** The completed copy of a series is a new task. */
function copyOf(write: MailboxWrite, writer: WriteSettings, done: EditableTask): EditableTask {
  return { ...done, id: writer.newId(), createdAt: write.at };
}

/** Sets the task's modification instant and change key to those of the write. */
function withWriteStamp(write: MailboxWrite, task: EditableTask): EditableTask {
  return { ...task, modifiedAt: write.at, changeKey: String(write.seq), etag: etagOf(write.seq) };
}

function accepted(updated: UpdateResult): Completion {
  if (!updated.ok) throw invalidChange(updated.problem);
  return updated;
}
