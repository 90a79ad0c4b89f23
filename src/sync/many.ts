import type { Change } from '../domain/change.ts';
import type { Op } from './op.ts';
import { removable } from './order.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxState } from './outboxState.ts';
import { blobsOf } from './sendingSide.ts';
import type { AccountStore, ImportStep } from './storage.ts';

type Input = {
  state: OutboxState;
  store: AccountStore;
  opOf: (id: string, change: Change) => Omit<Op, 'seq'>;
  newId: () => string;
};

/** Many changes at once, in and out of the outbox. */
export function createMany({ state, store, opOf, newId }: Input): Pick<Outbox, 'addMany' | 'addPiece' | 'undoMany'> {
  const { unsaved, inFlight, saving, show } = state;

  async function append(changes: readonly Change[], step?: ImportStep): Promise<readonly string[] | null> {
    const ops = changes.map((change) => opOf(newId(), change));
    const ids = ops.map(({ id }) => id);
    const mine = new Set(ids);
    const next = (state.ops().at(-1)?.seq ?? 0) + 1;
    for (const id of ids) unsaved.add(id);
    show([...state.ops(), ...ops.map((op, at) => ({ ...op, seq: next + at }))]);
    const takeOut = () => {
      for (const id of ids) unsaved.delete(id);
      show(state.ops().filter(({ id }) => !mine.has(id)));
    };
    try {
      const saved = await saving(() => store.appendMany(ops, step));
      if (saved === null) {
        takeOut();
        return null;
      }
      const byId = new Map(saved.map((op) => [op.id, state.known(op)]));
      for (const id of ids) unsaved.delete(id);
      show(state.ops().map((op) => byId.get(op.id) ?? op));
    } catch (error) {
      takeOut();
      throw error;
    }
    state.tellOthers();
    state.tellDrain();
    return ids;
  }

  return {
    addMany: async (changes) => (await append(changes)) ?? [],
    addPiece: append,
    async undoMany(changeIds) {
      const wanted = new Set(changeIds);
      const free = removable(
        state.ops(),
        (op) => wanted.has(op.id) && !unsaved.has(op.id) && !inFlight.has(op.id) && blobsOf([op]).length === 0,
      );
      if (free.length === 0) return new Set();
      const taken = new Set(await saving(() => store.takeBack(free.map(({ seq }) => seq))));
      const gone = new Set(free.filter(({ seq }) => taken.has(seq)).map(({ id }) => id));
      show(state.ops().filter(({ id }) => !gone.has(id)));
      state.tellOthers();
      state.tellDrain();
      return gone;
    },
  };
}
