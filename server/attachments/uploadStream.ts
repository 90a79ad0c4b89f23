import { maxFileSize } from '../../src/domain/task/attachment.ts';
import type { Call } from '../http/requestContext.ts';
import { unreadableBody } from '../config/appError.ts';
import type { Ctx } from '../http/http.ts';
import type { Write } from '../db/mailboxTransaction.ts';
import { createWriter, type Piece } from './contentChunks.ts';
import { dropPending, keepPiece, openPending, requestEnd, type Pending } from './uploadSessions.ts';
import { tooLarge } from './attachmentStore.ts';

export type Incoming = {
  write: (bytes: Uint8Array) => Promise<void>;
  /** Makes the bytes a content, in the transaction that makes the attachment. */
  finish: (write: Write) => Promise<{ id: string; size: number }>;
  /** Lets go of everything that `finish` has not made its own. */
  close: () => Promise<void>;
};

/**
 * The bytes of an attachment while its request is read. A small one waits in memory for the transaction of the attachment;
 * a larger one goes to the database as it comes.
 */
export function createIncoming(call: Call, taskId: string): Incoming {
  const { db, clock, newId, mailbox, dialect } = call;
  let pending: Pending | undefined;

  async function open(): Promise<Pending> {
    const label = { name: '', size: 0, contentType: null, isInline: false };
    const { accountId, guestId } = mailbox;
    const place = { accountId, guestId, taskId, dialect: dialect.name };
    const row = await openPending({ db, newId }, { ...label, ...place, expiresAt: requestEnd(clock.now()) });
    return { uploadId: row.id, contentId: row.content_id ?? '' };
  }
  async function keep(piece: Piece): Promise<void> {
    pending ??= await open();
    await keepPiece(db, pending, { ...piece, expiresAt: requestEnd(clock.now()) });
  }
  const writer = createWriter(0, keep);

  return {
    async write(bytes) {
      if (writer.size() + bytes.length > maxFileSize) throw fileTooLarge();
      await writer.write(bytes);
    },
    async finish({ trx, accountId }) {
      const size = writer.size();
      const { start, bytes } = writer.rest();
      const id = pending?.contentId ?? newId();
      if (pending === undefined) {
        await trx.insertInto('attachment_contents').values({ id, account_id: accountId, size }).execute();
      } else {
        await trx.updateTable('attachment_contents').set({ size }).where('id', '=', id).execute();
      }
      if (bytes.length > 0) {
        await trx.insertInto('attachment_chunks').values({ content_id: id, start, bytes }).execute();
      }
      return { id, size };
    },
    async close() {
      if (pending !== undefined) await dropPending(db, pending.uploadId);
    },
  };
}

export function fileTooLarge() {
  return tooLarge(`The attachment exceeds the maximum size of ${maxFileSize} bytes.`);
}

/** The bytes of a request's body. A connection that breaks is the client's fault, whoever reads. */
export async function* bodyOf(c: Ctx): AsyncGenerator<Uint8Array> {
  const { body } = c.req.raw;
  if (body === null) return;
  try {
    for await (const chunk of body) yield chunk;
  } catch {
    throw unreadableBody('The request body ended early.');
  }
}
