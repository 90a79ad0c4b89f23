import type { AccountStore } from '../storage/accountStore.ts';
import { blobsOf } from '../storage/op.ts';
import type { Op } from '../storage/op.ts';
import type { OpAppender } from './appendOp.ts';
import { dependentsOf, hasDependents } from './dependencies.ts';
import type { OutboxState } from './outboxState.ts';
import { rebaseOnDiscard } from './rebase.ts';

export type OpRemoval = {
  /** Discards the change and its dependents. */
  discard: (opId: string) => Promise<void>;
  /** Removes an unsent change; false when it was sent or later ones depend on it. */
  undo: (changeId: string) => Promise<boolean>;
  /** Cancels uploads, also those in flight or parked. What has arrived already stays. */
  cancelUploads: (opIds: readonly string[]) => Promise<void>;
};

export function createOpRemoval(
  state: OutboxState,
  store: AccountStore,
  { append }: Pick<OpAppender, 'append'>,
): OpRemoval {
  const { find, inFlight, unsaved, persist } = state;

  /** Removes ops here and on disk, and rebases later ones. */
  async function remove(removed: readonly Op[], rebased: readonly Op[]): Promise<void> {
    await persist(() =>
      store.write({
        remove: removed.map(({ seq }) => seq),
        removeBlobs: blobsOf(removed),
        ...(rebased.length > 0 && {
          rebase: { seqs: rebased.map(({ seq }) => seq), step: (ops) => ops.map((op) => withChangeOf(rebased, op)) },
        }),
      }),
    );
    const ids = new Set(removed.map(({ id }) => id));
    const left = state.ops().filter(({ id }) => !ids.has(id));
    state.show(left.map((op) => withChangeOf(rebased, op)));
    state.broadcast({ kind: 'ops', removed: [...ids] });
    state.notifySender();
  }

  /** Appends again the ops that a delete had cancelled. */
  async function appendCancelled(deleteId: string): Promise<boolean> {
    const ops = state.cancelled.get(deleteId);
    if (ops === undefined) return false;
    state.cancelled.delete(deleteId);
    for (const { seq: _seq, ...op } of ops.filter(({ id }) => id !== deleteId)) await append(op);
    return true;
  }

  return {
    async discard(opId) {
      const op = find(opId);
      if (op === undefined || inFlight.has(op.id) || unsaved.has(opId)) return;
      const ops = state.savedOps();
      await remove([op, ...dependentsOf(ops, op)], rebaseOnDiscard(ops, op));
    },
    async undo(changeId) {
      const op = find(changeId);
      if (op === undefined) return appendCancelled(changeId);
      const isKept = unsaved.has(changeId) || op.firstSentAt !== null || op.isMerged === true;
      if (isKept || hasDependents(state.ops(), op)) return false;
      let isRemoved = false;
      await state.change([op], (one) => {
        isRemoved = one.firstSentAt === null && one.isMerged === undefined;
        return isRemoved ? null : one;
      });
      if (isRemoved && blobsOf([op]).length > 0) await persist(() => store.write({ removeBlobs: blobsOf([op]) }));
      return isRemoved;
    },
    async cancelUploads(opIds) {
      const wanted = new Set(opIds);
      const ops = state.savedOps();
      const uploads = ops.filter(({ id, change }) => wanted.has(id) && change.kind === 'addAttachment');
      if (uploads.length > 0) await remove([...new Set(uploads.flatMap((op) => [op, ...dependentsOf(ops, op)]))], []);
    },
  };
}

function withChangeOf(rebased: readonly Op[], op: Op): Op {
  const next = rebased.find(({ id }) => id === op.id);
  return next === undefined ? op : { ...op, change: next.change };
}
