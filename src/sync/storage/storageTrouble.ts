import { StorageError } from './database.ts';
import type { StorageErrorKind } from './database.ts';

export type { StorageErrorKind } from './database.ts';

/** Why storing failed on this device; null for an error with another cause. */
export function storageErrorKindOf(error: unknown): StorageErrorKind | null {
  return error instanceof StorageError ? error.kind : null;
}
