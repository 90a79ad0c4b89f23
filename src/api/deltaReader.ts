import { readDeltaPage, type DeltaEntry } from '../wire/odata/deltaPage.ts';
import { ApiError } from './apiError.ts';
import type { TransportResponse, TransportRequest } from './transport.ts';

export type { DeltaEntry } from '../wire/odata/deltaPage.ts';

/** One page of what changed. `cursor` goes on after it, and is saved in one go with what the page brought. */
export type DeltaBatch<T> = { entries: readonly DeltaEntry<T>[]; cursor: string };

export type DeltaOptions<T> = {
  /** Where an earlier call ended, or one of its pages; a reader that has none gets everything there is. */
  cursor?: string | undefined;
  /** The next page is asked for when this one was taken in. */
  onPage: (page: DeltaBatch<T>) => void | Promise<void>;
  signal?: AbortSignal;
};

type Source<T> = {
  ask: (request: TransportRequest) => Promise<TransportResponse>;
  /** Reads one entity; what it cannot read is a fault of the server's. */
  decode: (entity: unknown) => T;
  path: string;
  pageSize: number;
};

/**
 * Reads a round of sync to its end: changes since the cursor, or everything without one; then whatever no page named is
 * gone (docs/protocol.md#sync).
 * @returns the cursor for the next round.
 * @throws ApiError: `stale` when the cursor is no longer valid and the reader starts over without it.
 */
export async function readDelta<T>(
  { ask, decode, path, pageSize }: Source<T>,
  { cursor, onPage, signal }: DeltaOptions<T>,
): Promise<string> {
  // The first answer of all has a deltaLink even when there is more to come.
  let isFirst = cursor === undefined;
  for (let next = cursor ?? path; ;) {
    const answer = await answerTo(next, isFirst);
    // Said of the first answer only; its absence there means that the server keeps no track of this list.
    if (isFirst && answer.tracks !== true) throw new ApiError('refused', 'The server does not track changes here');
    const { entries, nextLink, deltaLink } = readDeltaPage(answer.json, decode);
    const after = nextLink ?? deltaLink;
    if (after === undefined) throw new ApiError('broken', 'A page of changes ends without a link');
    await onPage({ entries, cursor: after });
    if (!isFirst && nextLink === undefined) return after;
    if (after === next) throw new ApiError('broken', 'A page of changes leads back to itself');
    isFirst = false;
    next = after;
  }

  async function answerTo(address: string, isStart: boolean): Promise<TransportResponse> {
    try {
      const request: TransportRequest = { method: 'GET', path: address, trackChanges: { pageSize } };
      return await ask(signal === undefined ? request : { ...request, signal });
    } catch (error) {
      // A request that carries nothing but its token can only be refused for the token
      // (docs/architecture.md#a-rejected-cursor-starts-over).
      const isToken = !isStart && error instanceof ApiError && error.status === 400;
      throw isToken ? new ApiError('stale', error.message, { status: 400, cause: error }) : error;
    }
  }
}
