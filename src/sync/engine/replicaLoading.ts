import type { EngineReplica } from './engineReplica.ts';

/** Loading of the replica from this device, which other parts wait for. */
export type ReplicaLoading = {
  /** Loads after the first paint. */
  start: (stopped: AbortSignal) => Promise<void>;
  /** Resolves when the replica is loaded, after `start`. */
  loaded: () => Promise<void>;
};

export function createReplicaLoading(
  { loadAll }: Pick<EngineReplica, 'loadAll'>,
  painted: () => Promise<void>,
  onLoaded: () => void,
): ReplicaLoading {
  let loaded = Promise.resolve();
  return {
    loaded: () => loaded,
    start(stopped) {
      loaded = painted()
        .then(() => loadAll(stopped))
        .then(onLoaded);
      return loaded;
    },
  };
}
