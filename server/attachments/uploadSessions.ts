import { randomBytes } from 'node:crypto';
import type { NewUpload } from '../../src/domain/task/attachment.ts';
import { addMs, type Clock, type Instant } from '../../src/domain/time/time.ts';
import type { UploadRow } from '../db/attachmentTables.ts';
import { runTransaction } from '../db/transaction.ts';
import { AppError } from '../config/appError.ts';
import type { NewId } from '../config/ids.ts';
import { taskRow } from '../db/mailboxTransaction.ts';
import { type Db } from '../db/tables.ts';

/** The bytes of an upload session, or of a request in progress, that belong to no attachment yet. */
export type PendingUpload = { uploadId: string; contentId: string };

/**
 * Creates the row of an upload in progress, which owns the content until an attachment does.
 * @throws AppError 404 when the task was just purged.
 */
export async function createPendingUpload(
  { db, newId }: { db: Db; newId: NewId },
  upload: NewUpload & {
    accountId: string;
    guestId?: string | undefined;
    taskId: string;
    dialect: string;
    expiresAt: Instant;
    /** The id of a session; a request gets a random one. */
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
 * Stores one chunk if all bytes before it and none after it are stored.
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

/** Deletes expired uploads, and bodies whose reading ended with the process. */
export async function deleteExpiredUploads(db: Db, clock: Clock): Promise<void> {
  await db.deleteFrom('attachment_uploads').where('expires_at', '<', clock.now()).execute();
}

/** How long a session waits for its next chunk. Milliseconds. */
const sessionLife = 24 * 60 * 60_000;
/** A request that sends nothing for this long is abandoned. Milliseconds. */
const requestLife = 60 * 60_000;

export const sessionExpiry = (now: Instant): Instant => addMs(now, sessionLife);
export const requestExpiry = (now: Instant): Instant => addMs(now, requestLife);
