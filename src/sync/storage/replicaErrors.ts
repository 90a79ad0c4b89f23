import { createEmitter } from '../../domain/async/observable.ts';
import type { StorageErrorKind } from './database.ts';
import type { ReplicaStore } from './replicaStore.ts';
import { reportStoreOutcomes } from './watchedStore.ts';

export type ReplicaErrors = ReturnType<typeof createReplicaErrors>;

/** Why the replica could not be stored, until every kind of record that failed is written again; and the store to watch. */
export function createReplicaErrors(store: ReplicaStore) {
  const { subscribe, emit } = createEmitter();
  let current: StorageErrorKind | null = null;
  let isPersisted = () => true;
  const failing = new Set<string>();
  return {
    current: () => current,
    /** Notifies of each report, and once every kind of record is written again. */
    subscribe,
    report: (kind: StorageErrorKind) => {
      current = kind;
      emit();
    },
    /** The error stays while this is false, too: whether everything the replica holds is on disk. */
    keepUntil(isWritten: () => boolean) {
      isPersisted = isWritten;
    },
    /** `store`, whose outcomes are followed. */
    store: reportStoreOutcomes(store, (kind, error) => {
      if (error !== null) return failing.add(kind);
      failing.delete(kind);
      if (current === null || failing.size > 0 || !isPersisted()) return;
      current = null;
      emit();
    }),
  };
}
