import { sharedIdPrefix, resolveChangeIds } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { PendingState } from '../../domain/listing/listing.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { Channel } from '../platform/ports.ts';
import { createAccountStore, restoreAccountRecords, StorageError } from '../storage/accountStore.ts';
import { createMemoryStore } from '../storage/memoryStore.ts';
import type { AccountStore, HiddenRecords, StorageErrorKind, StoredAccount } from '../storage/accountStore.ts';
import { openAccountDatabase } from '../storage/database.ts';
import type { DraftLog } from '../storage/draftLog.ts';
import type { Op } from '../storage/op.ts';
import { createPreferenceStore } from '../storage/preferences.ts';
import type { PreferenceStore } from '../storage/preferences.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import { createOpAppender } from './appendOp.ts';
import { createBulkOutbox } from './bulkOutbox.ts';
import type { BulkOutbox } from './bulkOutbox.ts';
import { dependentsOf } from './dependencies.ts';
import { createOutboxState } from './outboxState.ts';
import type { OutboxState } from './outboxState.ts';
import { dropStaleMarks, withSentMarks } from './sentMarks.ts';
import { createOpRemoval } from './removeOps.ts';
import type { OpRemoval } from './removeOps.ts';

/** Changes not yet accepted by the server, durable across reloads. */
export type Outbox = BulkOutbox &
  OpRemoval & {
    /** Oldest first, with every known id filled in. The same array until something changes. */
    ops: () => readonly Op[];
    stateOf: (op: Op) => PendingState;
    subscribe: (listener: () => void) => () => void;
    /**
     * Shows at once; resolves with the change's id when it is stored. Joins the previous unsent change of the entity when one
     * change can express both (docs/architecture.md#unsent-updates-coalesce). Rejects with StorageError when not stored.
     * @param content of a file to be attached, stored with the change until it has arrived.
     */
    add: (change: Change, content?: Blob) => Promise<string>;
    /** Sends a parked change again. */
    retry: (opId: string) => Promise<void>;
    /** Replaces a parked change in its place, and sends it. */
    rewrite: (opId: string, change: Change) => Promise<void>;
    /** Later changes of what this change would create, and of what is created inside that. */
    dependents: (opId: string) => readonly Op[];
    /** How much of a file has arrived: 0 to 1. */
    progressOf: (opId: string) => number;
    /** Calls when `progressOf` changes; `subscribe` does not. */
    subscribeProgress: (listener: () => void) => () => void;
    /** A file that waits on this device, for its preview. */
    blob: (key: string) => Promise<Blob | undefined>;
    /** The server's id for a local one, once known; else the id itself. */
    resolve: (id: string) => string;
    /** The local id of a server id created here; else the id itself. A stable key for rows. */
    originOf: (id: string) => string;
    storageError: () => StorageErrorKind | null;
    /** What waits on this device and is not among `ops`. Rejects with StorageError. */
    countHidden: () => Promise<HiddenRecords>;
    /** Applies a server result that did not come from an op to the replicas of all tabs, and stores it. */
    publish: (result: ServerResult) => Promise<void>;
    preferences: PreferenceStore;
    /** Called before the ops are removed, in the same turn. */
    onServerResults: (listener: (results: readonly ServerResult[]) => void) => () => void;
    /** For the sender, which is loaded after the first paint. */
    state: OutboxState;
    close: () => void;
  };

export type OutboxOptions = {
  account: string;
  clock: Clock;
  newId: () => string;
  channel: Channel;
  draftLog?: DraftLog;
};

/** Opens the account's outbox. Where storage is denied it lives in memory, and `trouble()` reports it. */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  try {
    const database = await openAccountDatabase(options.account);
    const store = createAccountStore(database);
    const loaded = await store.load();
    await pruneIds(store, loaded);
    const outbox = createOutbox(options, store, loaded, null);
    // The browser deleted the database while the page is open: what this tab holds is written again.
    database.onLost((db) => {
      const { savedOps, ids, files } = outbox.state;
      return restoreAccountRecords(db, { ops: savedOps(), ids, preferences: outbox.preferences.all(), files });
    });
    return outbox;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const store = createMemoryStore();
    return createOutbox(options, store, await store.load(), error.kind);
  }
}

/** Local ids serve open URLs and waiting changes; when nothing waits, the disk keeps at most this many. */
const keptIds = 200;

async function pruneIds(store: AccountStore, { ops, unreadableOps, ids, imports }: StoredAccount): Promise<void> {
  if (ops.length + unreadableOps > 0 || imports > 0 || ids.size <= keptIds) return;
  // A resumed share looks up its own ids.
  const old = [...ids.keys()].filter((local) => !local.startsWith(sharedIdPrefix));
  await store.write({ ids: old.map((local) => [local, null]) });
}

function createOutbox(
  { clock, newId, channel, draftLog }: OutboxOptions,
  store: AccountStore,
  loaded: StoredAccount,
  initialError: StorageErrorKind | null,
): Outbox {
  const ops = withSentMarks(loaded.ops, loaded.preferences, draftLog);
  const state = createOutboxState(channel, store, { ...loaded, ops }, initialError);
  const preferences = createPreferenceStore(loaded.preferences, state.writePreferences, draftLog);
  dropStaleMarks(preferences, ops);
  const appender = createOpAppender(state, store, clock, newId);

  return {
    ops: state.ops,
    stateOf: (op) => (op.parked !== null ? 'parked' : state.inFlight.has(op.id) ? 'sending' : 'waiting'),
    subscribe: state.subscribe,
    add: appender.add,
    ...createBulkOutbox({ state, store, opOf: appender.opOf, newId }),
    ...createOpRemoval(state, store, appender),
    async retry(opId) {
      const op = state.find(opId);
      if (op === undefined) return;
      await state.change([op], ({ retryAt: _retryAt, retrySetAt: _retrySetAt, ...one }) => ({
        ...one,
        parked: null,
        attempts: 0,
        // The server would reject the same key again, so a retry by the person gets a new one.
        ...(one.parked?.mayHaveArrived === true && { repeatabilityId: newId(), firstSentAt: null }),
      }));
      state.notifySender();
    },
    async rewrite(opId, change) {
      const op = state.find(opId);
      if (op === undefined) return;
      const fresh = { parked: null, attempts: 0, firstSentAt: null, isMerged: true } as const;
      await state.change([op], ({ retryAt: _retryAt, retrySetAt: _retrySetAt, ...one }) =>
        one.parked === null ? one : { ...one, change: resolveChangeIds(change, state.ids), ...fresh },
      );
      state.notifySender();
    },
    dependents(opId) {
      const op = state.find(opId);
      return op === undefined ? [] : dependentsOf(state.ops(), op);
    },
    progressOf: state.uploads.shareOf,
    subscribeProgress: state.uploads.subscribe,
    blob: store.blob,
    countHidden: store.countHidden,
    resolve: state.resolve,
    originOf: state.originOf,
    storageError: state.storageError,
    preferences,
    onServerResults: state.onServerResults,
    async publish(result) {
      state.deliver([result]);
      state.broadcast({ kind: 'effect', effect: result });
      try {
        await state.persist(() => store.write({ results: [{ effect: result, at: clock.now() }] }));
      } catch (error) {
        // Reported by `persist`; the next pull stores it again.
        if (!(error instanceof StorageError)) throw error;
      }
    },
    state,
    close() {
      state.stopListening();
      channel.close();
      store.close();
    },
  };
}
