import { maxFileSize } from '../../src/domain/task/attachment.ts';
import type { RequestContext } from '../http/requestContext.ts';
import { malformedBody } from '../config/appError.ts';
import type { HonoContext } from '../http/http.ts';
import type { MailboxWrite } from '../db/mailboxTransaction.ts';
import { createChunkWriter, type ContentChunk } from './contentChunks.ts';
import {
  deletePendingUpload,
  storeChunk,
  createPendingUpload,
  requestExpiry,
  type PendingUpload,
} from './uploadSessions.ts';
import { resumeCounting } from '../load/fairShare.ts';
import { attachmentTooLarge, insertContent } from './attachmentStore.ts';

export type UploadStream = {
  write: (bytes: Uint8Array) => Promise<void>;
  /** Stores the bytes as a content, in the transaction that creates the attachment. */
  finish: (write: MailboxWrite) => Promise<{ id: string; size: number }>;
  /** Deletes everything that `finish` has not stored. What cannot be deleted now expires. */
  close: () => Promise<void>;
};

/**
 * Receives the bytes of an attachment while its request is read. A small one stays in memory until the attachment's
 * transaction; a larger one is written to the database as it arrives.
 */
export function createUploadStream(context: RequestContext, taskId: string): UploadStream {
  const { db, clock, newId, mailbox, dialect, log } = context;
  let pending: PendingUpload | undefined;

  async function open(): Promise<PendingUpload> {
    const label = { name: '', size: 0, contentType: null, isInline: false };
    const { accountId, guestId } = mailbox;
    const place = { accountId, guestId, taskId, dialect: dialect.root };
    const row = await createPendingUpload(
      { db, clock, newId },
      { ...label, ...place, expiresAt: requestExpiry(clock.now()) },
    );
    return { uploadId: row.id, contentId: row.content_id ?? '' };
  }
  async function keep(piece: ContentChunk): Promise<void> {
    pending ??= await open();
    await storeChunk(db, mailbox, pending, { ...piece, expiresAt: requestExpiry(clock.now()) });
  }
  const writer = createChunkWriter(0, keep);

  return {
    async write(bytes) {
      if (writer.size() + bytes.length > maxFileSize) throw fileTooLarge();
      await writer.write(bytes);
    },
    async finish(write) {
      const { trx } = write;
      const size = writer.size();
      const { start, bytes } = writer.rest();
      const id = pending?.contentId ?? newId();
      if (pending === undefined) {
        await insertContent(write, { id, size });
      } else {
        await trx.updateTable('attachment_contents').set({ size }).where('id', '=', id).execute();
      }
      if (bytes.length > 0) {
        await trx.insertInto('attachment_chunks').values({ content_id: id, start, bytes }).execute();
      }
      return { id, size };
    },
    async close() {
      if (pending === undefined) return;
      try {
        await deletePendingUpload(db, mailbox, pending.uploadId);
      } catch (error) {
        // The answer is that of the attachment, which is stored or refused already.
        log.error('deleting an upload failed', {}, error);
      }
    },
  };
}

export function fileTooLarge() {
  return attachmentTooLarge(`The attachment exceeds the maximum size of ${maxFileSize} bytes.`);
}

/** The bytes of a request's body. A broken connection becomes a client error. */
export async function* requestBodyStream(c: HonoContext): AsyncGenerator<Uint8Array> {
  const { body } = c.req.raw;
  if (body === null) return;
  try {
    for await (const chunk of body) {
      resumeCounting();
      yield chunk;
    }
  } catch {
    throw malformedBody('The request body ended early.');
  }
}
