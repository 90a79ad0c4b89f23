import { StorageError } from '../sync/database.ts';
import type { StorageTrouble } from '../sync/database.ts';

export type { StorageTrouble } from '../sync/database.ts';

/** Why this device did not keep something; null for an error that has another cause. */
export function storageTroubleOf(error: unknown): StorageTrouble | null {
  return error instanceof StorageError ? error.trouble : null;
}
