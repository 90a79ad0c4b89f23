import { resolveChangeIds } from '../../domain/changes/change.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import { blobsOf } from '../storage/op.ts';
import type { Op } from '../storage/op.ts';
import type { Channel } from '../platform/ports.ts';
import { StorageError } from '../storage/accountStore.ts';
import type { AccountStore, StoreBatch, StoredAccount, StorageErrorKind } from '../storage/accountStore.ts';

/** What tabs tell each other. */
export type TabMessage =
  | { kind: 'ops' }
  | { kind: 'effect'; effect: ServerResult; others?: readonly ServerResult[] }
  | { kind: 'progress'; opId: string; share: number }
  | { kind: 'cancelled'; opId: string; ops: readonly Op[] };

export type OutboxState = ReturnType<typeof createOutboxState>;

/**
 * The ops of one account as this tab knows them, in step with the disk and with other tabs. What is written goes through
 * here, so that a refusal of the disk is remembered for the person.
 */
export function createOutboxState(
  channel: Channel,
  store: AccountStore,
  loaded: StoredAccount,
  refused: StorageErrorKind | null,
) {
  const ids = new Map(loaded.ids);
  const origins = new Map([...ids].map(([local, server]) => [server, local]));
  const listeners = new Set<() => void>();
  const effectListeners = new Set<(effects: readonly ServerResult[]) => void>();
  const workListeners = new Set<(isOwn: boolean) => void>();
  /** Shown already, and on their way to the disk. */
  const unsaved = new Set<string>();
  /** Being sent by this tab. */
  const inFlight = new Set<string>();
  /** How much of a file has arrived, by op: 0 to 1. */
  const progress = new Map<string, number>();
  /** What was never sent because it was deleted again, by the id of the delete. */
  const cancelled = new Map<string, readonly Op[]>();
  /** Files of this page that wait, by their key: what is on disk may be thrown away. */
  const files = new Map<string, Blob>();
  let trouble = refused;
  let ops: readonly Op[] = loaded.ops.map(known);
  /** Counts what this tab has written, so that an older reading of the disk is noticed. */
  let writes = 0;

  function known(op: Op): Op {
    const change = resolveChangeIds(op.change, ids);
    return change === op.change ? op : { ...op, change };
  }
  function show(next: readonly Op[]) {
    ops = next;
    const waiting = files.size === 0 ? [] : blobsOf(ops);
    for (const key of files.keys()) if (!waiting.includes(key)) files.delete(key);
    for (const listener of listeners) listener();
  }
  function notice(next: StorageErrorKind | null) {
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
  /** Shows `news` in the place of `those`, and none for what is gone. */
  function replace(those: readonly Op[], news: readonly Op[]) {
    const gone = new Set(those.map(({ id }) => id));
    const byId = new Map(news.map((op) => [op.id, known(op)]));
    show(ops.flatMap((one) => byId.get(one.id) ?? (gone.has(one.id) ? [] : one)));
  }
  const tellOthers = (message: TabMessage = { kind: 'ops' }) => channel.post(message);
  const tellDrain = (isOwn = true) => {
    for (const listener of workListeners) listener(isOwn);
  };
  const deliver = (effects: readonly ServerResult[]) => {
    for (const listener of effectListeners) listener(effects);
  };

  /** Every write goes through here: a refusal is remembered for the person, then passed on. */
  async function saving<T>(work: () => Promise<T>): Promise<T> {
    writes += 1;
    try {
      const result = await work();
      notice(refused);
      return result;
    } catch (error) {
      if (error instanceof StorageError) notice(error.kind);
      throw error;
    } finally {
      writes += 1;
    }
  }

  async function writeTexts(texts: StoreBatch['preferences']): Promise<boolean> {
    try {
      await saving(() => store.write({ preferences: texts ?? [] }));
      return true;
    } catch (error) {
      // `saving` has told it: `trouble()`.
      if (error instanceof StorageError) return false;
      throw error;
    }
  }

  /** Changes ops here and on disk; what another tab did to one meanwhile wins. Answers those that are still there. */
  async function change(those: readonly Op[], step: (op: Op) => Op | null): Promise<readonly Op[]> {
    const seqs = those.map(({ seq }) => seq);
    const changed = (await saving(() => store.change(seqs, step))).filter((op) => op !== undefined && op !== null);
    replace(those, changed);
    tellOthers();
    return changed;
  }

  /** What is on disk, without making what is being saved right now blink. */
  async function read(): Promise<readonly Op[]> {
    for (;;) {
      const before = writes;
      const stored = await store.load();
      if (writes !== before) continue;
      notice(refused);
      learn([...stored.ids]);
      const saved = new Set(stored.ops.map(({ id }) => id));
      const shown = new Map(ops.map((op) => [op.id, op]));
      // What did not change stays the same object, so that nothing is drawn again for it.
      const same = (op: Op) => {
        const earlier = shown.get(op.id);
        return earlier !== undefined && JSON.stringify(earlier) === JSON.stringify(op) ? earlier : op;
      };
      const current = stored.ops.map((op) => same(known(op)));
      return [...current, ...ops.filter((op) => unsaved.has(op.id) && !saved.has(op.id))];
    }
  }

  // ---- Other tabs ------------------------------------------------------------------------------------------------------

  const heard: ServerResult[] = [];
  let isReading = false;
  let hasNews = false;

  /** Another tab changed the outbox, or had an answer: its rows and the new ops are shown in one turn. */
  async function catchUp() {
    hasNews = true;
    if (isReading) return;
    isReading = true;
    try {
      while (hasNews) {
        hasNews = false;
        ops = await read();
        if (heard.length > 0) deliver(heard.splice(0));
        show(ops);
        tellDrain(false);
      }
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      notice(error.kind);
    } finally {
      isReading = false;
    }
  }
  const stopHearing = channel.onMessage((message) => {
    if (!isMessage(message)) return;
    if (message.kind === 'progress') {
      setProgress(message.opId, message.share);
      return;
    }
    if (message.kind === 'cancelled') cancelled.set(message.opId, message.ops);
    if (message.kind === 'effect') heard.push(message.effect, ...(message.others ?? []));
    void catchUp();
  });

  function setProgress(opId: string, share: number) {
    progress.set(opId, share);
    if (ops.some(({ id }) => id === opId)) show([...ops]);
  }

  return {
    store,
    ops: () => ops,
    /** What is safe on disk: nothing else may leave. */
    savedOps: () => (unsaved.size === 0 ? ops : ops.filter((op) => !unsaved.has(op.id))),
    find: (opId: string) => ops.find((op) => op.id === opId),
    unsaved,
    inFlight,
    cancelled,
    progress,
    setProgress,
    ids,
    files,
    known,
    show,
    /** Sets the ops without telling: the caller tells of them with something else, in one turn. */
    put: (next: readonly Op[]) => (ops = next),
    learn,
    replace,
    change,
    read,
    saving,
    writeTexts,
    deliver,
    tellOthers,
    tellDrain,
    resolve: (id: string) => ids.get(id) ?? id,
    originOf: (id: string) => origins.get(id) ?? id,
    trouble: () => trouble,
    subscribe: subscription(listeners),
    onEffects: subscription(effectListeners),
    onWork: subscription(workListeners),
    stopHearing,
  };
}

function subscription<T>(listeners: Set<T>) {
  return (listener: T) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
}

const kinds: readonly unknown[] = ['ops', 'effect', 'progress', 'cancelled'];

/** Only this app posts on the channel; a tab with another version may post what this one does not know. */
function isMessage(message: unknown): message is TabMessage {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  return kinds.includes(message.kind) && (message.kind !== 'effect' || 'effect' in message);
}
