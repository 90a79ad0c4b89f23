import type { ReplicaStore } from './replicaStore.ts';
import { StorageError } from './database.ts';
import type { StorageErrorKind } from './database.ts';

/**
 * Reports the last outcome of each kind of write: null when it was stored, so that an error clears once there is space.
 */
export function reportStoreOutcomes(
  store: ReplicaStore,
  onOutcome: (kind: string, trouble: StorageErrorKind | null) => unknown,
): ReplicaStore {
  async function withReport<T>(kind: string, work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      onOutcome(kind, null);
      return result;
    } catch (error) {
      if (error instanceof StorageError) onOutcome(kind, error.kind);
      throw error;
    }
  }
  return {
    ...store,
    save: (...args) => withReport('rows', store.save(...args)),
    saveList: (...args) => withReport('lists', store.saveList(...args)),
    saveAttachments: (...args) => withReport('attachments', store.saveAttachments(...args)),
    saveFirstPaint: (...args) => withReport('screens', store.saveFirstPaint(...args)),
  };
}
