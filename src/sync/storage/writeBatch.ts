import type { IDBPDatabase } from 'idb';
import type { Instant } from '../../domain/time/time.ts';
import { storeNames, writeTogether } from './database.ts';
import type { AccountSchema } from './database.ts';
import type { Op } from './op.ts';
import { writeEffects } from './replicaStore.ts';
import type { ServerResult } from './serverResult.ts';
import { readableOp } from './storedRecords.ts';

/** What is written together: all of it or nothing. */
export type StoreBatch = {
  /** The next state of these stored ops: one that another tab has removed stays removed. */
  rebase?: { seqs: readonly number[]; step: (ops: readonly Op[]) => readonly Op[] };
  /** Sequence numbers. */
  remove?: readonly number[];
  /** Local id → server id; null removes it. */
  ids?: readonly (readonly [string, string | null])[];
  preferences?: readonly (readonly [string, string | null])[];
  /** Keys of files that are no longer needed. */
  removeBlobs?: readonly string[];
  /**
   * The server's answers for the replica, stored with the ops they settle (docs/architecture.md#order-after-a-success).
   */
  results?: readonly { effect: ServerResult; at: Instant }[];
};

/** Writes a batch in one transaction, flushed to disk where it holds ops or ids. Returns the rebased ops. */
export async function writeBatch(
  db: IDBPDatabase<AccountSchema>,
  { rebase, remove = [], ids = [], preferences = [], removeBlobs = [], results = [] }: StoreBatch,
): Promise<readonly Op[]> {
  const hasOps = rebase !== undefined || remove.length + ids.length > 0;
  const stores = results.length === 0 ? (['ops', 'ids', 'texts', 'blobs'] as const) : storeNames;
  const tx = db.transaction(stores, 'readwrite', hasOps ? { durability: 'strict' } : {});
  const [inOps, inIds, inTexts] = [tx.objectStore('ops'), tx.objectStore('ids'), tx.objectStore('texts')];
  const writes = [
    ...remove.map((seq) => () => inOps.delete(seq)),
    ...ids.map(
      ([local, server]) =>
        () =>
          server === null ? inIds.delete(local) : inIds.put(server, local),
    ),
    ...preferences.map(
      ([key, text]) =>
        () =>
          text === null ? inTexts.delete(key) : inTexts.put(text, key),
    ),
    ...removeBlobs.map((key) => () => tx.objectStore('blobs').delete(key)),
    ...(results.length === 0 ? [] : [() => writeEffects(tx, results)]),
  ];
  if (rebase === undefined) {
    await writeTogether<readonly unknown[]>(tx, writes, results.length === 0);
    return [];
  }
  const [rebased] = await writeTogether<[readonly Op[], ...unknown[]]>(tx, [() => rebaseIn(inOps, rebase), ...writes]);
  return rebased;
}

async function rebaseIn(
  store: { get: (seq: number) => Promise<Op | undefined>; put: (op: Op) => Promise<number> },
  { seqs, step }: NonNullable<StoreBatch['rebase']>,
): Promise<readonly Op[]> {
  const there = await Promise.all(seqs.map((seq) => store.get(seq)));
  const rebased = step(there.map(readableOp).filter((op) => op !== undefined));
  await Promise.all(rebased.map((op) => store.put(op)));
  return rebased;
}
