import type { AccountDatabase } from './database.ts';
import type { Op } from './op.ts';

export { eraseAccountStore, StorageError } from './database.ts';
export type { StorageTrouble } from './database.ts';

/** What is written together: all of it or nothing. */
export type Batch = {
  /** In place of what is there: an op that another tab took away meanwhile stays away. */
  replace?: readonly Op[];
  /** Sequence numbers. */
  remove?: readonly number[];
  /** Local id → server id; null forgets. */
  ids?: readonly (readonly [string, string | null])[];
  texts?: readonly (readonly [string, string | null])[];
};

export type Stored = { ops: readonly Op[]; ids: ReadonlyMap<string, string>; texts: ReadonlyMap<string, string> };

/** One account's database. Every method rejects with StorageError and nothing else. */
export type AccountStore = {
  load: () => Promise<Stored>;
  /** Gives the op the next sequence number, unique among all tabs. */
  append: (op: Omit<Op, 'seq'>) => Promise<Op>;
  /** Reads an op and writes what `step` makes of it in one transaction; null removes it. Undefined when it is gone. */
  change: (seq: number, step: (op: Op) => Op | null) => Promise<Op | null | undefined>;
  write: (batch: Batch) => Promise<void>;
  close: () => void;
};

/** The ops, ids and texts in an account's database. */
export function accountStore(database: AccountDatabase): AccountStore {
  // A change is promised to be on disk before it is sent, so writing means flushed.
  const writing = { durability: 'strict' } as const;
  return {
    load: () =>
      database.use(async (db) => {
        const tx = db.transaction(['ops', 'ids', 'texts']);
        const [ops, ids, texts] = await Promise.all([
          tx.objectStore('ops').getAll(),
          entriesOf(tx.objectStore('ids')),
          entriesOf(tx.objectStore('texts')),
        ]);
        return { ops, ids: new Map(ids), texts: new Map(texts) };
      }),
    append: (op) =>
      database.use(async (db) => {
        const tx = db.transaction('ops', 'readwrite', writing);
        // The key is the database's to give: `seq` is not there yet, which the types of idb cannot say.
        const seq = await tx.store.add(op as Op);
        await tx.done;
        return { ...op, seq };
      }),
    change: (seq, step) =>
      database.use(async (db) => {
        const tx = db.transaction('ops', 'readwrite', writing);
        const op = await tx.store.get(seq);
        const changed = op === undefined ? undefined : step(op);
        if (changed === null) await tx.store.delete(seq);
        else if (changed !== undefined && changed !== op) await tx.store.put(changed);
        await tx.done;
        return changed;
      }),
    write: ({ replace = [], remove = [], ids = [], texts = [] }) =>
      database.use(async (db) => {
        const hasOps = replace.length + remove.length + ids.length > 0;
        const tx = db.transaction(['ops', 'ids', 'texts'], 'readwrite', hasOps ? writing : {});
        const [inOps, inIds, inTexts] = [tx.objectStore('ops'), tx.objectStore('ids'), tx.objectStore('texts')];
        await Promise.all([
          ...replace.map(async (op) => (await inOps.getKey(op.seq)) !== undefined && inOps.put(op)),
          ...remove.map((seq) => inOps.delete(seq)),
          ...ids.map(([local, server]) => (server === null ? inIds.delete(local) : inIds.put(server, local))),
          ...texts.map(([key, text]) => (text === null ? inTexts.delete(key) : inTexts.put(text, key))),
          tx.done,
        ]);
      }),
    close: database.close,
  };
}

async function entriesOf(store: {
  getAllKeys: () => Promise<string[]>;
  getAll: () => Promise<string[]>;
}): Promise<[string, string][]> {
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  return keys.map((key, at) => [key, values[at] ?? '']);
}

/** For a browser that refuses storage: the app works, and says that nothing survives a reload. */
export function memoryStore(): AccountStore {
  const ops = new Map<number, Op>();
  const ids = new Map<string, string>();
  const texts = new Map<string, string>();
  let last = 0;
  return {
    load: () => Promise.resolve({ ops: [...ops.values()], ids, texts }),
    append(op) {
      last += 1;
      const kept = { ...op, seq: last };
      ops.set(last, kept);
      return Promise.resolve(kept);
    },
    change(seq, step) {
      const op = ops.get(seq);
      const changed = op === undefined ? undefined : step(op);
      if (changed === null) ops.delete(seq);
      else if (changed !== undefined) ops.set(seq, changed);
      return Promise.resolve(changed);
    },
    write(batch) {
      for (const op of batch.replace ?? []) if (ops.has(op.seq)) ops.set(op.seq, op);
      for (const seq of batch.remove ?? []) ops.delete(seq);
      for (const [local, server] of batch.ids ?? []) {
        if (server === null) ids.delete(local);
        else ids.set(local, server);
      }
      for (const [key, text] of batch.texts ?? []) {
        if (text === null) texts.delete(key);
        else texts.set(key, text);
      }
      return Promise.resolve();
    },
    close: () => {},
  };
}
