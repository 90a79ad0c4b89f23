import { ApiError } from '../api/apiError.ts';
import type { FailureKind } from '../domain/failureKind.ts';
import { storageErrorKindOf } from '../sync/storage/storageTrouble.ts';
import type { StorageErrorKind } from '../sync/storage/storageTrouble.ts';

export type { StorageErrorKind };

/**
 * Whose doing it was that something did not happen: this device's storage, or the service and the way to it. Null for neither:
 * a fault of the app.
 */
export type ErrorCause = { storage: StorageErrorKind } | { failure: FailureKind | null };

/** Of any error. */
export function errorCauseOf(error: unknown): ErrorCause {
  const storage = storageErrorKindOf(error);
  if (storage !== null) return { storage };
  return { failure: error instanceof ApiError ? error.kind : null };
}
