import { resolveChangeIds } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import { addMs } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { AccountStore } from '../storage/accountStore.ts';
import { blobsOf } from '../storage/op.ts';
import type { Op } from '../storage/op.ts';
import { joinableOp, joinPrevious } from './joinPrevious.ts';
import type { OutboxState } from './outboxState.ts';

/** How long a delete can be undone, in wall time. */
const undoMs = 8_000;
const undoableKinds: readonly Change['kind'][] = ['deleteTask', 'removeAttachment'];

export type OpAppender = {
  /** A fresh op with the server's ids; the store gives it its number. */
  opOf: (id: string, change: Change) => Omit<Op, 'seq'>;
  append: (op: Omit<Op, 'seq'>, content?: Blob) => Promise<void>;
  add: (change: Change, content?: Blob) => Promise<string>;
};

export function createOpAppender(
  state: OutboxState,
  store: AccountStore,
  clock: Clock,
  newId: () => string,
): OpAppender {
  const opOf: OpAppender['opOf'] = (id, change) => ({
    id,
    change: resolveChangeIds(change, state.ids),
    madeAt: clock.now(),
    notBefore: undoableKinds.includes(change.kind) ? addMs(clock.now(), undoMs) : null,
    repeatabilityId: newId(),
    firstSentAt: null,
    attempts: 0,
    parked: null,
  });

  async function append(op: Omit<Op, 'seq'>, content?: Blob): Promise<void> {
    const [key] = blobsOf([op]);
    const file = content === undefined || key === undefined ? undefined : { key, blob: content };
    if (file !== undefined) state.files.set(file.key, file.blob);
    state.unsaved.add(op.id);
    state.show([...state.ops(), { ...op, seq: (state.ops().at(-1)?.seq ?? 0) + 1 }]);
    try {
      const saved = await state.persist(() => store.append(op, file));
      state.unsaved.delete(op.id);
      state.replace([saved], [saved]);
    } catch (error) {
      state.unsaved.delete(op.id);
      state.show(state.ops().filter((one) => one.id !== op.id));
      throw error;
    }
    state.broadcast();
    state.notifySender();
  }

  return {
    opOf,
    append,
    async add(change, content) {
      const id = newId();
      const resolved = resolveChangeIds(change, state.ids);
      const previous = joinableOp(state, resolved);
      if (previous !== null && (await joinPrevious(state, previous, resolved))) return id;
      await append(opOf(id, resolved), content);
      return id;
    },
  };
}
