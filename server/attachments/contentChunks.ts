import { type OutlookItem } from '../../src/domain/task/outlookItem.ts';
import { isObject } from '../../src/wire/jsonReader.ts';
import { notFound } from '../config/appError.ts';
import type { Db } from '../db/tables.ts';

/** Bytes of a chunk: the unit of reads and writes, and the most that is held in memory. */
export const chunkSize = 256 * 1024;

export type ContentChunk = { start: number; bytes: Uint8Array<ArrayBuffer> };

/**
 * Cuts bytes into chunks and stores each full one before it begins the next.
 * @param start offset of the first chunk.
 */
export function createChunkWriter(start: number, keep: (piece: ContentChunk) => Promise<void>) {
  let at = start;
  let pending: Uint8Array[] = [];
  let size = 0;

  function rest(): ContentChunk {
    const piece = { start: at, bytes: Buffer.concat(pending, size) };
    at += size;
    pending = [];
    size = 0;
    return piece;
  }

  return {
    async write(bytes: Uint8Array): Promise<void> {
      for (let from = 0; from < bytes.length;) {
        const part = bytes.subarray(from, from + chunkSize - size);
        pending.push(part);
        size += part.length;
        from += part.length;
        if (size === chunkSize) await keep(rest());
      }
    },
    /** Bytes received so far. */
    size: () => at + size,
    /** Bytes after the last full chunk. */
    rest,
  };
}

/**
 * The bytes of a content, chunk by chunk: the next is read when the last was consumed.
 * @throws AppError 404 when the content is deleted meanwhile; a truncated file must not look complete.
 */
export async function* readContent(read: Db, contentId: string, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < size;) {
    const row = await read
      .selectFrom('attachment_chunks')
      .select('bytes')
      .where('content_id', '=', contentId)
      .where('start', '=', at)
      .executeTakeFirst();
    if (row === undefined) throw notFound();
    at += row.bytes.length;
    yield row.bytes;
  }
}

/** Reads the item that a content holds, all at once: items are small. */
export async function readItem(read: Db, contentId: string, size: number): Promise<OutlookItem> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readContent(read, contentId, size)) pieces.push(piece);
  const json: unknown = JSON.parse(Buffer.concat(pieces).toString('utf8'));
  if (!isItem(json)) throw new Error('A content does not hold an item.');
  return json;
}

/** Items are stored as the codec read them: this excludes other JSON, and does not validate again. */
function isItem(json: unknown): json is OutlookItem {
  return isObject(json) && ['message', 'event', 'contact'].some((kind) => json['kind'] === kind);
}
