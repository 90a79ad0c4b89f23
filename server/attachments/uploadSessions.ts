import { randomBytes } from 'node:crypto';
import type { NewUpload } from '../../src/domain/task/attachment.ts';
import { addMs, type Clock, type Instant } from '../../src/domain/time/time.ts';
import type { UploadRow } from '../db/attachmentTables.ts';
import { runTransaction } from '../db/transaction.ts';
import { AppError } from '../config/appError.ts';
import type { NewId } from '../config/ids.ts';
import { taskRow } from '../db/mailboxTransaction.ts';
import { type Db } from '../db/tables.ts';

/** Bytes that belong to no attachment yet: of an upload session, or of a request that is being read. */
export type PendingUpload = { uploadId: string; contentId: string };

/**
 * Makes room for bytes that are on their way, under a name that holds them until they are an attachment's.
 * @throws AppError 404 when the task was purged a moment ago.
 */
export async function createPendingUpload(
  { db, newId }: { db: Db; newId: NewId },
  upload: NewUpload & {
    accountId: string;
    guestId?: string | undefined;
    taskId: string;
    dialect: string;
    expiresAt: Instant;
    /** Of a session; a request's is a name nobody can know. */
    id?: string;
  },
): Promise<UploadRow> {
  const row = {
    id: upload.id ?? randomBytes(32).toString('hex'),
    account_id: upload.accountId,
    guest_id: upload.guestId ?? null,
    task_id: upload.taskId,
    content_id: newId(),
    name: upload.name,
    content_type: upload.contentType,
    is_inline: upload.isInline ? 1 : 0,
    size: upload.size,
    received: 0,
    attachment_id: null,
    dialect: upload.dialect,
    expires_at: upload.expiresAt,
  };
  await runTransaction(db, async (trx) => {
    await taskRow(trx, upload, row.task_id);
    const content = { id: row.content_id, account_id: row.account_id, size: row.size };
    await trx.insertInto('attachment_contents').values(content).execute();
    await trx.insertInto('attachment_uploads').values(row).execute();
  });
  return row;
}

/**
 * Keeps one piece, if everything before it is there and nothing after.
 * @throws AppError 404 when the upload does not exist, 409 when another request is sending the same bytes.
 */
export async function storeChunk(
  db: Db,
  { uploadId, contentId }: PendingUpload,
  piece: { start: number; bytes: Uint8Array<ArrayBuffer>; expiresAt: Instant },
): Promise<void> {
  const { start, bytes, expiresAt } = piece;
  await runTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('attachment_uploads')
      .set({ received: start + bytes.length, expires_at: expiresAt })
      .where('id', '=', uploadId)
      .where('content_id', '=', contentId)
      .where('received', '=', start)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) {
      throw new AppError(
        409,
        'ErrorIrresolvableConflict',
        'Another request is sending these bytes, or the upload is gone.',
      );
    }
    await trx.insertInto('attachment_chunks').values({ content_id: contentId, start, bytes }).execute();
  });
}

/** Deletes the bytes, unless an attachment owns them. */
export async function deletePendingUpload(db: Db, uploadId: string): Promise<void> {
  await db.deleteFrom('attachment_uploads').where('id', '=', uploadId).execute();
}

/** Deletes uploads that received nothing until they expired, and bodies that a stopped service was reading. */
export async function deleteExpiredUploads(db: Db, clock: Clock): Promise<void> {
  await db.deleteFrom('attachment_uploads').where('expires_at', '<', clock.now()).execute();
}

/** How long a session waits for its next piece. Milliseconds. */
const sessionLife = 24 * 60 * 60_000;
/** A request that sends nothing for this long is gone. Milliseconds. */
const requestLife = 60 * 60_000;

export const sessionExpiry = (now: Instant): Instant => addMs(now, sessionLife);
export const requestExpiry = (now: Instant): Instant => addMs(now, requestLife);
