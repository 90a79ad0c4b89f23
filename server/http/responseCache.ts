import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { contentTag } from './conditionalRead.ts';
import { runPreparedQuery } from '../db/preparedQueries.ts';
import type { Db } from '../db/tables.ts';

/** A list as it is sent: bytes, as encoding text is the largest cost; compressed once a client accepts that. */
export type CachedResponse = { bytes: Bytes; packed?: Promise<Bytes>; etag?: string };
type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Cached answers to list requests, each with the mailbox's counter at that time. Every write advances the counter, so
 * an answer with the current counter is fresh.
 */
export type ResponseCache = {
  /**
   * The answer for `key`, rebuilt when the mailbox has changed. `key` must contain everything the answer depends on. A
   * result of `build` that is no text is passed on uncached.
   */
  get<Other extends object>(
    read: Db,
    accountId: string,
    key: string,
    build: () => Promise<string | Other>,
  ): Promise<CachedResponse | Other>;
};

/** Over all mailboxes. Bytes. */
const room = 32 * 1024 * 1024;

export function createResponseCache(limit = room): ResponseCache {
  const entries = new Map<string, { seq: number; answer: CachedResponse }>();
  let size = 0;

  function drop(key: string): void {
    const known = entries.get(key);
    if (known !== undefined) size -= sizeOf(key, known.answer);
    entries.delete(key);
  }

  function store(key: string, one: { seq: number; answer: CachedResponse }): CachedResponse {
    drop(key);
    entries.set(key, one);
    size += sizeOf(key, one.answer);
    for (const oldest of entries.keys()) {
      if (size <= limit) break;
      drop(oldest);
    }
    return one.answer;
  }

  return {
    async get(read, accountId, key, build) {
      // The counter is read before the rows: rows newer than their counter are only rebuilt once more.
      const seq = await seqOf(read, accountId);
      const cacheKey = `${accountId} ${key}`;
      const known = entries.get(cacheKey);
      if (known !== undefined) drop(cacheKey);
      if (known?.seq === seq) return store(cacheKey, known);
      const built = await build();
      return typeof built === 'string' ? store(cacheKey, { seq, answer: cachedResponseOf(built) }) : built;
    },
  };
}

/** Includes the key, which a client may make a hundred times as long as the answer. */
function sizeOf(key: string, { bytes }: CachedResponse): number {
  return 2 * key.length + bytes.byteLength;
}

const encoder = new TextEncoder();

export function cachedResponseOf(text: string): CachedResponse {
  return { bytes: encoder.encode(text) };
}

/** The digest of the answer, computed once. */
export function etagOfResponse(answer: CachedResponse): string {
  answer.etag ??= contentTag(answer.bytes);
  return answer.etag;
}

const compress = promisify(gzip);

export function compressedBytesOf(answer: CachedResponse): Promise<Bytes> {
  answer.packed ??= compress(answer.bytes, { level: 4 }).then((packed) => new Uint8Array(packed));
  return answer.packed;
}

async function seqOf(read: Db, accountId: string): Promise<number> {
  const find = () => read.selectFrom('counters').select('seq').where('account_id', '=', accountId);
  const [counter] = await runPreparedQuery(read, 'seq', find, [accountId]);
  return counter?.seq ?? 0;
}
