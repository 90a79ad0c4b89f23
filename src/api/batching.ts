import type { Dialect } from '../wire/dialect.ts';
import { batchPathOf } from '../wire/odata/batchCodec.ts';
import { createBatches } from './batchClient.ts';
import type { ExtrasApi } from './extras/extrasApi.ts';
import type { TaskApi } from './taskApi.ts';
import type { SendRequest, TransportOptions } from './transport.ts';

export { largestBatch } from '../wire/odata/batchCodec.ts';

/** The methods of the server for one of several changes that are sent together (src/api/batchClient.ts). */
export type BatchMember = {
  api: TaskApi;
  extras: ExtrasApi;
  /** Call it after the last request. */
  close: () => void;
};

export type Batching = {
  areTaken: () => boolean;
  open: (count: number, onRound: () => void) => readonly BatchMember[];
};

type Input = Pick<TransportOptions, 'clock' | 'skew' | 'onPause'> & {
  send: SendRequest;
  dialect: Dialect;
  /** Other dialects of the same service, for methods that this one lacks. */
  beside: readonly Dialect[];
  apiOver: (send: SendRequest) => TaskApi;
  extrasOver: (send: SendRequest) => ExtrasApi;
};

export function createBatching({ dialect, beside, apiOver, extrasOver, ...given }: Input): Batching {
  const roots = [...new Set([dialect, ...beside])].map((supported) => ({
    root: supported.root,
    path: batchPathOf(supported),
  }));
  const batches = createBatches({ ...given, roots });
  return {
    areTaken: batches.areSupported,
    open: (count, onRound) =>
      batches.open(count, onRound).map(({ send, close }) => ({ api: apiOver(send), extras: extrasOver(send), close })),
  };
}
