import { readDeltaPage, type DeltaEntry } from '../wire/odata/deltaPage.ts';
import { ApiError } from './apiError.ts';
import { followPages } from './pageLinks.ts';
import type { TransportResponse, TransportRequest } from './transport.ts';

export type { DeltaEntry } from '../wire/odata/deltaPage.ts';

/** One page of changes. `cursor` continues after it, and is stored in one transaction with the page. */
export type DeltaBatch<T> = { entries: readonly DeltaEntry<T>[]; cursor: string };

export type DeltaOptions<T> = {
  /** The cursor of an earlier call or page; without one, all entities are read. */
  cursor?: string | undefined;
  /** The next page is requested when this promise resolves. */
  onPage: (page: DeltaBatch<T>) => void | Promise<void>;
  signal?: AbortSignal;
};

type Source<T> = {
  ask: (request: TransportRequest) => Promise<TransportResponse>;
  /** Decodes one entity; a failure is a fault of the server. */
  decode: (entity: unknown) => T;
  path: string;
  pageSize: number;
};

/**
 * Reads a delta query to its end: changes since the cursor, or all entities without one; then the caller removes those
 * that no page named (docs/protocol.md#sync).
 * @returns the cursor for the next query.
 * @throws ApiError `stale` when the cursor is no longer valid and the reader must start over without it.
 */
export async function readDelta<T>(
  { ask, decode, path, pageSize }: Source<T>,
  { cursor, onPage, signal }: DeltaOptions<T>,
): Promise<string> {
  // The first response has a deltaLink even when there are more pages.
  let isFirst = cursor === undefined;
  let end = null as string | null;
  await followPages(cursor ?? path, async (link) => {
    const answer = await answerTo(link, isFirst);
    // Sent with the first response only; its absence there means that the server does not track changes of this list.
    if (isFirst && answer.tracks !== true) throw new ApiError('refused', 'The server does not track changes here');
    const { entries, nextLink, deltaLink } = readDeltaPage(answer.json, decode);
    const after = nextLink ?? deltaLink;
    if (after === undefined) throw new ApiError('broken', 'A page of changes ends without a link');
    await onPage({ entries, cursor: after });
    if (!isFirst && nextLink === undefined) end = after;
    isFirst = false;
    return end === null ? after : undefined;
  });
  if (end === null) throw new ApiError('broken', 'Pages of changes lead back to one of them');
  return end;

  async function answerTo(address: string, isStart: boolean): Promise<TransportResponse> {
    try {
      const request: TransportRequest = { method: 'GET', path: address, trackChanges: { pageSize } };
      return await ask(signal === undefined ? request : { ...request, signal });
    } catch (error) {
      // A request that contains only the token can only be rejected because of the token
      // (docs/architecture.md#a-rejected-cursor-starts-over).
      const isToken = !isStart && error instanceof ApiError && error.status === 400;
      throw isToken ? new ApiError('stale', error.message, { status: 400, cause: error }) : error;
    }
  }
}
