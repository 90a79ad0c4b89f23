import { maxFileSize } from '../../src/domain/task/attachment.ts';
import {
  preferenceHeaders,
  odataContextOf,
  jsonContentType,
  sendNoContent,
  writeForRequest,
  type RequestContext,
  type Handlers,
} from '../http/requestContext.ts';
import type { AttachmentRow } from '../db/attachmentTables.ts';
import { unsupportedMediaType } from '../config/appError.ts';
import { bodyLimit, checkContentEncoding, isJsonType, requireUtf8 } from '../http/http.ts';
import { nextLinkOf, sendCount } from '../http/paging.ts';
import { purgeInMailbox } from '../db/purgeTransaction.ts';
import { runOnce, readIdempotencyKey } from '../http/idempotency.ts';
import { taskIdOfRequest } from '../http/pathTarget.ts';
import { requireWriter } from '../access/access.ts';
import { taskRow } from '../db/mailboxTransaction.ts';
import { type Db } from '../db/tables.ts';
import { requestBodyStream, createUploadStream, fileTooLarge } from './uploadStream.ts';
import {
  attachmentUrlOf,
  attachmentJson,
  selectedBytes,
  codecOf,
  withoutContent,
  attachmentSelectionOf,
  type AttachmentSelection,
} from './attachmentJson.ts';
import { splitBody } from './splitJsonBody.ts';
import {
  attachmentPage,
  attachmentRow,
  countAttachments,
  deleteAttachment,
  insertAttachment,
} from './attachmentStore.ts';
import { sendStreamedBody, type BodyPieces } from '../http/streamBody.ts';
import { postUploadSession } from './uploadSessionRoutes.ts';
import { sendRawContent } from './rawContent.ts';

const list: Handlers = { GET: listAttachments, POST: postAttachment };
const attachmentHandlers: Handlers = { GET: getAttachment, DELETE: removeAttachment };

/** The routes of attachments, below every path of a task (docs/protocol.md#attachments). */
export const attachmentRoutes: readonly [string, Handlers][] = [
  'tasks/{}/attachments',
  'taskfolders/{}/tasks/{}/attachments',
  'taskgroups/{}/taskfolders/{}/tasks/{}/attachments',
].flatMap((place): [string, Handlers][] => [
  [place, list],
  [`${place}/$count`, { GET: getCount }],
  [
    `${place}/createuploadsession`,
    { POST: async (context) => postUploadSession(context, await writableTask(context.read, context)) },
  ],
  [`${place}/{}`, attachmentHandlers],
  [`${place}/{}/$value`, { GET: getValue }],
]);

async function listAttachments(context: RequestContext): Promise<Response> {
  const selection = attachmentSelectionOf(context);
  const taskId = await ownTask(context.read, context);
  const { count } = context.options;
  const { rows, hasMore } = await attachmentPage(context.read, taskId, context.options);
  const nextLink = nextLinkOf(context, hasMore);
  const pieces = listText(context, rows, selection, {
    ...(count === true && { '@odata.count': await countAttachments(context.read, taskId) }),
    ...(nextLink !== undefined && { '@odata.nextLink': nextLink }),
  });
  return sendStreamedBody(context.c, pieces, {
    status: 200,
    estimate: selectedBytes(rows, selection),
    headers: { ...jsonContentType, ...preferenceHeaders(context, false) },
  });
}

async function* listText(
  context: RequestContext,
  rows: readonly AttachmentRow[],
  selection: AttachmentSelection,
  { '@odata.nextLink': nextLink, ...annotations }: Readonly<Record<string, unknown>>,
): BodyPieces {
  yield `${JSON.stringify({ '@odata.context': odataContextOf(context), ...annotations }).slice(0, -1)},"value":[`;
  for (const [at, row] of rows.entries()) {
    if (at > 0) yield ',';
    yield* attachmentJson(context, row, selection);
  }
  yield nextLink === undefined ? ']}' : `],"@odata.nextLink":${JSON.stringify(nextLink)}}`;
}

async function getCount(context: RequestContext): Promise<Response> {
  return sendCount(context, { n: await countAttachments(context.read, await ownTask(context.read, context)) });
}

async function getAttachment(context: RequestContext): Promise<Response> {
  return sendAttachment(context, 200, await ownRow(context.read, context));
}

async function getValue(context: RequestContext): Promise<Response> {
  return sendRawContent(context, await ownRow(context.read, context));
}

/** Streams a file's bytes from the socket to the database; the rest of the body is small. */
async function postAttachment(context: RequestContext): Promise<Response> {
  const { c, dialect, newId } = context;
  // Checked before the body, so that a client does not send megabytes to get a 404.
  const taskId = await writableTask(context.read, context);
  checkHeaders(context);
  const selection = attachmentSelectionOf(context);
  const codec = codecOf(dialect);
  const incoming = createUploadStream(context, taskId);
  try {
    const member = dialect.spelling.member('ContentBytes');
    const body = await splitBody(requestBodyStream(c), { member, limit: bodyLimit, write: incoming.write });
    const requested = codec.decodeNew(body.json);
    if (requested.kind === 'item') await incoming.write(Buffer.from(JSON.stringify(requested.item)));
    const repeat = readIdempotencyKey(c, body.digest, context.clock.now());
    const row = await writeForRequest(context, async (write) => {
      await writableTask(write.trx, context);
      return runOnce(write, repeat, {
        run: async () => {
          const content = requested.kind === 'reference' ? null : await incoming.finish(write);
          return insertAttachment(write, { id: newId(), taskId, requested }, content);
        },
        ids: ({ id }) => [id],
        load: ([id = '']) => attachmentRow(write.trx, taskId, id),
      });
    });
    return await sendStored(context, row, selection);
  } finally {
    await incoming.close();
  }
}

/** What is stored is answered with 201 even when its bytes cannot be read at the moment. */
async function sendStored(
  context: RequestContext,
  row: AttachmentRow,
  selection: AttachmentSelection,
): Promise<Response> {
  try {
    return await sendAttachment(context, 201, row, selection);
  } catch (error) {
    context.log.error('reading a stored attachment failed', {}, error);
    return await sendAttachment(context, 201, row, withoutContent);
  }
}

async function removeAttachment(context: RequestContext): Promise<Response> {
  // Attachments have no bin: a deleted one is removed from the database files, too.
  await purgeInMailbox(context.db, context.mailbox, context.clock.now(), async (write) => {
    const taskId = await writableTask(write.trx, context);
    await deleteAttachment(write, taskId, context.keys.attachment ?? '');
  });
  return sendNoContent(context);
}

async function sendAttachment(
  context: RequestContext,
  status: 200 | 201,
  row: AttachmentRow,
  selection = attachmentSelectionOf(context),
): Promise<Response> {
  const location: Record<string, string> = status === 201 ? { Location: attachmentUrlOf(context, row) } : {};
  if (status === 201 && context.prefer.returnsMinimal) return sendNoContent(context, location);
  const headers = { ...jsonContentType, ...preferenceHeaders(context, false), ...location };
  return sendStreamedBody(context.c, attachmentJson(context, row, selection, true), {
    status,
    estimate: selectedBytes([row], selection),
    headers,
  });
}

/** The task of the path, if it is where the path says and the caller may see it. */
async function ownTask(db: Db, context: RequestContext): Promise<string> {
  const id = await taskIdOfRequest(db, context);
  await taskRow(db, context.mailbox, id);
  return id;
}

/** The same for a request that changes the task's attachments. */
async function writableTask(db: Db, context: RequestContext): Promise<string> {
  const { id, folder_id: folderId } = await taskRow(db, context.mailbox, await taskIdOfRequest(db, context));
  await requireWriter(db, context.mailbox, folderId);
  return id;
}

async function ownRow(db: Db, context: RequestContext): Promise<AttachmentRow> {
  return attachmentRow(db, await ownTask(db, context), context.keys.attachment ?? '');
}

/** Rejects by the headers alone what cannot be an attachment. */
function checkHeaders({ c }: RequestContext): void {
  checkContentEncoding(c);
  const type = c.req.header('content-type');
  if (type !== undefined && !isJsonType(type)) throw unsupportedMediaType();
  requireUtf8(type ?? '');
  const length = Number(c.req.header('content-length') ?? 0);
  if (length > Math.ceil(maxFileSize / 3) * 4 + bodyLimit) throw fileTooLarge();
}
