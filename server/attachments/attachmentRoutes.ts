import { maxFileSize } from '../../src/domain/task/attachment.ts';
import {
  applied,
  contextOf,
  jsonType,
  sendNothing,
  writeCall,
  type Call,
  type Handlers,
} from '../http/requestContext.ts';
import type { AttachmentRow } from '../db/attachmentTables.ts';
import { notJson } from '../config/appError.ts';
import { bodyLimit, checkEncoding, isJsonType } from '../http/http.ts';
import { nextLinkOf, sendCount } from '../http/paging.ts';
import { purgeMailbox } from '../db/purgeTransaction.ts';
import { once, readRepeat } from '../http/idempotency.ts';
import { taskIn } from '../outlook/taskRoutes.ts';
import { checkWriter } from '../access/access.ts';
import { taskRow, type Db } from '../db/mailboxTransaction.ts';
import { bodyOf, createIncoming, fileTooLarge } from './uploadStream.ts';
import { addressOf, attachmentText, bytesShown, codecOf, shownBy, type Shown } from './attachmentJson.ts';
import { splitBody } from './splitJsonBody.ts';
import { attachmentRow, attachmentRows, checkRoom, deleteAttachment, insertAttachment } from './attachmentStore.ts';
import { sendPieces, type Pieces } from '../http/streamBody.ts';
import { postUploadSession } from './uploadSessionRoutes.ts';
import { sendValue } from './rawContent.ts';

const list: Handlers = { GET: listAttachments, POST: postAttachment };
const one: Handlers = { GET: getAttachment, DELETE: removeAttachment };

/** Attachments, below every address of a task (docs/protocol.md#attachments). */
export const attachmentRoutes: readonly [string, Handlers][] = [
  'tasks/{}/attachments',
  'taskfolders/{}/tasks/{}/attachments',
  'taskgroups/{}/taskfolders/{}/tasks/{}/attachments',
].flatMap((place): [string, Handlers][] => [
  [place, list],
  [`${place}/$count`, { GET: countAttachments }],
  [
    `${place}/createuploadsession`,
    { POST: async (call) => postUploadSession(call, await writableTask(call.read, call)) },
  ],
  [`${place}/{}`, one],
  [`${place}/{}/$value`, { GET: getValue }],
]);

async function listAttachments(call: Call): Promise<Response> {
  const shown = shownBy(call);
  const all = await attachmentRows(call.read, [await ownTask(call.read, call)]);
  const { top, skip, count } = call.options;
  const rows = all.slice(skip, skip + top);
  const nextLink = nextLinkOf(call, all.length > skip + top);
  const pieces = listText(call, rows, shown, {
    ...(count === true && { '@odata.count': all.length }),
    ...(nextLink !== undefined && { '@odata.nextLink': nextLink }),
  });
  return sendPieces(call.c, pieces, {
    status: 200,
    estimate: bytesShown(rows, shown),
    headers: { ...jsonType, ...applied(call, false) },
  });
}

async function* listText(
  call: Call,
  rows: readonly AttachmentRow[],
  shown: Shown,
  { '@odata.nextLink': nextLink, ...annotations }: Readonly<Record<string, unknown>>,
): Pieces {
  yield `${JSON.stringify({ '@odata.context': contextOf(call), ...annotations }).slice(0, -1)},"value":[`;
  for (const [at, row] of rows.entries()) {
    if (at > 0) yield ',';
    yield* attachmentText(call, row, shown);
  }
  yield nextLink === undefined ? ']}' : `],"@odata.nextLink":${JSON.stringify(nextLink)}}`;
}

async function countAttachments(call: Call): Promise<Response> {
  const rows = await attachmentRows(call.read, [await ownTask(call.read, call)]);
  return sendCount(call, { n: rows.length });
}

async function getAttachment(call: Call): Promise<Response> {
  return sendAttachment(call, 200, await ownRow(call.read, call));
}

async function getValue(call: Call): Promise<Response> {
  return sendValue(call, await ownRow(call.read, call));
}

/** Streams a file's bytes from the socket to the database; the rest of the body is small. */
async function postAttachment(call: Call): Promise<Response> {
  const { c, dialect, mailbox, newId } = call;
  // Before the body: nobody sends megabytes to hear that there is no such task.
  const taskId = await writableTask(call.read, call);
  checkHeaders(call);
  const codec = codecOf(dialect);
  const incoming = createIncoming(call, taskId);
  try {
    const member = dialect.spelling.member('ContentBytes');
    const body = await splitBody(bodyOf(c), { member, limit: bodyLimit, write: incoming.write });
    const asked = codec.decodeNew(body.json);
    if (asked.kind === 'item') await incoming.write(Buffer.from(JSON.stringify(asked.item)));
    const repeat = readRepeat(c, body.digest, call.clock.now());
    const row = await writeCall(call, async (write) => {
      await writableTask(write.trx, call);
      return once(write, repeat, {
        run: async () => {
          const content = asked.kind === 'reference' ? null : await incoming.finish(write);
          await checkRoom(write.trx, mailbox.accountId, 0, call.mailboxBytes);
          return insertAttachment(write, { id: newId(), taskId, asked }, content);
        },
        ids: ({ id }) => [id],
        load: ([id = '']) => attachmentRow(write.trx, taskId, id),
      });
    });
    return await sendAttachment(call, 201, row);
  } finally {
    await incoming.close();
  }
}

async function removeAttachment(call: Call): Promise<Response> {
  // No bin holds attachments: what is deleted here is gone, from the files too.
  await purgeMailbox(call.db, call.mailbox, call.clock.now(), async (write) => {
    const taskId = await writableTask(write.trx, call);
    await deleteAttachment(write, taskId, call.keys.attachment ?? '');
  });
  return sendNothing(call);
}

async function sendAttachment(call: Call, status: 200 | 201, row: AttachmentRow): Promise<Response> {
  const shown = shownBy(call);
  const location: Record<string, string> = status === 201 ? { Location: addressOf(call, row) } : {};
  if (status === 201 && call.prefer.returnsMinimal) return sendNothing(call, location);
  const headers = { ...jsonType, ...applied(call, false), ...location };
  return sendPieces(call.c, attachmentText(call, row, shown, true), {
    status,
    estimate: bytesShown([row], shown),
    headers,
  });
}

/** The task of the address: one that the caller may see, there, and where the address says. */
async function ownTask(db: Db, call: Call): Promise<string> {
  const id = await taskIn(db, call);
  await taskRow(db, call.mailbox, id);
  return id;
}

/** The same for whoever wants to change its attachments. */
async function writableTask(db: Db, call: Call): Promise<string> {
  const { id, folder_id: folderId } = await taskRow(db, call.mailbox, await taskIn(db, call));
  await checkWriter(db, call.mailbox, folderId);
  return id;
}

async function ownRow(db: Db, call: Call): Promise<AttachmentRow> {
  return attachmentRow(db, await ownTask(db, call), call.keys.attachment ?? '');
}

/** Refuses from the headers alone what cannot become an attachment. */
function checkHeaders({ c }: Call): void {
  checkEncoding(c);
  const type = c.req.header('content-type');
  if (type !== undefined && !isJsonType(type)) throw notJson();
  const length = Number(c.req.header('content-length') ?? 0);
  if (length > Math.ceil(maxFileSize / 3) * 4 + bodyLimit) throw fileTooLarge();
}
