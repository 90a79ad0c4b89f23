import { useMutation } from '@tanstack/react-query';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Instant } from '../../domain/time/time.ts';
import type { Op } from '../../sync/storage/op.ts';
import { StorageError } from '../../sync/storage/accountStore.ts';
import type { HiddenRecords, StorageErrorKind } from '../../sync/storage/accountStore.ts';
import { pendingItemOf } from '../../sync/views/pendingItem.ts';
import type { PendingItem } from '../../sync/views/pendingItem.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';

export type { PendingItem } from '../../sync/views/pendingItem.ts';

/** The outbox's ops, oldest first; the same array until something changes. */
export function useOutboxOps(): readonly Op[] {
  const { outbox } = useDeps();
  return useSyncExternalStore(outbox.subscribe, outbox.ops);
}

/** Changes that wait for the server, in creation order, the parked ones apart. */
export function usePendingChanges(): { waiting: readonly PendingItem[]; parked: readonly PendingItem[] } {
  const { outbox } = useDeps();
  const ops = useOutboxOps();
  return useMemo(() => {
    const items = ops.map((op) => pendingItemOf(op, outbox));
    return {
      waiting: items.filter((item) => item.state !== 'parked'),
      parked: items.filter((item) => item.state === 'parked'),
    };
  }, [ops, outbox]);
}

/**
 * Counts what waits on this device without showing: changes this version cannot read, and tasks of running imports.
 * Null when storage cannot be read.
 */
export function useHiddenChanges(): () => Promise<HiddenRecords | null> {
  const { outbox } = useDeps();
  return useCallback(async () => {
    try {
      return await outbox.countHidden();
    } catch (error) {
      if (error instanceof StorageError) return null;
      throw error;
    }
  }, [outbox]);
}

/** Retries a parked change. */
export function useRetryChange() {
  const { outbox } = useDeps();
  return useMutation({ mutationFn: (id: string) => outbox.retry(id) });
}

/** Discards a change and everything that depends on it: see `useDependentChanges`. */
export function useDiscardChange() {
  const { outbox } = useDeps();
  return useMutation({ mutationFn: (id: string) => outbox.discard(id) });
}

/** What would be discarded with a change: later changes of the same item and of what was created inside it. */
export function useDependentChanges(id: string): readonly PendingItem[] {
  const { outbox } = useDeps();
  const ops = useOutboxOps();
  return useMemo(
    () => (ops.some((op) => op.id === id) ? outbox.dependents(id).map((op) => pendingItemOf(op, outbox)) : []),
    [ops, outbox, id],
  );
}

export type SyncStatus = {
  state: 'online' | 'offline' | 'signIn' | 'needsYou';
  waiting: number;
  parked: number;
  lastSynced: Instant | null;
  /** Storage is denied or full: changes would not survive a reload. */
  storage: StorageErrorKind | null;
  /** The service asked for a pause until then. */
  pausedUntil: Instant | null;
};

/** The status line about sync. Sign-in comes first, as nothing is sent without it. */
export function useSyncStatus(): SyncStatus {
  const { session } = useDeps();
  const { status } = useSyncEngine();
  const { isOnline, signInNeeded, waiting, parked, lastSynced, storage, pausedUntil } = useSyncExternalStore(
    status.subscribe,
    status.current,
  );
  const state =
    signInNeeded || session.status === 'signInNeeded'
      ? 'signIn'
      : !isOnline
        ? 'offline'
        : parked > 0
          ? 'needsYou'
          : 'online';
  return { state, waiting, parked, lastSynced, storage, pausedUntil };
}

/** The server's id once it is known: addresses with a local id are replaced by it. */
export function useResolvedId(id: string): string {
  const { outbox } = useDeps();
  return useSyncExternalStore(outbox.subscribe, () => outbox.resolve(id));
}

/** A key for a row that stays the same when its local id becomes a server id, so that focus is not lost. */
export function useStableKey(): (id: string) => string {
  return useDeps().outbox.originOf;
}

/** The server's id of what `useStableKey` names; the name itself until it is known. */
export function useServerId(): (name: string) => string {
  return useDeps().outbox.resolve;
}
