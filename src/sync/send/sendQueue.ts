import type { Task } from '../../domain/task/task.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { Op, ParkReason } from '../storage/op.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { OutboxState } from '../outbox/outboxState.ts';
import { sentMarkKey } from '../outbox/sentMarks.ts';
import { isFull, removeSettled } from './removeSettled.ts';
import type { Settled } from './removeSettled.ts';

/** For the sender only, and loaded with it. */
export type SendQueue = {
  /** The stored ops, oldest first: nothing else may be sent. */
  ops: () => readonly Op[];
  /** Being sent by this tab, by op id. */
  busy: () => ReadonlySet<string>;
  /** An op was added or released that may be sent now, in this tab or another. */
  onWork: (listener: (isOwn: boolean) => void) => () => void;
  /** Reads again what other tabs have stored. */
  reload: () => Promise<void>;
  /** Marks the op as sent, on disk, before its request. Undefined when it was removed or parked. */
  begin: (op: Op) => Promise<Op | undefined>;
  /** The same for several at once, in one transaction. Returns those that may be sent. */
  beginAll: (ops: readonly Op[]) => Promise<readonly Op[]>;
  /**
   * The server accepted it: updates replica and ids and removes the op in one turn
   * (docs/architecture.md#order-after-a-success). Later ops of the task take `answer`, the task as the server has it
   * now, as their base.
   */
  settle: (op: Op, effect: ServerResult, answer: Task | undefined) => Promise<void>;
  /** The same for several independent ops, in one transaction. */
  settleAll: (settled: readonly Settled[]) => Promise<void>;
  /** Releases ops, which may be sent again at any time. */
  release: (ops: readonly Op[]) => void;
  /** A reachable server failed this op alone: it is not sent before `retryAt`. */
  postpone: (op: Op, retryAt: Instant) => Promise<void>;
  park: (op: Op, parking: ParkReason) => Promise<void>;
  /** Removes ops that the server need not know; does nothing when one of them has changed. */
  cancel: (ops: readonly Op[]) => Promise<void>;
  /** A file that waits on this device. */
  blob: (key: string) => Promise<Blob | undefined>;
  noteUpload: (op: Op, url: string) => Promise<void>;
  progress: (op: Op, share: number) => void;
};

/** The mark of a sent op is kept with the preferences while the database has no room for it. */
export function createSendQueue(
  { state, preferences }: Pick<Outbox, 'state' | 'preferences'>,
  clock: Clock,
): SendQueue {
  const { store, inFlight, unsaved } = state;

  /** The op is no longer in flight, whatever happens next. */
  async function landed(op: Op, step: (one: Op) => Op) {
    inFlight.delete(op.id);
    await changeOps(state, [op], step);
  }

  async function beginAll(ops: readonly Op[]): Promise<readonly Op[]> {
    const now = clock.now();
    let started: readonly Op[] = [];
    for (const { id } of ops) inFlight.add(id);
    try {
      let isUnmarked = false;
      const changed = await changeOps(
        state,
        ops,
        (one) => {
          if (one.parked !== null) return one;
          const { retryAt: _retryAt, retrySetAt: _retrySetAt, ...free } = one;
          return { ...free, firstSentAt: one.firstSentAt ?? now };
        },
        () => (isUnmarked = true),
      );
      started = changed.filter(({ parked }) => parked === null).map(state.resolved);
      if (isUnmarked) for (const { id } of started) preferences.set(sentMarkKey(id), now);
    } finally {
      for (const { id } of ops) inFlight.delete(id);
      for (const { id } of started) inFlight.add(id);
    }
    return started;
  }

  async function settleAll(settled: readonly Settled[]): Promise<void> {
    const gone = new Set(settled.map(({ op }) => op.id));
    let changed: readonly Op[];
    try {
      changed = await removeSettled(state, settled);
    } finally {
      for (const id of gone) inFlight.delete(id);
    }
    for (const id of gone) {
      state.uploads.remove(id);
      if (preferences.get(sentMarkKey(id)) !== undefined) preferences.remove(sentMarkKey(id));
    }
    state.learn(settled.flatMap(({ effect }) => effect.ids));
    const byId = new Map(changed.map((one) => [one.id, one]));
    const left = state.ops().filter(({ id }) => !gone.has(id));
    state.put(left.map((one) => state.resolved(byId.get(one.id) ?? one)));
    const [first, ...others] = settled.map(({ effect }) => effect);
    if (first === undefined) return;
    state.deliver([first, ...others]);
    state.show(state.ops());
    state.broadcast({ kind: 'effect', effect: first, ...(others.length > 0 && { others }), removed: [...gone] });
  }

  return {
    ops: state.savedOps,
    busy: () => inFlight,
    onWork: state.onWork,
    reload: async () => state.show(await state.read()),
    begin: async (op) => (await beginAll([op]))[0],
    beginAll,
    settle: (op, effect, answer) => settleAll([{ op, effect, answer }]),
    settleAll,
    release(ops) {
      if (ops.length === 0) return;
      for (const { id } of ops) inFlight.delete(id);
      state.show([...state.ops()]);
    },
    postpone: (op, retryAt) =>
      landed(op, (one) => ({ ...one, attempts: one.attempts + 1, retryAt, retrySetAt: clock.now() })),
    park: (op, parked) => landed(op, (one) => ({ ...one, parked })),
    async cancel(ops) {
      if (ops.some(({ id }) => unsaved.has(id))) return;
      const last = ops.find(({ change }) => change.kind.startsWith('delete'));
      const seqs = ops.map(({ seq }) => seq);
      // A change that can be undone keeps its files until the page closes.
      if (!(await state.persist(() => store.cancel(seqs, [])))) return state.show(await state.read());
      if (last !== undefined) {
        state.cancelled.set(last.id, ops);
        state.broadcast({ kind: 'cancelled', opId: last.id, ops });
      }
      const gone = new Set(ops.map(({ id }) => id));
      state.show(state.ops().filter(({ id }) => !gone.has(id)));
      state.broadcast({ kind: 'ops', removed: [...gone] });
    },
    blob: (key) => state.persist(() => store.blob(key)),
    async noteUpload(op, uploadUrl) {
      await state.change([op], (one) => ({ ...one, uploadUrl }));
    },
    progress(op, share) {
      state.uploads.set(op.id, share);
      state.broadcast({ kind: 'progress', opId: op.id, share });
    },
  };
}

/**
 * Sending frees space, so full storage does not stop it: the step is then known to this tab only and repeated after a
 * reload, except that the op was sent.
 */
async function changeOps(
  state: OutboxState,
  ops: readonly Op[],
  step: (one: Op) => Op,
  onFull: () => void = () => {},
): Promise<readonly Op[]> {
  try {
    return await state.change(ops, step);
  } catch (error) {
    const known = ops.flatMap(({ id }) => state.find(id) ?? []);
    if (!isFull(error) || known.length === 0) throw error;
    const changed = known.map(step);
    state.replace(known, changed);
    onFull();
    return changed;
  }
}
