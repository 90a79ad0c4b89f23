import type { StorageErrorKind } from './database.ts';
import type { ReplicaStore } from './replicaStore.ts';
import { reportStoreOutcomes } from './watchedStore.ts';

type Input = {
  store: ReplicaStore;
  /** Everything the replica holds is on disk. */
  isPersisted: () => boolean;
  onReport: () => void;
  /** Every kind of record is written again. */
  onRecover: () => void;
};

/** Why the replica could not be stored, until every kind of record that failed is written again; and the store to watch. */
export function createReplicaErrors({ store, isPersisted, onReport, onRecover }: Input) {
  let current: StorageErrorKind | null = null;
  const failing = new Set<string>();
  return {
    current: () => current,
    report: (kind: StorageErrorKind) => {
      current = kind;
      onReport();
    },
    /** `store`, whose outcomes are followed. */
    store: reportStoreOutcomes(store, (kind, error) => {
      if (error !== null) return failing.add(kind);
      failing.delete(kind);
      if (current === null || failing.size > 0 || !isPersisted()) return;
      current = null;
      onRecover();
    }),
  };
}
