import type { IDBPDatabase } from 'idb';
import { writeTogether } from './database.ts';
import type { AccountDatabase, AccountSchema, StoredImport } from './database.ts';
import { readableOf, readableOr } from './readableRecords.ts';
import { isBlobRecord, isImport, isOp, readableOp } from './storedRecords.ts';
import { isUnsent } from './op.ts';
import type { Op } from './op.ts';
import { writeBatch } from './writeBatch.ts';
import type { StoreBatch } from './writeBatch.ts';

export { eraseAccountStore, StorageError } from './database.ts';
export type { StorageErrorKind } from './database.ts';

export type NewBlob = { key: string; blob: Blob };

export type StoredAccount = {
  ops: readonly Op[];
  /** Ops of another version of the app, which stay on disk for it. */
  unreadableOps: number;
  ids: ReadonlyMap<string, string>;
  preferences: ReadonlyMap<string, string>;
  /** How many imports are running. */
  imports: number;
};

/** What is on disk beside the readable ops, and lost with the database. */
export type HiddenRecords = {
  /** Ops and imports that this version of the app cannot read. */
  unreadable: number;
  /** Tasks of imports that are not ops yet. */
  importing: number;
};

/**
 * The ops are a piece of an import: stored only if that piece is its next one. What `made` returns replaces the stored
 * piece.
 */
export type ImportStep = { id: string; piece: number; summarize: (ops: readonly Pick<Op, 'id' | 'change'>[]) => Blob };

/** One account's database. Every method rejects with StorageError and nothing else. */
export type AccountStore = {
  load: () => Promise<StoredAccount>;
  countHidden: () => Promise<HiddenRecords>;
  /** Gives the op the next sequence number, unique among all tabs. */
  append: (op: Omit<Op, 'seq'>, file?: NewBlob) => Promise<Op>;
  /** All of them, in this order, or none; null when `step` was already done. */
  appendMany: (ops: readonly Omit<Op, 'seq'>[], step?: ImportStep) => Promise<readonly Op[] | null>;
  /** Removes those of these ops that were neither sent nor joined. Returns which. */
  removeUnsent: (seqs: readonly number[]) => Promise<readonly number[]>;
  /**
   * Reads ops and writes what `step` returns for each, in one transaction; null removes it. Undefined for a removed
   * one.
   */
  change: (seqs: readonly number[], step: (op: Op) => Op | null) => Promise<readonly (Op | null | undefined)[]>;
  /** Returns the rebased ops. */
  write: (batch: StoreBatch) => Promise<readonly Op[]>;
  /** Removes all of these ops if they exist and none was sent; returns whether. */
  cancel: (seqs: readonly number[], forgetBlobs: readonly string[]) => Promise<boolean>;
  blob: (key: string) => Promise<Blob | undefined>;
  close: () => void;
};

/** The ops, ids and texts in an account's database. */
export function createAccountStore(database: AccountDatabase): AccountStore {
  // A change must be on disk before it is sent, so writes are flushed.
  const writing = { durability: 'strict' } as const;
  // Commits explicitly: a page closed right after a key press does not receive its write events.
  const isLast = true;
  return {
    load: () =>
      database.use(async (db) => {
        const tx = db.transaction(['ops', 'ids', 'texts', 'imports']);
        const [ops, ids, texts, imports] = await Promise.all([
          tx.objectStore('ops').getAll(),
          entriesOf(tx.objectStore('ids')),
          entriesOf(tx.objectStore('texts')),
          tx.objectStore('imports').count(),
        ]);
        const readable = readableOf('ops', ops, isOp);
        const unreadableOps = ops.length - readable.length;
        return { ops: readable, unreadableOps, ids: new Map(ids), preferences: new Map(texts), imports };
      }),
    countHidden: () =>
      database.use(async (db) => {
        const tx = db.transaction(['ops', 'imports']);
        const [ops, imports] = await Promise.all([tx.objectStore('ops').getAll(), tx.objectStore('imports').getAll()]);
        const readable = imports.filter((record) => isImport(record));
        const unreadable = ops.filter((op) => !isOp(op)).length + imports.length - readable.length;
        return { unreadable, importing: readable.reduce((sum, record) => sum + tasksLeft(record), 0) };
      }),
    append: (op, file) =>
      database.use(async (db) => {
        const tx = db.transaction(['ops', 'blobs'], 'readwrite', writing);
        const addOp = () => tx.objectStore('ops').add(withoutSeq(op));
        const addFile = () => file && tx.objectStore('blobs').put({ blob: file.blob }, file.key);
        const [seq] = await writeTogether(tx, [addOp, addFile], isLast);
        return { ...op, seq };
      }),
    appendMany: (ops, step) =>
      database.use(async (db) => {
        const tx = db.transaction(['ops', 'imports', 'blobs'], 'readwrite', writing);
        const writes: (() => Promise<unknown>)[] = [];
        if (step !== undefined) {
          const record = readableOr('imports', await tx.objectStore('imports').get(step.id), isImport);
          if (record?.next !== step.piece || record.end !== undefined) return null;
          const summary = { blob: step.summarize(ops) };
          writes.push(
            () => tx.objectStore('imports').put({ ...record, next: step.piece + 1 }, step.id),
            () => tx.objectStore('blobs').put(summary, importPieceKey(step.id, step.piece)),
          );
        }
        const inOps = tx.objectStore('ops');
        const addOps = ops.map((op) => () => inOps.add(withoutSeq(op)));
        const seqs = await writeTogether<readonly unknown[]>(tx, [...addOps, ...writes], isLast);
        return ops.map((op, at) => ({ ...op, seq: Number(seqs[at]) }));
      }),
    removeUnsent: (seqs) =>
      database.use(async (db) => {
        const tx = db.transaction('ops', 'readwrite', writing);
        const there = await Promise.all(seqs.map((seq) => tx.store.get(seq)));
        const free = seqs.filter((_seq, at) => isUnsent(readableOp(there[at])));
        const removals = free.map((seq) => () => tx.store.delete(seq));
        await writeTogether(tx, removals);
        return free;
      }),
    change: (seqs, step) =>
      database.use(async (db) => {
        const tx = db.transaction('ops', 'readwrite', writing);
        const ops = (await Promise.all(seqs.map((seq) => tx.store.get(seq)))).map(readableOp);
        const changed = ops.map((op) => op && step(op));
        const write = (op: Op | null | undefined, at: number) => {
          if (op === null) return tx.store.delete(seqs[at] ?? 0);
          return op !== undefined && op !== ops[at] && tx.store.put(op);
        };
        const writes = changed.map((op, at) => () => write(op, at));
        await writeTogether(tx, writes, isLast);
        return changed;
      }),
    write: (batch) => database.use((db) => writeBatch(db, batch)),
    cancel: (seqs, forgetBlobs) =>
      database.use(async (db) => {
        const tx = db.transaction(['ops', 'blobs'], 'readwrite', writing);
        const store = tx.objectStore('ops');
        const there = await Promise.all(seqs.map((seq) => store.get(seq)));
        const isFree = there.map(readableOp).every((op) => op !== undefined && op.firstSentAt === null);
        const removals = [
          ...seqs.map((seq) => () => store.delete(seq)),
          ...forgetBlobs.map((key) => () => tx.objectStore('blobs').delete(key)),
        ];
        await writeTogether<readonly unknown[]>(tx, isFree ? removals : [], isLast);
        return isFree;
      }),
    blob: (key) => database.use(async (db) => readableOr('blobs', await db.get('blobs', key), isBlobRecord)?.blob),
    close: database.close,
  };
}

/** Of an unfinished import. */
const tasksLeft = ({ isReady, end, next, pieces }: StoredImport) =>
  isReady && end === undefined ? pieces.slice(next).reduce((sum, { tasks }) => sum + tasks, 0) : 0;

/** Stores the changes of a piece, and afterwards what they created. */
export const importPieceKey = (importId: string, piece: number) => `import:${importId}:${piece}`;

/** The database adds `seq`, its key; idb's types ask for a whole record. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the generated key is missing until the record is added
const withoutSeq = (op: Omit<Op, 'seq'>) => op as Op;

/** What a page still holds of a deleted database. */
export type AccountRecords = Pick<StoredAccount, 'ops' | 'ids' | 'preferences'> & { files: ReadonlyMap<string, Blob> };

/** Writes it again: ops with their numbers, and the ids and drafts of the person. */
export async function restoreAccountRecords(
  db: IDBPDatabase<AccountSchema>,
  { ops, ids, preferences, files }: AccountRecords,
): Promise<void> {
  const tx = db.transaction(['ops', 'ids', 'texts', 'blobs'], 'readwrite', { durability: 'strict' });
  const [inIds, inTexts, inBlobs] = [tx.objectStore('ids'), tx.objectStore('texts'), tx.objectStore('blobs')];
  await writeTogether<readonly unknown[]>(tx, [
    ...ops.map((op) => () => tx.objectStore('ops').put(op)),
    ...[...ids].map(
      ([local, server]) =>
        () =>
          inIds.put(server, local),
    ),
    ...[...preferences].map(
      ([key, text]) =>
        () =>
          inTexts.put(text, key),
    ),
    ...[...files].map(
      ([key, blob]) =>
        () =>
          inBlobs.put({ blob }, key),
    ),
  ]);
}

const isText = (value: unknown) => typeof value === 'string';

async function entriesOf(store: {
  getAllKeys: () => Promise<string[]>;
  getAll: () => Promise<readonly unknown[]>;
}): Promise<[string, string][]> {
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  return keys.flatMap((key, at) => {
    const value = readableOr('texts and ids', values[at], isText);
    return value === undefined ? [] : [[key, value]];
  });
}
