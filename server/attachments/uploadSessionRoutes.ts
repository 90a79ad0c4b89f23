import { createHash, randomBytes } from 'node:crypto';
import { maxFileSize } from '../../src/domain/task/attachment.ts';
import { outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { encodeUploadSession, type UploadSession } from '../../src/wire/outlook/uploadSessionCodec.ts';
import { jsonContentType, type RequestContext, type ServiceContext } from '../http/requestContext.ts';
import type { UploadRow } from '../db/attachmentTables.ts';
import { AppError, invalidRequest, methodNotAllowed, notFound } from '../config/appError.ts';
import { checkContentEncoding, readJsonBody, reply, type HonoContext } from '../http/http.ts';
import { requireWriter, roleIn } from '../access/access.ts';
import { servedDialects } from '../outlook/servedDialects.ts';
import { taskRow, writeMailbox, type MailboxRef } from '../db/mailboxTransaction.ts';
import { requireRoomFor } from '../usage/mailboxUsage.ts';
import { type Db } from '../db/tables.ts';
import { createChunkWriter, type ContentChunk } from './contentChunks.ts';
import { requestBodyStream, fileTooLarge } from './uploadStream.ts';
import { codecOf } from './attachmentJson.ts';
import { deletePendingUpload, storeChunk, createPendingUpload, sessionExpiry } from './uploadSessions.ts';
import { insertAttachment } from './attachmentStore.ts';

/** Path of upload sessions: below `/threefold/v1`, the same for both dialects. */
export const uploadsRoot = '/threefold/v1/uploads';

/** Starts an upload session (docs/protocol.md#upload-sessions). The response has the URL for its chunks. */
export async function postUploadSession(context: RequestContext, taskId: string): Promise<Response> {
  const { c, clock, dialect, mailbox, rootUrl } = context;
  const requested = codecOf(dialect).decodeUpload((await readJsonBody(c)).json);
  if (requested.size > maxFileSize) throw fileTooLarge();
  await requireRoomFor(context.db, mailbox, requested.size);
  const token = randomBytes(32).toString('base64url');
  const { accountId, guestId } = mailbox;
  const place = { accountId, guestId, taskId, dialect: dialect.root, id: idOf(token) };
  const row = await createPendingUpload(context, { ...requested, ...place, expiresAt: sessionExpiry(clock.now()) });
  const url = `${rootUrl.slice(0, -dialect.root.length)}${uploadsRoot}/${token}`;
  const session = encodeUploadSession({ ...stateOf(row), url }, dialect.spelling);
  const contextUrl = `${rootUrl}/$metadata#${dialect.spelling.type('UploadSession')}`;
  return reply(c, JSON.stringify({ '@odata.context': contextUrl, ...session }), 201, jsonContentType);
}

/** The upload session that a URL names; undefined when there is none, or no more. */
export async function findUpload(
  c: HonoContext,
  { db, clock }: ServiceContext,
  token: string,
): Promise<UploadRow | undefined> {
  c.set('route', `${uploadsRoot}/*`);
  const ofToken = db.selectFrom('attachment_uploads').selectAll().where('id', '=', idOf(token));
  const row = await ofToken.where('expires_at', '>', clock.now()).executeTakeFirst();
  return row?.content_id === null ? undefined : row;
}

/**
 * Handles a request to the URL of an upload session. Its token gives access to this one upload and nothing else; no
 * bearer token is needed, because the sender may be a worker or a script without one.
 */
export async function handleUploadRequest(
  c: HonoContext,
  stores: ServiceContext,
  origin: string,
  row: UploadRow,
): Promise<Response> {
  // A guest's upload ends with their write permission, or when the task becomes invisible to them.
  if (row.guest_id !== null) await checkGuest(stores.db, row);
  c.set('account', row.account_id);
  switch (c.req.method) {
    case 'GET':
      return sendState(c, row, origin);
    case 'PUT':
      return putPiece(c, stores, row, origin);
    case 'DELETE':
      await deletePendingUpload(stores.db, mailboxOf(row), row.id);
      return reply(c, null, 204);
    default:
      throw methodNotAllowed(['GET', 'PUT', 'DELETE']);
  }
}

/** Receives a chunk. Stored bytes are skipped, so a chunk whose response was lost can be sent again. */
async function putPiece(c: HonoContext, stores: ServiceContext, row: UploadRow, origin: string): Promise<Response> {
  checkContentEncoding(c);
  const range = readRange(c, row.size);
  if (row.attachment_id !== null) return sendState(c, row, origin);
  if (range.start > row.received) throw wrongRange(`The next byte expected is ${row.received}.`);
  const received = range.end < row.received ? row.received : await receive(c, stores, row, range);
  const now = { ...row, received, expires_at: sessionExpiry(stores.clock.now()) };
  return sendState(c, received === row.size ? await finish(stores, now) : now, origin);
}

/**
 * Stores the bytes of the range as they arrive, also of a request that breaks off. Returns the size of the content so
 * far.
 */
async function receive(
  c: HonoContext,
  { db, clock, log }: ServiceContext,
  row: UploadRow,
  range: Range,
): Promise<number> {
  const pending = { uploadId: row.id, contentId: row.content_id ?? '' };
  const keep = (piece: ContentChunk) =>
    storeChunk(db, mailboxOf(row), pending, { ...piece, expiresAt: sessionExpiry(clock.now()) });
  const writer = createChunkWriter(row.received, keep);
  const keepRest = async () => {
    const rest = writer.rest();
    if (rest.bytes.length > 0) await keep(rest);
  };
  let at = range.start;
  try {
    for await (const bytes of requestBodyStream(c)) {
      const skipped = Math.max(0, row.received - at);
      at += bytes.length;
      if (at > range.end + 1) throw invalidRequest('The body is longer than its Content-Range.');
      await writer.write(bytes.subarray(skipped));
    }
  } catch (error) {
    await keepRest().catch((failure: unknown) => log.error('keeping the start of a piece failed', {}, failure));
    throw error;
  }
  await keepRest();
  return writer.size();
}

/** Turns a complete upload into an attachment, once. */
function finish({ db, clock, newId }: ServiceContext, row: UploadRow): Promise<UploadRow> {
  return writeMailbox(db, mailboxOf(row), clock.now(), async (write) => {
    const task = await taskRow(write.trx, write, row.task_id);
    await requireWriter(write.trx, write, task.folder_id);
    const attachmentId = newId();
    const { numUpdatedRows } = await write.trx
      .updateTable('attachment_uploads')
      .set({ attachment_id: attachmentId })
      .where('id', '=', row.id)
      .where('received', '=', row.size)
      .where('attachment_id', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n || row.content_id === null) throw notFound();
    const { name, content_type: contentType, is_inline: isInline, size } = row;
    const requested = { name, contentType, isInline: isInline === 1, contentId: null, contentLocation: null };
    const attachment = { id: attachmentId, taskId: row.task_id, requested: { kind: 'file', ...requested } as const };
    await insertAttachment(write, attachment, { id: row.content_id, size });
    return { ...row, attachment_id: attachmentId };
  });
}

function mailboxOf({ account_id: accountId, guest_id: guestId }: UploadRow): MailboxRef {
  return guestId === null ? { accountId } : { accountId, guestId };
}

/** @throws AppError 404 when the guest may no longer write to the task. */
async function checkGuest(db: Db, row: UploadRow): Promise<void> {
  const mailbox = mailboxOf(row);
  const task = await taskRow(db, mailbox, row.task_id);
  if ((await roleIn(db, mailbox, task.folder_id)) !== 'write') throw notFound();
}

/** 201 and the path of the attachment once it exists; else the progress of the upload. */
function sendState(c: HonoContext, row: UploadRow, origin: string): Response {
  // Sessions of earlier versions name their dialect instead of its root.
  const dialect = servedDialects.find(({ root, name }) => [root, name].includes(row.dialect)) ?? outlookRest;
  const text = JSON.stringify(encodeUploadSession(stateOf(row), dialect.spelling));
  if (row.attachment_id === null) return reply(c, text, 200, jsonContentType);
  const place = { mailbox: row.account_id, id: row.task_id };
  const location = `${origin}${dialect.root}${dialect.paths.attachment(place, row.attachment_id)}`;
  return reply(c, text, c.req.method === 'PUT' ? 201 : 200, { ...jsonContentType, Location: location });
}

function stateOf({ size, received, attachment_id: attachmentId, expires_at: expiresAt }: UploadRow): UploadSession {
  // All bytes are stored but there is no attachment: request the last byte again, which completes the upload.
  return { expiresAt, next: attachmentId === null ? Math.min(received, size - 1) : null };
}

type Range = { start: number; end: number };

/** `bytes 0-262143/1048576` (RFC 9110 §14.4). */
function readRange(c: HonoContext, size: number): Range {
  const [, start, end, total] =
    /^\s*bytes\s+(\d{1,12})-(\d{1,12})\/(\d{1,12})\s*$/i.exec(c.req.header('content-range') ?? '') ?? [];
  if (start === undefined) throw invalidRequest('Content-Range must say which bytes these are: bytes 0-99/1000.');
  const range = { start: Number(start), end: Number(end) };
  if (Number(total) !== size) throw wrongRange(`The upload has ${size} bytes.`);
  if (range.end < range.start || range.end >= size) throw wrongRange('The range lies outside of the upload.');
  return range;
}

function wrongRange(message: string): AppError {
  return new AppError(416, 'ErrorInvalidRange', message);
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
