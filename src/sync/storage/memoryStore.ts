import type { AccountStore } from './accountStore.ts';
import { isUnsent } from './op.ts';
import type { Op } from './op.ts';

/** For a browser that denies storage: the app works and reports that nothing survives a reload. */
export function createMemoryStore(): AccountStore {
  const ops = new Map<number, Op>();
  const ids = new Map<string, string>();
  const texts = new Map<string, string>();
  const blobs = new Map<string, Blob>();
  let last = 0;
  return {
    load: () => Promise.resolve({ ops: [...ops.values()], unreadableOps: 0, ids, preferences: texts, imports: 0 }),
    countHidden: () => Promise.resolve({ unreadable: 0, importing: 0 }),
    append(op, file) {
      if (file !== undefined) blobs.set(file.key, file.blob);
      last += 1;
      const numberedOp = { ...op, seq: last };
      ops.set(last, numberedOp);
      return Promise.resolve(numberedOp);
    },
    appendMany(made) {
      const numberedOps = made.map((op) => ({ ...op, seq: ++last }));
      for (const op of numberedOps) ops.set(op.seq, op);
      return Promise.resolve(numberedOps);
    },
    removeUnsent(seqs) {
      const free = seqs.filter((seq) => isUnsent(ops.get(seq)));
      for (const seq of free) ops.delete(seq);
      return Promise.resolve(free);
    },
    change(seqs, step) {
      const change = (seq: number) => {
        const op = ops.get(seq);
        const changed = op && step(op);
        if (changed === null) ops.delete(seq);
        else if (changed !== undefined) ops.set(seq, changed);
        return changed;
      };
      return Promise.resolve(seqs.map(change));
    },
    write(batch) {
      const { seqs, step } = batch.rebase ?? { seqs: [], step: () => [] };
      const rebased = step(seqs.flatMap((seq) => ops.get(seq) ?? []));
      for (const op of rebased) ops.set(op.seq, op);
      for (const key of batch.removeBlobs ?? []) blobs.delete(key);
      for (const seq of batch.remove ?? []) ops.delete(seq);
      for (const [local, server] of batch.ids ?? []) {
        if (server === null) ids.delete(local);
        else ids.set(local, server);
      }
      for (const [key, text] of batch.preferences ?? []) {
        if (text === null) texts.delete(key);
        else texts.set(key, text);
      }
      return Promise.resolve(rebased);
    },
    cancel(seqs, forgetBlobs) {
      const isFree = seqs.every((seq) => ops.get(seq)?.firstSentAt === null);
      if (isFree) for (const seq of seqs) ops.delete(seq);
      if (isFree) for (const key of forgetBlobs) blobs.delete(key);
      return Promise.resolve(isFree);
    },
    blob: (key) => Promise.resolve(blobs.get(key)),
    close: () => {},
  };
}
