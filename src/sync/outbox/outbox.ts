import { coalesce } from '../../domain/changes/coalesce.ts';
import { containerIdsOf, sharedIdPrefix, resolveChangeIds } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { PendingState } from '../../domain/listing/listing.ts';
import { addMs } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { openAccountDatabase } from '../storage/database.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import { blobsOf } from '../storage/op.ts';
import type { Op } from '../storage/op.ts';
import { createBulkOutbox } from './bulkOutbox.ts';
import { dependentsOf, idsCreatedBy, hasDependents } from './dependencies.ts';
import { createOutboxState } from './outboxState.ts';
import type { OutboxState } from './outboxState.ts';
import type { Channel } from '../platform/ports.ts';
import { rebaseOnDiscard } from './rebase.ts';
import { createAccountStore, createMemoryStore, restoreAccountRecords, StorageError } from '../storage/accountStore.ts';
import type { AccountStore, ImportStep, StorageErrorKind, StoredAccount } from '../storage/accountStore.ts';
import type { DraftLog } from '../storage/draftLog.ts';
import { createPreferenceStore } from '../storage/preferences.ts';
import type { PreferenceStore } from '../storage/preferences.ts';

/** Changes not yet accepted by the server, durable across reloads. */
export type Outbox = {
  /** Oldest first, with every known id filled in. The same array until something changes. */
  ops: () => readonly Op[];
  stateOf: (op: Op) => PendingState;
  subscribe: (listener: () => void) => () => void;
  /**
   * Shows at once; resolves with the change's id when it is stored. Joins the change before it when that is unsent and
   * one change can express both (docs/architecture.md#unsent-updates-coalesce). Rejects with StorageError when it
   * cannot be stored.
   * @param content of a file to be attached, stored with the change until it has arrived.
   */
  add: (change: Change, content?: Blob) => Promise<string>;
  /**
   * Many changes of different things at once: seen together, saved together or not at all, never joined to earlier ones, so
   * that each can be taken back by itself. Resolves with their ids in the same order.
   */
  addMany: (changes: readonly Change[]) => Promise<readonly string[]>;
  /** The same for a piece of an import; null when another tab has added it, or given the import up. */
  addPiece: (changes: readonly Change[], step: ImportStep) => Promise<readonly string[] | null>;
  /** Sends a parked change again. */
  retry: (opId: string) => Promise<void>;
  /** Says a parked change anew, in its place, and sends it: nothing is lost in between. */
  rewrite: (opId: string, change: Change) => Promise<void>;
  /** What cannot go without this change: later changes of the thing it would have made, and of things made inside that. */
  dependents: (opId: string) => readonly Op[];
  /** Drops the change and its dependents. */
  discard: (opId: string) => Promise<void>;
  /** Takes a change back that was not sent yet; false when it is too late, or when later ones build on it. */
  undo: (changeId: string) => Promise<boolean>;
  /** The same for many at once. Resolves with those that were taken back. */
  undoMany: (changeIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Gives up a file that is on its way, also when it is being sent. */
  cancelUpload: (opId: string) => Promise<void>;
  /** How much of a file has arrived: 0 to 1. */
  progressOf: (opId: string) => number;
  /** A file that waits on this device, to be shown before it has arrived. */
  blob: (key: string) => Promise<Blob | undefined>;
  /** The server's id for a local one, once known; else the id itself. */
  resolve: (id: string) => string;
  /** The local id that a server id had when it was made here; else the id itself. A stable key for rows. */
  originOf: (id: string) => string;
  storageError: () => StorageErrorKind | null;
  /** What the server answered to something that did not go through here: into the snapshots of every tab, and of the disk. */
  publish: (effect: ServerResult) => Promise<void>;
  preferences: PreferenceStore;
  /** What the server's answers mean for the snapshots: called before the ops are forgotten, in the same turn. */
  onServerResults: (listener: (effects: readonly ServerResult[]) => void) => () => void;
  /** For the sending side, which is fetched after the first screen. */
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

/** How long a delete waits for a change of mind, in wall time. */
const undoMs = 8_000;
const waits: readonly Change['kind'][] = ['deleteTask', 'removeAttachment'];

/** Opens the account's outbox. A browser that refuses storage gets one in memory, and `trouble()` says so. */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  try {
    const database = await openAccountDatabase(options.account);
    const store = createAccountStore(database);
    const loaded = await store.load();
    await forgetOldIds(store, loaded);
    const outbox = createOutbox(options, store, loaded, null);
    // Thrown away by the browser while the page is open: what waits is not lost as long as it is here.
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

/** Local ids serve open addresses and waiting changes; when nothing waits, the disk need not keep more of them than this. */
const keptIds = 200;

async function forgetOldIds(store: AccountStore, { ops, ids, imports }: StoredAccount): Promise<void> {
  if (ops.length > 0 || imports > 0 || ids.size <= keptIds) return;
  // What is left of a share asks for its own, whenever it goes on.
  const old = [...ids.keys()].filter((local) => !local.startsWith(sharedIdPrefix));
  await store.write({ ids: old.map((local) => [local, null]) });
}

function createOutbox(
  { clock, newId, channel, draftLog }: OutboxOptions,
  store: AccountStore,
  loaded: StoredAccount,
  refused: StorageErrorKind | null,
): Outbox {
  const state = createOutboxState(channel, store, loaded, refused);
  const { unsaved, inFlight, find, saving, show } = state;

  async function add(made: Change, content?: Blob): Promise<string> {
    const id = newId();
    const change = resolveChangeIds(made, state.ids);
    const before = joinable(state, change);
    if (before !== null && (await join(state, before, change))) return id;
    await append(opOf(id, change), content);
    return id;
  }

  function opOf(id: string, made: Change): Omit<Op, 'seq'> {
    return {
      id,
      change: resolveChangeIds(made, state.ids),
      madeAt: clock.now(),
      notBefore: waits.includes(made.kind) ? addMs(clock.now(), undoMs) : null,
      repeatabilityId: newId(),
      firstSentAt: null,
      attempts: 0,
      parked: null,
    };
  }

  async function append(op: Omit<Op, 'seq'>, content?: Blob): Promise<void> {
    const [key] = blobsOf([{ ...op, seq: 0 }]);
    if (content !== undefined && key !== undefined) state.files.set(key, content);
    unsaved.add(op.id);
    show([...state.ops(), { ...op, seq: (state.ops().at(-1)?.seq ?? 0) + 1 }]);
    try {
      const saved = await saving(() =>
        store.append(op, content === undefined || key === undefined ? undefined : { key, blob: content }),
      );
      unsaved.delete(op.id);
      state.replace([saved], [saved]);
    } catch (error) {
      unsaved.delete(op.id);
      show(state.ops().filter((one) => one.id !== op.id));
      throw error;
    }
    state.tellOthers();
    state.tellDrain();
  }

  /** Away from disk and screen, with what later ops make of it. */
  async function remove(gone: readonly Op[], changed: readonly Op[]): Promise<void> {
    await saving(() =>
      store.write({
        remove: gone.map(({ seq }) => seq),
        removeBlobs: blobsOf(gone),
        ...(changed.length > 0 && {
          rebase: { seqs: changed.map(({ seq }) => seq), step: (ops) => ops.map((op) => changedBy(changed, op)) },
        }),
      }),
    );
    const ids = new Set(gone.map(({ id }) => id));
    show(
      state
        .ops()
        .filter(({ id }) => !ids.has(id))
        .map((op) => changedBy(changed, op)),
    );
    state.tellOthers();
    state.tellDrain();
  }

  async function drop(opId: string): Promise<void> {
    const op = find(opId);
    if (op === undefined || inFlight.has(op.id) || unsaved.has(opId)) return;
    const ops = state.savedOps();
    await remove([op, ...dependentsOf(ops, op)], rebaseOnDiscard(ops, op));
  }

  /** What was made and deleted again is made once more. */
  async function revive(changeId: string): Promise<boolean> {
    const ops = state.cancelled.get(changeId);
    if (ops === undefined) return false;
    state.cancelled.delete(changeId);
    for (const { seq: _seq, ...op } of ops.filter(({ id }) => id !== changeId)) await append(op);
    return true;
  }

  return {
    ops: state.ops,
    stateOf: (op) => (op.parked !== null ? 'parked' : inFlight.has(op.id) ? 'sending' : 'waiting'),
    subscribe: state.subscribe,
    add,
    ...createBulkOutbox({ state, store, opOf, newId }),
    async retry(opId) {
      const op = find(opId);
      if (op === undefined) return;
      await state.change([op], ({ retryAt: _retryAt, ...one }) => ({
        ...one,
        parked: null,
        attempts: 0,
        // The server would refuse the same key for ever; the person has looked, and wants it sent as if for the first time.
        ...(one.parked?.mayHaveArrived === true && { repeatabilityId: newId(), firstSentAt: null }),
      }));
      state.tellDrain();
    },
    async rewrite(opId, made) {
      const op = find(opId);
      if (op === undefined) return;
      await state.change([op], ({ retryAt: _retryAt, ...one }) =>
        one.parked === null
          ? one
          : {
              ...one,
              change: resolveChangeIds(made, state.ids),
              parked: null,
              attempts: 0,
              firstSentAt: null,
              isMerged: true,
            },
      );
      state.tellDrain();
    },
    dependents(opId) {
      const op = find(opId);
      return op === undefined ? [] : dependentsOf(state.ops(), op);
    },
    discard: drop,
    async undo(changeId) {
      const op = find(changeId);
      if (op === undefined) return revive(changeId);
      if (unsaved.has(changeId) || op.isMerged === true || hasDependents(state.ops(), op)) return false;
      let isBack = false;
      await state.change([op], (one) => {
        isBack = one.firstSentAt === null && one.isMerged === undefined;
        return isBack ? null : one;
      });
      if (isBack && blobsOf([op]).length > 0) await saving(() => store.write({ removeBlobs: blobsOf([op]) }));
      return isBack;
    },
    async cancelUpload(opId) {
      const op = find(opId);
      if (op?.change.kind !== 'addAttachment' || unsaved.has(opId)) return;
      await remove([op, ...dependentsOf(state.savedOps(), op)], []);
    },
    progressOf: (opId) => state.progress.get(opId) ?? 0,
    blob: store.blob,
    resolve: state.resolve,
    originOf: state.originOf,
    storageError: state.trouble,
    preferences: createPreferenceStore(loaded.preferences, state.writeTexts, draftLog),
    onServerResults: state.onEffects,
    async publish(effect) {
      state.deliver([effect]);
      state.tellOthers({ kind: 'effect', effect });
      try {
        await saving(() => store.write({ results: [{ effect, at: clock.now() }] }));
      } catch (error) {
        // `saving` has told it, and the next pull says it to the disk again.
        if (!(error instanceof StorageError)) throw error;
      }
    },
    state,
    close() {
      state.stopHearing();
      channel.close();
      store.close();
    },
  };
}

const changedBy = (changed: readonly Op[], op: Op) => {
  const next = changed.find(({ id }) => id === op.id);
  return next === undefined ? op : { ...op, change: next.change };
};

/** The op before it that a change can be joined to, as far as this tab knows. */
function joinable(state: OutboxState, made: Change): Op | null {
  const before = state.ops().findLast(({ change }) => change.id === made.id);
  if (before === undefined || state.unsaved.has(before.id)) return null;
  // Into something made later: joined, it would stand before what it needs, and not go with it.
  const places = containerIdsOf(made);
  const isAhead = (op: Op) => op.seq > before.seq && idsCreatedBy(op.change).some((id) => places.includes(id));
  return state.ops().some(isAhead) || joinedTo(before, made) === null ? null : before;
}

function joinedTo(op: Op, made: Change): Op | 'nothing' | null {
  if (op.firstSentAt !== null || op.parked !== null) return null;
  const change = coalesce(op.change, made);
  return change === null || change === 'nothing' ? change : { ...op, change, isMerged: true };
}

/**
 * Joins a change to the one before it of the same thing, if that was neither sent nor stopped; false when it has to go by
 * itself. What leaves in this moment, or is changed by another tab, is seen on disk: the op is read and written in one
 * transaction.
 */
async function join(state: OutboxState, before: Op, made: Change): Promise<boolean> {
  const joined = (op: Op) => joinedTo(state.known(op), made);
  const shown = joined(before);
  const others = state.ops();
  const next = others.filter(({ id }) => id !== before.id);
  if (shown !== null) state.show(shown === 'nothing' ? next : others.map((op) => (op.id === before.id ? shown : op)));
  let isJoined = false;
  try {
    await state.change([before], (op) => {
      const one = joined(op);
      isJoined = one !== null;
      return one === null ? op : one === 'nothing' ? null : one;
    });
  } catch (error) {
    state.show(
      state.ops().some(({ id }) => id === before.id)
        ? state.ops().map((op) => (op.id === before.id ? before : op))
        : [...state.ops(), before],
    );
    throw error;
  }
  if (isJoined) state.tellDrain();
  return isJoined;
}
