import type { Change } from '../../domain/changes/change.ts';
import type { Op } from '../storage/op.ts';
import { removableOps } from './dependencies.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxState } from './outboxState.ts';
import { blobsOf } from '../storage/op.ts';
import type { AccountStore, ImportStep } from '../storage/accountStore.ts';

type Input = {
  state: OutboxState;
  store: AccountStore;
  opOf: (id: string, change: Change) => Omit<Op, 'seq'>;
  newId: () => string;
};

/** Many changes at once, in and out of the outbox. */
export function createBulkOutbox({
  state,
  store,
  opOf,
  newId,
}: Input): Pick<Outbox, 'addMany' | 'addPiece' | 'undoMany'> {
  const { unsaved, inFlight, saving, show } = state;

  async function append(changes: readonly Change[]): Promise<readonly string[]> {
    const ops = changes.map((change) => opOf(newId(), change));
    const ids = ops.map(({ id }) => id);
    const next = (state.ops().at(-1)?.seq ?? 0) + 1;
    for (const id of ids) unsaved.add(id);
    show([...state.ops(), ...ops.map((op, at) => ({ ...op, seq: next + at }))]);
    try {
      const saved = (await saving(() => store.appendMany(ops))) ?? [];
      const byId = new Map(saved.map((op) => [op.id, state.known(op)]));
      for (const id of ids) unsaved.delete(id);
      show(state.ops().map((op) => byId.get(op.id) ?? op));
    } catch (error) {
      for (const id of ids) unsaved.delete(id);
      show(state.ops().filter(({ id }) => !ids.includes(id)));
      throw error;
    }
    state.tellOthers();
    state.tellDrain();
    return ids;
  }

  /** Nobody waits to see these: they are shown when they are saved, once. */
  async function appendPiece(changes: readonly Change[], step: ImportStep): Promise<readonly string[] | null> {
    const ops = changes.map((change) => opOf(newId(), change));
    const saved = await saving(() => store.appendMany(ops, step));
    if (saved === null) return null;
    const shown = new Set(state.ops().map(({ id }) => id));
    const added = saved.filter(({ id }) => !shown.has(id)).map(state.known);
    show([...state.ops(), ...added].toSorted((a, b) => a.seq - b.seq));
    state.tellOthers();
    state.tellDrain();
    return ops.map(({ id }) => id);
  }

  return {
    addMany: append,
    addPiece: appendPiece,
    async undoMany(changeIds) {
      const wanted = new Set(changeIds);
      const free = removableOps(
        state.ops(),
        (op) => wanted.has(op.id) && !unsaved.has(op.id) && !inFlight.has(op.id) && blobsOf([op]).length === 0,
      );
      if (free.length === 0) return new Set();
      const taken = new Set(await saving(() => store.removeUnsent(free.map(({ seq }) => seq))));
      const gone = new Set(free.filter(({ seq }) => taken.has(seq)).map(({ id }) => id));
      show(state.ops().filter(({ id }) => !gone.has(id)));
      state.tellOthers();
      state.tellDrain();
      return gone;
    },
  };
}
