import type { FetchStatus } from '@tanstack/react-query';
import { failureKindOf } from '../api/apiError.ts';
import type { FailureKind } from '../domain/failureKind.ts';

/** Why the last read failed. A read that waits for the network is `offline` when there is nothing to show meanwhile. */
export function queryFailure(query: {
  error: Error | null;
  data: unknown;
  fetchStatus: FetchStatus;
}): FailureKind | null {
  if (query.error !== null) return failureKindOf(query.error);
  return query.fetchStatus === 'paused' && query.data === undefined ? 'offline' : null;
}
