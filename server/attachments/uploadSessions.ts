import { randomBytes } from 'node:crypto';
import type { NewUpload } from '../../src/domain/task/attachment.ts';
import { addMs, type Clock, type Instant } from '../../src/domain/time/time.ts';
import type { UploadRow } from '../db/attachmentTables.ts';
import { runTransaction } from '../db/transaction.ts';
import { AppError } from '../config/appError.ts';
import type { NewId } from '../config/ids.ts';
import { taskRow, type MailboxRef } from '../db/mailboxTransaction.ts';
import { growMailbox, mailboxFull } from '../usage/mailboxUsage.ts';
import { type Db } from '../db/tables.ts';
import { insertContent } from './attachmentStore.ts';
import { chunkSize } from './contentChunks.ts';

/** The bytes of an upload session, or of a request in progress, that belong to no attachment yet. */
export type PendingUpload = { uploadId: string; contentId: string };

/**
 * Creates the row of an upload in progress, which owns the content until an attachment does.
 * @throws AppError 404 when the task was just purged.
 */
export async function createPendingUpload(
  { db, clock, newId }: { db: Db; clock: Clock; newId: NewId },
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
  const { accountId, guestId } = upload;
  await growMailbox(db, { accountId, guestId }, async (trx) => {
    await taskRow(trx, upload, row.task_id);
    await dropExpired(trx, accountId, clock.now());
    if ((await openUploads(trx, row)) >= maxOpenUploads)
      throw mailboxFull(`No more than ${maxOpenUploads} uploads can be open at once. Finish or cancel one.`);
    await insertContent({ trx, accountId, guestId }, { id: row.content_id, size: 0 });
    await trx.insertInto('attachment_uploads').values(row).execute();
  });
  return row;
}

/** Those that have not become an attachment, of one sender. */
async function openUploads(trx: Db, { account_id, guest_id }: UploadRow): Promise<number> {
  const { open } = await trx
    .selectFrom('attachment_uploads')
    .select((eb) => eb.fn.countAll<number | string>().as('open'))
    .where('account_id', '=', account_id)
    .where('guest_id', guest_id === null ? 'is' : '=', guest_id)
    .where('attachment_id', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(open);
}

/** Maintenance, for one mailbox: what has expired takes no place from what begins. */
async function dropExpired(trx: Db, accountId: string, now: Instant): Promise<void> {
  const own = trx.deleteFrom('attachment_uploads').where('account_id', '=', accountId);
  await own.where('expires_at', '<', now).execute();
}

/**
 * Stores one chunk if all bytes before it and none after it are stored.
 * @throws AppError 409 when another request is sending the same bytes, 507 when the mailbox is full.
 */
export async function storeChunk(
  db: Db,
  mailbox: MailboxRef,
  { uploadId, contentId }: PendingUpload,
  piece: { start: number; bytes: Uint8Array<ArrayBuffer>; expiresAt: Instant },
): Promise<void> {
  const { start, bytes, expiresAt } = piece;
  await growMailbox(db, mailbox, async (trx) => {
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
    await trx
      .updateTable('attachment_contents')
      .set({ size: start + bytes.length })
      .where('id', '=', contentId)
      .execute();
    if (await appendToSmallChunk(trx, contentId, piece)) return;
    await trx.insertInto('attachment_chunks').values({ content_id: contentId, start, bytes }).execute();
  });
}

/** A chunk smaller than this grows with what arrives next: a row for each byte would take more than the bytes. */
const smallChunk = 16 * 1024;

async function appendToSmallChunk(
  trx: Db,
  contentId: string,
  { start, bytes }: { start: number; bytes: Uint8Array },
): Promise<boolean> {
  if (start === 0) return false;
  const ofContent = trx.selectFrom('attachment_chunks').selectAll().where('content_id', '=', contentId);
  const last = await ofContent
    .where('start', '>', start - smallChunk)
    .orderBy('start', 'desc')
    .executeTakeFirst();
  if (last === undefined || last.bytes.length + bytes.length > chunkSize) return false;
  await trx
    .updateTable('attachment_chunks')
    .set({ bytes: Buffer.concat([last.bytes, bytes]) })
    .where('content_id', '=', contentId)
    .where('start', '=', last.start)
    .execute();
  return true;
}

/** Deletes the bytes, unless an attachment owns them. */
export async function deletePendingUpload(db: Db, mailbox: MailboxRef, uploadId: string): Promise<void> {
  await growMailbox(db, mailbox, (trx) => trx.deleteFrom('attachment_uploads').where('id', '=', uploadId).execute());
}

/** Deletes expired uploads, and bodies whose reading ended with the process. */
export async function deleteExpiredUploads(db: Db, clock: Clock): Promise<void> {
  await runTransaction(db, (trx) =>
    trx.deleteFrom('attachment_uploads').where('expires_at', '<', clock.now()).execute(),
  );
}

/** How long a session waits for its next chunk. Milliseconds. */
const sessionLife = 30 * 60_000;
/** A request that sends nothing for this long is abandoned. Milliseconds. */
const requestLife = 10 * 60_000;
/** Uploads of one sender to one mailbox that have not become attachments. */
const maxOpenUploads = 64;

export const sessionExpiry = (now: Instant): Instant => addMs(now, sessionLife);
export const requestExpiry = (now: Instant): Instant => addMs(now, requestLife);
