import { StorageError } from '../storage/accountStore.ts';
import type { AccountStore, StorageErrorKind } from '../storage/accountStore.ts';
import type { StoreBatch } from '../storage/writeBatch.ts';
import type { Op } from '../storage/op.ts';
import type { KnownIds } from './knownIds.ts';
import type { ShownOps } from './shownOps.ts';

/**
 * The outbox on disk. It remembers the outcome of the last write or read, to be shown.
 * @param initialError why the device stores nothing at all; null when it does.
 */
export function createOutboxStorage(
  store: AccountStore,
  shown: ShownOps,
  { learn, resolved }: KnownIds,
  initialError: StorageErrorKind | null,
) {
  let error = initialError;
  /** Counts this tab's writes: a read that overlaps one is stale. */
  let writes = 0;

  function report(next: StorageErrorKind | null) {
    if (next === error) return;
    error = next;
    shown.show([...shown.ops()]);
  }

  /** All writes go through here. @throws StorageError, already reported. */
  async function persist<T>(work: () => Promise<T>): Promise<T> {
    writes += 1;
    try {
      const result = await work();
      report(initialError);
      return result;
    } catch (caught) {
      if (caught instanceof StorageError) report(caught.kind);
      throw caught;
    } finally {
      writes += 1;
    }
  }

  return {
    storageError: () => error,
    report,
    persist,
    /** False when the write failed, which is reported. */
    writePreferences: async (preferences: NonNullable<StoreBatch['preferences']>): Promise<boolean> => {
      try {
        await persist(() => store.write({ preferences }));
        return true;
      } catch (caught) {
        if (caught instanceof StorageError) return false;
        throw caught;
      }
    },
    /** The stored ops with those being written now. */
    read: async (): Promise<readonly Op[]> => {
      for (;;) {
        const before = writes;
        const stored = await store.load();
        if (writes !== before) continue;
        report(initialError);
        learn(stored.ids);
        const ops = shown.ops();
        const saved = new Set(stored.ops.map(({ id }) => id));
        const earlier = new Map(ops.map((op) => [op.id, op]));
        const current = stored.ops.map((op) => sameIfEqual(earlier.get(op.id), resolved(op)));
        return [...current, ...ops.filter((op) => shown.unsaved.has(op.id) && !saved.has(op.id))];
      }
    },
  };
}

/** An unchanged op stays the same object, so that nothing is rendered again. */
function sameIfEqual(earlier: Op | undefined, op: Op): Op {
  return earlier !== undefined && JSON.stringify(earlier) === JSON.stringify(op) ? earlier : op;
}
