import type { NewAttachment } from '../../src/domain/task/attachment.ts';
import type { Dialect } from '../../src/wire/dialect.ts';
import { isObject, WireError } from '../../src/wire/jsonReader.ts';
import type { NewId } from '../config/ids.ts';
import type { MailboxWrite } from '../db/mailboxTransaction.ts';
import { createBase64Decoder } from './base64.ts';
import { createChunkWriter, type ContentChunk } from './contentChunks.ts';
import { codecOf } from './attachmentJson.ts';
import { insertAttachment, insertContent } from './attachmentStore.ts';

/** Attachments in the body of a new task: a deep insert (OData 4.0 §11.4.2.2), within the size limit of such a body. */
export type InlineAttachments = readonly { requested: NewAttachment; bytes: Uint8Array | null }[];

/**
 * Extracts the attachments from a new task's JSON.
 * @returns the JSON without them, and the attachments.
 * @throws WireError, AppError 400 for one that could not be posted separately either.
 */
export function extractInlineAttachments(
  dialect: Dialect,
  json: unknown,
): { json: unknown; inline: InlineAttachments } {
  const member = dialect.spelling.member('Attachments');
  if (!isObject(json) || !Object.hasOwn(json, member)) return { json, inline: [] };
  const { [member]: listed, ...rest } = json;
  const list: unknown = listed ?? [];
  if (!Array.isArray(list))
    throw new WireError('RequestBodyRead', `Cannot read the value of '${member}': Expected a list.`, member);
  return { json: rest, inline: list.map((attachment: unknown) => readOne(dialect, attachment)) };
}

function readOne(dialect: Dialect, json: unknown): InlineAttachments[number] {
  const requested = codecOf(dialect).decodeNew(json);
  if (requested.kind === 'reference') return { requested, bytes: null };
  if (requested.kind === 'item') return { requested, bytes: Buffer.from(JSON.stringify(requested.item)) };
  const text = isObject(json) ? json[dialect.spelling.member('ContentBytes')] : undefined;
  const decoder = createBase64Decoder();
  return {
    requested,
    bytes: Buffer.concat([decoder.push(typeof text === 'string' ? text : ''), decoder.end()]),
  };
}

/** Adds the attachments to a task created in the same write: all of them are stored, or none. */
export async function insertInlineAttachments(
  write: MailboxWrite,
  newId: NewId,
  taskId: string,
  inline: InlineAttachments,
): Promise<void> {
  for (const { requested, bytes } of inline) {
    const content = bytes === null ? null : await storeBytes(write, newId(), bytes);
    await insertAttachment(write, { id: newId(), taskId, requested }, content);
  }
}

async function storeBytes(write: MailboxWrite, id: string, bytes: Uint8Array): Promise<{ id: string; size: number }> {
  const { trx } = write;
  await insertContent(write, { id, size: bytes.length });
  const keep = async (piece: ContentChunk) =>
    void (await trx
      .insertInto('attachment_chunks')
      .values({ content_id: id, ...piece })
      .execute());
  const writer = createChunkWriter(0, keep);
  await writer.write(bytes);
  const rest = writer.rest();
  if (rest.bytes.length > 0) await keep(rest);
  return { id, size: bytes.length };
}
