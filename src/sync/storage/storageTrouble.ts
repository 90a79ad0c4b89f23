import { StorageError } from './database.ts';
import type { StorageTrouble } from './database.ts';

export type { StorageTrouble } from './database.ts';

/** Why this device did not keep something; null for an error that has another cause. */
export function storageTroubleOf(error: unknown): StorageTrouble | null {
  return error instanceof StorageError ? error.trouble : null;
}
