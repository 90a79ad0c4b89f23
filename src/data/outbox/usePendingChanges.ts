import { useMutation } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import type { Change } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { PendingState } from '../../domain/listing/listing.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { Op } from '../../sync/storage/op.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import type { StorageErrorKind } from '../../sync/storage/accountStore.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';

/** One change that the server has not accepted yet, ready to be put into words. */
export type PendingItem = {
  id: string;
  change: Change;
  madeAt: Instant;
  state: PendingState;
  /** The task's subject, the folder's or the group's name. */
  subject: string;
  /** Why it is parked. `theirs` is there for a conflict: mine and base are in `change`. */
  failure?: {
    kind: FailureKind;
    message: string;
    mayHaveArrived?: boolean;
    theirs?: Task;
    /** What the server has of a name that two gave. */
    theirName?: string;
  };
  /** How much of a file has arrived: 0 to 1; null for everything else. */
  progress: number | null;
};

/** The outbox's ops, oldest first; the same array until something changes. */
export function useOutboxOps(): readonly Op[] {
  const { outbox } = useDeps();
  return useSyncExternalStore(outbox.subscribe, outbox.ops);
}

/** What waits for the server: in order of making, the parked ones apart. */
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

/** One op as it is shown. */
export function pendingItemOf(op: Op, outbox: Outbox): PendingItem {
  const { id, change, madeAt, parked } = op;
  const progress = change.kind === 'addAttachment' && change.draft.kind === 'file' ? outbox.progressOf(id) : null;
  const item: PendingItem = { id, change, madeAt, state: outbox.stateOf(op), subject: wordsOf(change), progress };
  if (parked === null) return item;
  const { kind, message, mayHaveArrived, theirs, theirName } = parked;
  return {
    ...item,
    failure: {
      kind,
      message,
      ...(mayHaveArrived === undefined ? {} : { mayHaveArrived }),
      ...(theirs === undefined ? {} : { theirs }),
      ...(theirName === undefined ? {} : { theirName }),
    },
  };
}

function wordsOf(change: Change): string {
  if (change.kind === 'createTask') return change.patch.subject ?? '';
  return 'subject' in change ? change.subject : change.name;
}

/** Sends a parked change again. */
export function useRetryChange() {
  const { outbox } = useDeps();
  return useMutation({ networkMode: 'always', mutationFn: (id: string) => outbox.retry(id) });
}

/** Drops a change, and everything that cannot go without it: see `useDependentChanges`. */
export function useDiscardChange() {
  const { outbox } = useDeps();
  return useMutation({ networkMode: 'always', mutationFn: (id: string) => outbox.discard(id) });
}

/** What would go with a change if it were dropped: later changes of the same thing and of what was made inside it. */
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
  /** The device's storage refuses or is full: changes would not survive a reload. */
  storage: StorageErrorKind | null;
  /** The service asked for a pause until then. */
  pausedUntil: Instant | null;
};

/** The one line about sync. Sign-in comes before all: nothing moves without it. */
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
