import { createEmitter } from '../../domain/async/observable.ts';
import type { AccountStore, StoredAccount, StorageErrorKind } from '../storage/accountStore.ts';
import type { Op } from '../storage/op.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { Channel } from '../platform/ports.ts';
import { createKnownIds } from './knownIds.ts';
import { followOtherTabs } from './outboxBroadcast.ts';
import type { TabMessage } from './outboxBroadcast.ts';
import { createOutboxStorage } from './outboxStorage.ts';
import { createShownOps } from './shownOps.ts';
import { createUploadProgress } from './uploadProgress.ts';

export type OutboxState = ReturnType<typeof createOutboxState>;

/** The ops of one account as this tab knows them, in step with the disk and with other tabs. */
export function createOutboxState(
  channel: Channel,
  store: AccountStore,
  loaded: StoredAccount,
  initialError: StorageErrorKind | null,
) {
  const known = createKnownIds(loaded.ids);
  const shown = createShownOps(loaded.ops.map(known.resolved));
  const storage = createOutboxStorage(store, shown, known, initialError);
  const results = createEmitter<[results: readonly ServerResult[]]>();
  const work = createEmitter<[isOwn: boolean]>();
  /** Being sent by this tab. */
  const inFlight = new Set<string>();
  const uploads = createUploadProgress();
  /** Ops that were never sent because a delete undid them, by the id of the delete. */
  const cancelled = new Map<string, readonly Op[]>();

  const broadcast = (message: TabMessage = { kind: 'ops' }) => channel.post(message);
  const notifySender = (isOwn = true) => void work.emit(isOwn);
  const replace = (replaced: readonly Op[], replacements: readonly Op[]) =>
    shown.replace(replaced, replacements.map(known.resolved));

  /** Changes ops in memory and on disk, starting from the stored ones. Returns those that still exist. */
  async function change(ops: readonly Op[], step: (op: Op) => Op | null): Promise<readonly Op[]> {
    const seqs = ops.map(({ seq }) => seq);
    const changed = await storage.persist(() => store.change(seqs, step));
    const left = changed.filter((op) => op !== undefined && op !== null);
    replace(ops, left);
    const there = new Set(left.map(({ id }) => id));
    broadcast({ kind: 'ops', removed: ops.flatMap(({ id }) => (there.has(id) ? [] : [id])) });
    return left;
  }

  const stopListening = followOtherTabs(channel, {
    onProgress: (opId, share) => uploads.set(opId, share),
    onCancelled: (opId, ops) => cancelled.set(opId, ops),
    read: storage.read,
    onRead(ops, read, removed) {
      shown.put(withSettling(shown.ops(), ops, new Set(removed)));
      if (read.length > 0) results.emit(read);
      shown.show(shown.ops());
      notifySender(false);
    },
    onStorageError: storage.report,
  });

  return {
    ...known,
    ...shown,
    ...storage,
    store,
    inFlight,
    cancelled,
    uploads,
    replace,
    change,
    deliver: (delivered: readonly ServerResult[]) => void results.emit(delivered),
    broadcast,
    notifySender,
    onServerResults: results.subscribe,
    onWork: work.subscribe,
    stopListening,
  };
}

/**
 * The stored ops, with those of which nobody has said that they are gone. A sender removes ops on disk before it tells what
 * the server has answered; until then their rows would show as they were. They go with the answer, or when the sender reads.
 */
function withSettling(shown: readonly Op[], stored: readonly Op[], removed: ReadonlySet<string>): readonly Op[] {
  const there = new Set(stored.map(({ id }) => id));
  const settling = shown.filter(({ id }) => !there.has(id) && !removed.has(id));
  return settling.length === 0 ? stored : [...stored, ...settling].toSorted((a, b) => a.seq - b.seq);
}
