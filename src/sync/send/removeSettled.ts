import type { Task } from '../../domain/task/task.ts';
import { dependentsOf } from '../outbox/dependencies.ts';
import type { OutboxState } from '../outbox/outboxState.ts';
import { laterOf, rebasedOnAll } from '../outbox/rebaseOnResponse.ts';
import { StorageError } from '../storage/accountStore.ts';
import { blobsOf } from '../storage/op.ts';
import type { Op } from '../storage/op.ts';
import type { ServerResult } from '../storage/serverResult.ts';

/** An accepted op; `answer` is the task as the server has it now. */
export type Settled = { op: Op; effect: ServerResult; answer: Task | undefined };

export const isFull = (error: unknown) => error instanceof StorageError && error.kind === 'full';

/**
 * Removes accepted ops from disk, with their results. When storage is full the results are left to the next pull, and
 * so are unused ids. Returns the later ops, rebased.
 */
export async function removeSettled(state: OutboxState, settled: readonly Settled[]): Promise<readonly Op[]> {
  const later = laterOf(state.savedOps(), settled);
  const ops = settled.map(({ op }) => op);
  const least = { remove: ops.map(({ seq }) => seq), removeBlobs: blobsOf(ops) };
  try {
    return await state.persist(() =>
      state.store.write({
        ...least,
        ids: settled.flatMap(({ effect }) => effect.ids),
        results: settled.map(({ op, effect }) => ({ effect, at: op.madeAt })),
        ...(later.length > 0 && {
          rebase: {
            seqs: later.map(({ seq }) => seq),
            step: (stored) => rebasedOnAll(stored.map(state.resolved), settled),
          },
        }),
      }),
    );
  } catch (error) {
    if (!isFull(error)) throw error;
    const awaited = settled.filter(({ op }) => dependentsOf(state.savedOps(), op).length > 0);
    await state.persist(() => state.store.write({ ...least, ids: awaited.flatMap(({ effect }) => effect.ids) }));
    return rebasedOnAll(later, settled);
  }
}
