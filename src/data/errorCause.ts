import { ApiError, failureKindOf } from '../api/apiError.ts';
import { ChunkError } from '../domain/async/lazyChunk.ts';
import type { FailureKind } from '../domain/failureKind.ts';
import { storageErrorKindOf } from '../sync/storage/storageTrouble.ts';
import type { StorageErrorKind } from '../sync/storage/storageTrouble.ts';

export type { StorageErrorKind };

/**
 * Where an error comes from: this device's storage, or the service and the network. Null for an error of the app
 * itself.
 */
export type ErrorCause = { storage: StorageErrorKind } | { failure: FailureKind | null };

/** Of any error. */
export function errorCauseOf(error: unknown): ErrorCause {
  const storage = storageErrorKindOf(error);
  if (storage !== null) return { storage };
  return { failure: error instanceof ApiError || error instanceof ChunkError ? failureKindOf(error) : null };
}
