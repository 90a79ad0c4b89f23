import { StorageError } from './database.ts';
import type { StorageErrorKind } from './database.ts';

export type { StorageErrorKind } from './database.ts';

/** Why this device did not keep something; null for an error that has another cause. */
export function storageErrorKindOf(error: unknown): StorageErrorKind | null {
  return error instanceof StorageError ? error.kind : null;
}
