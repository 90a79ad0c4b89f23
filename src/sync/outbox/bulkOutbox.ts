import type { Change } from '../../domain/changes/change.ts';
import type { AccountStore, ImportStep } from '../storage/accountStore.ts';
import { blobsOf } from '../storage/op.ts';
import type { OpAppender } from './appendOp.ts';
import { removableOps } from './dependencies.ts';
import type { OutboxState } from './outboxState.ts';

export type BulkOutbox = {
  /**
   * Changes of different entities: shown and stored together or not at all, never joined to earlier ones, so that each
   * can be undone alone. Resolves with their ids in the same order.
   */
  addMany: (changes: readonly Change[]) => Promise<readonly string[]>;
  /** The same for a piece of an import; null when another tab has added it, or ended the import. */
  addPiece: (changes: readonly Change[], step: ImportStep) => Promise<readonly string[] | null>;
  /** Undoes several. Resolves with the ids of those that were removed. */
  undoMany: (changeIds: readonly string[]) => Promise<ReadonlySet<string>>;
};

type Input = Pick<OpAppender, 'opOf'> & { state: OutboxState; store: AccountStore; newId: () => string };

export function createBulkOutbox({ state, store, opOf, newId }: Input): BulkOutbox {
  const { unsaved, inFlight, persist, show } = state;
  const notify = (removed: readonly string[] = []) => {
    state.broadcast({ kind: 'ops', removed });
    state.notifySender();
  };

  return {
    async addMany(changes) {
      const ops = changes.map((change) => opOf(newId(), change));
      const ids = ops.map(({ id }) => id);
      const next = (state.ops().at(-1)?.seq ?? 0) + 1;
      for (const id of ids) unsaved.add(id);
      show([...state.ops(), ...ops.map((op, at) => ({ ...op, seq: next + at }))]);
      try {
        const saved = (await persist(() => store.appendMany(ops))) ?? [];
        const byId = new Map(saved.map((op) => [op.id, state.resolved(op)]));
        for (const id of ids) unsaved.delete(id);
        show(state.ops().map((op) => byId.get(op.id) ?? op));
      } catch (error) {
        for (const id of ids) unsaved.delete(id);
        show(state.ops().filter(({ id }) => !ids.includes(id)));
        throw error;
      }
      notify();
      return ids;
    },
    /** These show once they are stored. */
    async addPiece(changes, step) {
      const ops = changes.map((change) => opOf(newId(), change));
      const saved = await persist(() => store.appendMany(ops, step));
      if (saved === null) return null;
      const shown = new Set(state.ops().map(({ id }) => id));
      const added = saved.filter(({ id }) => !shown.has(id)).map(state.resolved);
      show([...state.ops(), ...added].toSorted((a, b) => a.seq - b.seq));
      notify();
      return ops.map(({ id }) => id);
    },
    async undoMany(changeIds) {
      const wanted = new Set(changeIds);
      const removable = removableOps(
        state.ops(),
        (op) =>
          wanted.has(op.id) &&
          !unsaved.has(op.id) &&
          !inFlight.has(op.id) &&
          op.firstSentAt === null &&
          blobsOf([op]).length === 0,
      );
      if (removable.length === 0) return new Set();
      const seqs = new Set(await persist(() => store.removeUnsent(removable.map(({ seq }) => seq))));
      const removed = new Set(removable.filter(({ seq }) => seqs.has(seq)).map(({ id }) => id));
      show(state.ops().filter(({ id }) => !removed.has(id)));
      notify([...removed]);
      return removed;
    },
  };
}
