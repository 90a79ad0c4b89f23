import type { FetchStatus } from '@tanstack/react-query';
import { failureKindOf } from '../api/apiError.ts';
import type { FailureKind } from '../domain/failureKind.ts';

/** Why the last read failed. A read paused for want of a network is `offline` when there is no data to show. */
export function queryFailure(query: {
  error: Error | null;
  data: unknown;
  fetchStatus: FetchStatus;
}): FailureKind | null {
  if (query.error !== null) return failureKindOf(query.error);
  return query.fetchStatus === 'paused' && query.data === undefined ? 'offline' : null;
}
