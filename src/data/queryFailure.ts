import { failureKindOf } from '../api/apiError.ts';
import type { FailureKind } from '../domain/failureKind.ts';

/** Why the last read failed. That there is no network does not matter while there is data to show. */
export function queryFailure({ error, data }: { error: Error | null; data: unknown }): FailureKind | null {
  if (error === null) return null;
  const kind = failureKindOf(error);
  return kind === 'offline' && data !== undefined ? null : kind;
}
