import { ApiError } from '../api/apiError.ts';
import type { FailureKind } from '../domain/failureKind.ts';
import { storageTroubleOf } from '../sync/storage/storageTrouble.ts';
import type { StorageTrouble } from '../sync/storage/storageTrouble.ts';

export type { StorageTrouble };

/**
 * Whose doing it was that something did not happen: this device's storage, or the service and the way to it. Null for neither:
 * a fault of the app.
 */
export type Trouble = { storage: StorageTrouble } | { failure: FailureKind | null };

/** Of any error. */
export function troubleOf(error: unknown): Trouble {
  const storage = storageTroubleOf(error);
  if (storage !== null) return { storage };
  return { failure: error instanceof ApiError ? error.kind : null };
}
