import type { ReplicaStore } from './replicaStore.ts';
import { StorageError } from './database.ts';
import type { StorageErrorKind } from './database.ts';

/** Tells how each kind of writing went last: null when it was kept. So trouble ends when there is room again. */
export function reportStoreOutcomes(
  store: ReplicaStore,
  onOutcome: (kind: string, trouble: StorageErrorKind | null) => unknown,
): ReplicaStore {
  async function told<T>(kind: string, work: Promise<T>): Promise<T> {
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
    save: (...given) => told('rows', store.save(...given)),
    saveList: (...given) => told('lists', store.saveList(...given)),
    saveAttachments: (...given) => told('attachments', store.saveAttachments(...given)),
    saveFirstPaint: (...given) => told('screens', store.saveFirstPaint(...given)),
  };
}
