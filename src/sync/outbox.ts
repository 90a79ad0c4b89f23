import { withIds } from '../domain/change.ts';
import type { Change } from '../domain/change.ts';
import type { RowState } from '../domain/listing.ts';
import { addMs } from '../domain/time.ts';
import type { Clock } from '../domain/time.ts';
import type { Effect } from './effect.ts';
import type { Channel } from './ports.ts';
import type { Op, Parking } from './op.ts';
import { afterDrop, dependentsOf } from './order.ts';
import { openAccountDatabase } from './database.ts';
import { accountStore, memoryStore, StorageError } from './storage.ts';
import type { AccountStore, Batch, StorageTrouble, Stored } from './storage.ts';
import type { TextJournal } from './textJournal.ts';
import { createTexts } from './texts.ts';
import type { Texts } from './texts.ts';

/** Changes not yet accepted by the server, durable across reloads. */
export type Outbox = {
  /** Oldest first, with every known id filled in. The same array until something changes. */
  ops: () => readonly Op[];
  stateOf: (op: Op) => RowState;
  subscribe: (listener: () => void) => () => void;
  /** Seen at once; resolves with the op's id when it is saved on disk. Rejects with StorageError when it cannot be. */
  add: (change: Change) => Promise<string>;
  /** Sends a parked change again. */
  retry: (opId: string) => Promise<void>;
  /** What cannot go without this change: later changes of the thing it would have made, and of things made inside that. */
  dependents: (opId: string) => readonly Op[];
  /** Drops the change and its dependents. */
  drop: (opId: string) => Promise<void>;
  /** Takes a change back that was not sent yet; false when it is too late. */
  undo: (opId: string) => Promise<boolean>;
  /** The server's id for a local one, once known; else the id itself. */
  resolve: (id: string) => string;
  /** The local id that a server id had when it was made here; else the id itself. A stable key for rows. */
  originOf: (id: string) => string;
  trouble: () => StorageTrouble | null;
  texts: Texts;
  /** What the server's answers mean for the snapshots: called before the op is forgotten, in the same turn. */
  onEffect: (listener: (effect: Effect) => void) => () => void;
  sending: SendingSide;
  close: () => void;
};

/** For the drain only. */
export type SendingSide = {
  /** What is safe on disk, oldest first: nothing else may leave. */
  ops: () => readonly Op[];
  /** Something was added or released that may be sent now: here, or in another tab. */
  onWork: (listener: (isOwn: boolean) => void) => () => void;
  /** Reads again what other tabs have written. */
  reload: () => Promise<void>;
  /** Marks the op as sent, on disk, before its request leaves. Undefined when it is gone or parked by now. */
  begin: (op: Op) => Promise<Op | undefined>;
  /** The server took it. In one turn: snapshots, ids, forgotten (rule 5). `rebased` are later ops on the answer's base. */
  settle: (op: Op, effect: Effect, rebased: readonly Op[]) => Promise<void>;
  /** Not now; `counts` when a server that was reached said so. */
  postpone: (op: Op, counts: boolean) => Promise<void>;
  park: (op: Op, parking: Parking) => Promise<void>;
};

export type OutboxOptions = {
  account: string;
  clock: Clock;
  newId: () => string;
  channel: Channel;
  journal?: TextJournal;
};

/** How long a delete waits for a change of mind, in wall time. */
const undoMs = 8_000;

/** Opens the account's outbox. A browser that refuses storage gets one in memory, and `trouble()` says so. */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  try {
    const store = accountStore(await openAccountDatabase(options.account));
    const loaded = await store.load();
    await forgetOldIds(store, loaded);
    return createOutbox(options, store, loaded, null);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const store = memoryStore();
    return createOutbox(options, store, await store.load(), error.trouble);
  }
}

/** Local ids serve open addresses and waiting changes; when nothing waits, the disk need not keep more of them than this. */
const keptIds = 200;

async function forgetOldIds(store: AccountStore, { ops, ids }: Stored): Promise<void> {
  if (ops.length > 0 || ids.size <= keptIds) return;
  await store.write({ ids: [...ids.keys()].map((local) => [local, null]) });
}

function createOutbox(
  { clock, newId, channel, journal }: OutboxOptions,
  store: AccountStore,
  loaded: Stored,
  refused: StorageTrouble | null,
): Outbox {
  const ids = new Map(loaded.ids);
  const origins = new Map([...ids].map(([local, server]) => [server, local]));
  const listeners = new Set<() => void>();
  const effectListeners = new Set<(effect: Effect) => void>();
  const unsaved = new Set<string>();
  let inFlight: string | null = null;
  let trouble = refused;
  let ops: readonly Op[] = loaded.ops.map(known);

  function known(op: Op): Op {
    const change = withIds(op.change, ids);
    return change === op.change ? op : { ...op, change };
  }
  function show(next: readonly Op[]) {
    ops = next;
    for (const listener of listeners) listener();
  }
  function notice(next: StorageTrouble | null) {
    if (next === trouble) return;
    trouble = next;
    show([...ops]);
  }
  function learn(pairs: readonly (readonly [string, string])[]) {
    for (const [local, server] of pairs) {
      ids.set(local, server);
      origins.set(server, local);
    }
  }
  const replace = (op: Op) => show(ops.map((one) => (one.id === op.id ? known(op) : one)));
  const find = (opId: string) => ops.find((op) => op.id === opId);
  const tellOthers = (effect?: Effect) =>
    channel.post(effect === undefined ? { kind: 'ops' } : { kind: 'effect', effect });

  /** Every write goes through here: a refusal is remembered for the person, then passed on. */
  async function saving<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      notice(refused);
      return result;
    } catch (error) {
      if (error instanceof StorageError) notice(error.trouble);
      throw error;
    }
  }

  async function writeTexts(texts: Batch['texts']): Promise<boolean> {
    try {
      await saving(() => store.write({ texts: texts ?? [] }));
      return true;
    } catch (error) {
      // `saving` has told it: `trouble()`.
      if (error instanceof StorageError) return false;
      throw error;
    }
  }

  /** Changes one op here and on disk; what another tab did to it meanwhile wins. */
  async function change(op: Op, step: (op: Op) => Op | null): Promise<Op | undefined> {
    const changed = await saving(() => store.change(op.seq, step));
    if (changed === undefined || changed === null) show(ops.filter((one) => one.id !== op.id));
    else replace(changed);
    tellOthers();
    return changed ?? undefined;
  }

  /** What is on disk, without making what is being saved right now blink. */
  async function read(): Promise<readonly Op[]> {
    const stored = await saving(store.load);
    learn([...stored.ids]);
    const saved = new Set(stored.ops.map(({ id }) => id));
    const shown = new Map(ops.map((op) => [op.id, op]));
    // What did not change stays the same object, so that nothing is drawn again for it.
    const same = (op: Op) => {
      const before = shown.get(op.id);
      return before !== undefined && JSON.stringify(before) === JSON.stringify(op) ? before : op;
    };
    const current = stored.ops.map((op) => same(known(op)));
    return [...current, ...ops.filter((op) => unsaved.has(op.id) && !saved.has(op.id))];
  }

  /** Another tab changed the outbox, or had an answer: its rows and the new ops are shown in one turn. */
  async function hear(message: unknown) {
    if (!isMessage(message)) return;
    try {
      ops = await read();
    } catch (error) {
      if (error instanceof StorageError) return;
      throw error;
    }
    if (message.kind === 'effect') for (const listener of effectListeners) listener(message.effect);
    show(ops);
    tellDrain(false);
  }
  const stopHearing = channel.onMessage((message) => void hear(message));

  const workListeners = new Set<(isOwn: boolean) => void>();
  const tellDrain = (isOwn = true) => {
    for (const listener of workListeners) listener(isOwn);
  };
  const sending: SendingSide = {
    ops: () => (unsaved.size === 0 ? ops : ops.filter((op) => !unsaved.has(op.id))),
    onWork(listener) {
      workListeners.add(listener);
      return () => workListeners.delete(listener);
    },
    reload: async () => show(await read()),
    async begin(op) {
      const now = clock.now();
      let begun: Op | undefined;
      inFlight = op.id;
      try {
        begun = await change(op, (one) => (isFree(one) ? { ...one, firstSentAt: one.firstSentAt ?? now } : one));
      } finally {
        if (begun === undefined || !isFree(begun)) inFlight = null;
      }
      return inFlight === null || begun === undefined ? undefined : known(begun);
    },
    async settle(op, effect, rebased) {
      try {
        await saving(() => store.write({ remove: [op.seq], ids: effect.ids, replace: rebased }));
      } finally {
        inFlight = null;
      }
      learn(effect.ids);
      const byId = new Map(rebased.map((one) => [one.id, one]));
      ops = ops.filter((one) => one.id !== op.id).map((one) => known(byId.get(one.id) ?? one));
      for (const listener of effectListeners) listener(effect);
      show(ops);
      tellOthers(effect);
    },
    async postpone(op, counts) {
      inFlight = null;
      if (counts) await change(op, (one) => ({ ...one, attempts: one.attempts + 1 }));
      else show([...ops]);
    },
    async park(op, parking) {
      inFlight = null;
      await change(op, (one) => ({ ...one, parked: parking }));
    },
  };

  async function add(made: Change): Promise<string> {
    const op: Omit<Op, 'seq'> = {
      id: newId(),
      change: withIds(made, ids),
      madeAt: clock.now(),
      notBefore: made.kind === 'deleteTask' ? addMs(clock.now(), undoMs) : null,
      repeatabilityId: newId(),
      firstSentAt: null,
      attempts: 0,
      parked: null,
    };
    unsaved.add(op.id);
    show([...ops, { ...op, seq: (ops.at(-1)?.seq ?? 0) + 1 }]);
    try {
      const saved = await saving(() => store.append(op));
      unsaved.delete(op.id);
      replace(saved);
    } catch (error) {
      unsaved.delete(op.id);
      show(ops.filter((one) => one.id !== op.id));
      throw error;
    }
    tellOthers();
    tellDrain();
    return op.id;
  }

  async function drop(opId: string): Promise<void> {
    const op = find(opId);
    if (op === undefined || op.id === inFlight || unsaved.has(opId)) return;
    const gone = new Set([op, ...dependentsOf(sending.ops(), op)]);
    const rebased = afterDrop(sending.ops(), op);
    await saving(() => store.write({ remove: [...gone].map(({ seq }) => seq), replace: rebased }));
    const byId = new Map(rebased.map((one) => [one.id, one]));
    show(ops.filter((one) => ![...gone].some(({ id }) => id === one.id)).map((one) => byId.get(one.id) ?? one));
    tellOthers();
    tellDrain();
  }

  return {
    ops: () => ops,
    stateOf: (op) => (op.parked !== null ? 'parked' : op.id === inFlight ? 'sending' : 'waiting'),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add,
    async retry(opId) {
      const op = find(opId);
      if (op === undefined) return;
      await change(op, (one) => ({ ...one, parked: null, attempts: 0 }));
      tellDrain();
    },
    dependents(opId) {
      const op = find(opId);
      return op === undefined ? [] : dependentsOf(ops, op);
    },
    drop,
    async undo(opId) {
      const op = find(opId);
      if (op === undefined || unsaved.has(opId)) return false;
      let isBack = false;
      await change(op, (one) => {
        isBack = one.firstSentAt === null;
        return isBack ? null : one;
      });
      return isBack;
    },
    resolve: (id) => ids.get(id) ?? id,
    originOf: (id) => origins.get(id) ?? id,
    trouble: () => trouble,
    texts: createTexts(loaded.texts, writeTexts, journal),
    onEffect(listener) {
      effectListeners.add(listener);
      return () => effectListeners.delete(listener);
    },
    sending,
    close() {
      stopHearing();
      channel.close();
      store.close();
    },
  };
}

const isFree = (op: Op) => op.parked === null;

type Message = { kind: 'ops' } | { kind: 'effect'; effect: Effect };

/** Only this app posts on the channel; a tab with another version may post what this one does not know. */
function isMessage(message: unknown): message is Message {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  return message.kind === 'ops' || (message.kind === 'effect' && 'effect' in message);
}
