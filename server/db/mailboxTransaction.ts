import { sql, type Kysely, type Transaction } from 'kysely';
import type { EditableTask } from '../../src/domain/changes/taskPatch.ts';
import type {
  TaskBody,
  Importance,
  Recurrence,
  Sensitivity,
  TaskStatus,
  TaskFolder,
  TaskGroup,
} from '../../src/domain/task/task.ts';
import type { Instant } from '../../src/domain/time/time.ts';
import { htmlToText } from '../text/htmlText.ts';
import { runTransaction } from './transaction.ts';
import type { FolderRow, GroupRow, Tables, TaskRow } from './tables.ts';
import { conflict, notFound } from '../config/appError.ts';
import { runPreparedQuery } from './preparedQueries.ts';
import { foldedTaskColumns } from '../text/textFolding.ts';

/** Both the connection and a transaction on it. */
export type Db = Kysely<Tables>;

/** A mailbox by its owner, and the guest who reads or writes it, if any (docs/decisions/0024-sharing.md). */
export type MailboxRef = { accountId: string; guestId?: string | undefined };

/** A write in progress: its transaction, and the number every row it touches gets. */
export type MailboxWrite = MailboxRef & { trx: Transaction<Tables>; seq: number; at: Instant };

/**
 * Runs a write on a mailbox. It holds the owner's counter row until commit, so that no reader of the change feed sees a
 * number before a smaller one (docs/decisions/0004-counter-row.md). One write is one position in the feed.
 */
export async function writeMailbox<T>(
  db: Db,
  mailbox: MailboxRef,
  at: Instant,
  work: (write: MailboxWrite) => Promise<T>,
): Promise<T> {
  const { accountId } = mailbox;
  return runTransaction(db, async (trx) => {
    const next = () =>
      trx
        .updateTable('counters')
        .set((eb) => ({ seq: sql`${eb.ref('seq')} + 1` }))
        .where('account_id', '=', accountId)
        .returning('seq');
    const [counter] = await runPreparedQuery(trx, 'next seq', next, [accountId]);
    if (counter === undefined) throw notFound();
    return work({ ...mailbox, trx, seq: counter.seq, at });
  });
}

/**
 * Leaves the tombstone by which the change feed reports a departure (docs/protocol.md#sync). Call it while the row is
 * still in its place.
 * @param row of a task: a private one is reported to its owner only.
 */
export async function recordTombstone(
  write: MailboxWrite,
  kind: 'task' | 'folder',
  placeId: string,
  id: string,
  { sensitivity }: { sensitivity?: string } = {},
): Promise<void> {
  const { seq, at } = write;
  const isHidden = sensitivity === 'private' ? 1 : 0;
  await write.trx
    .insertInto('departures')
    .values((eb) => {
      const row = eb.selectFrom(kind === 'task' ? 'tasks' : 'task_folders').where('id', '=', id);
      const arrived_seq = eb.fn.coalesce(row.select('arrived_seq'), eb.lit(0));
      return { account_id: write.accountId, kind, place_id: placeId, id, seq, at, arrived_seq, is_hidden: isHidden };
    })
    .onConflict((oc) =>
      oc.columns(['account_id', 'kind', 'place_id', 'id']).doUpdateSet({ seq, at, is_hidden: isHidden }),
    )
    .execute();
}

/** A group of the mailbox. Groups are the owner's own order: a guest sees none. */
export async function groupRow(db: Db, { accountId, guestId }: MailboxRef, id: string): Promise<GroupRow> {
  if (guestId !== undefined) throw notFound();
  const row = await db
    .selectFrom('task_groups')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  return row;
}

/**
 * A folder of the mailbox that the reader may see; the well-known name `Tasks` is the default one
 * (docs/protocol.md#url-grammar).
 */
export async function folderRow(db: Db, { accountId, guestId }: MailboxRef, id: string): Promise<FolderRow> {
  const own = () =>
    db.selectFrom('task_folders').selectAll().where('account_id', '=', accountId).where('deleted_at', 'is', null);
  const isWellKnown = id.toLowerCase() === 'tasks';
  if (guestId !== undefined) {
    const shared = own().where('id', 'in', sharedFolders(db, guestId));
    const named = isWellKnown ? shared.where('is_default', '=', 1) : shared.where('id', '=', id);
    return (await named.executeTakeFirst()) ?? notThere();
  }
  const [row] = isWellKnown
    ? await runPreparedQuery(db, 'default folder', () => own().where('is_default', '=', 1), [accountId, 1])
    : await runPreparedQuery(db, 'folder', () => own().where('id', '=', id), [accountId, id]);
  if (row === undefined) throw notFound();
  return row;
}

/** A task of the mailbox that the reader may see: a guest, those of shared folders that are not private. */
export async function taskRow(db: Db, { accountId, guestId }: MailboxRef, id: string): Promise<TaskRow> {
  const find = () =>
    db
      .selectFrom('tasks')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .where('deleted_at', 'is', null);
  if (guestId !== undefined) {
    const shown = find().where('sensitivity', '<>', 'private').where('folder_id', 'in', sharedFolders(db, guestId));
    return (await shown.executeTakeFirst()) ?? notThere();
  }
  const [row] = await runPreparedQuery(db, 'task', find, [id, accountId]);
  if (row === undefined) throw notFound();
  return row;
}

/** The folders that are shared with somebody, of whichever mailbox. */
export function sharedFolders(db: Db, guestId: string) {
  return db.selectFrom('folder_permissions').select('folder_id').where('guest_id', '=', guestId);
}

function notThere(): never {
  throw notFound();
}

export async function insertTask(write: MailboxWrite, task: EditableTask): Promise<void> {
  const author = writerIdOf(write);
  const marks = { body_text: bodyTextOf(task), arrived_seq: write.seq, created_by: author, modified_by: author };
  const row = { ...rowOf(task, write), ...marks };
  await runPreparedQuery(write.trx, 'insert task', () => write.trx.insertInto('tasks').values(row), Object.values(row));
}

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
    body: { contentType: row.body_type as TaskBody['contentType'], content: row.body },
    categories: JSON.parse(row.categories) as string[],
    importance: row.importance as Importance,
    sensitivity: row.sensitivity as Sensitivity,
    status: row.status as TaskStatus,
    start: row.start_at,
    due: row.due_at,
    completed: row.completed_at,
    reminder: row.reminder_at,
    isReminderOn: row.is_reminder_on === 1,
    recurrence: row.recurrence === null ? null : (JSON.parse(row.recurrence) as Recurrence),
    hasAttachments: row.has_attachments === 1,
    owner,
    assignedTo: null,
    dateZone: row.date_zone,
    reminderZone: row.reminder_zone,
  };
}

/** What an HTML body says, for the search; a body of text says it itself. */
export function bodyTextOf({ body }: EditableTask): string | null {
  return body.contentType === 'html' ? htmlToText(body.content) : null;
}

/** As rows keep it: nobody in particular is the owner. */
export function writerIdOf({ guestId }: MailboxRef): string | null {
  return guestId ?? null;
}

/** The row a task becomes in a write: the write's own number and account, whatever the task said. */
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

export function etagOf(seq: number): string {
  return `W/"${seq}"`;
}

/**
 * Compares If-Match with the stored state: opaque and weak; `*` or none lets the last writer win
 * (docs/protocol.md#concurrency).
 * @throws AppError 412
 */
export function checkIfMatch(ifMatch: string | undefined, seq: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const current = bareTag(etagOf(seq));
  if (!ifMatch.split(',').some((tag) => bareTag(tag) === current)) throw conflict();
}

function bareTag(tag: string): string {
  return tag.trim().replace(/^W\//i, '');
}
