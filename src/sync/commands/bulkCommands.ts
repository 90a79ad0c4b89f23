import type { Change } from '../../domain/changes/change.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import type { PlannedChange } from './commands.ts';
import { discardRefused } from './discardRefused.ts';
import { storageErrorKindOf } from '../storage/storageTrouble.ts';
import type { StorageErrorKind } from '../storage/storageTrouble.ts';

/** A change that is saved on this device, and what it was made of. */
export type AppliedChange = { changeId: string; planned: PlannedChange };

/**
 * How it ended: all of it done, stopped by the person, stopped by an error of the device's storage, or not begun because its
 * code could not be loaded.
 */
export type BulkEnd = 'all' | 'stopped' | 'notLoaded' | StorageErrorKind;
export type BulkOutcome = { applied: readonly AppliedChange[]; end: BulkEnd };

export type BulkRunOptions = { signal?: AbortSignal; onProgress?: (done: number) => void };

export type BulkCommands = {
  /**
   * One change for each item, saved some at a time: the page paints and answers in between. Items without a change are
   * skipped. Does not reject with StorageError: the outcome holds what was saved until then.
   */
  run: <Item>(
    items: readonly Item[],
    planOf: (item: Item) => PlannedChange | null,
    watching?: BulkRunOptions,
  ) => Promise<BulkOutcome>;
  /**
   * Undoes all of it, the last first: unsent changes are removed, of the others the inverse is added. Resolves with how many
   * could not be undone. Rejects with StorageError.
   */
  undo: (made: readonly AppliedChange[], watching?: BulkRunOptions) => Promise<number>;
};

type Input = {
  outbox: Pick<Outbox, 'addMany' | 'undoMany' | 'resolve' | 'ops' | 'dependents' | 'discard'>;
  ports: Pick<Ports, 'pause'>;
  /** What undoes a change that was sent; null when nothing does. */
  inverseOf: (planned: PlannedChange) => Change | null;
};

/** As many changes are saved, and shown, together: so few that no turn is long enough to be felt. */
const pieceSize = 25;

export function createBulkCommands({ outbox, ports, inverseOf }: Input): BulkCommands {
  return {
    async run(items, planOf, { signal, onProgress } = {}) {
      const made: AppliedChange[] = [];
      for (let at = 0; at < items.length; at += pieceSize) {
        if (signal?.aborted === true) return { applied: made, end: 'stopped' };
        const piece = items.slice(at, at + pieceSize).flatMap((item) => planOf(item) ?? []);
        try {
          const ids = piece.length === 0 ? [] : await outbox.addMany(piece.map(({ change }) => change));
          made.push(...piece.map((planned, index) => ({ changeId: ids[index] ?? '', planned })));
        } catch (error) {
          const trouble = storageErrorKindOf(error);
          if (trouble === null) throw error;
          return { applied: made, end: trouble };
        }
        onProgress?.(Math.min(at + pieceSize, items.length));
        await ports.pause();
      }
      return { applied: made, end: 'all' };
    },
    async undo(made, { onProgress } = {}) {
      let lost = 0;
      for (let end = made.length; end > 0; end -= pieceSize) {
        const piece = made.slice(Math.max(0, end - pieceSize), end).toReversed();
        const free = await outbox.undoMany(piece.map(({ changeId }) => changeId));
        const sent: AppliedChange[] = [];
        for (const change of piece)
          if (!free.has(change.changeId) && !(await discardRefused(outbox, change.changeId))) sent.push(change);
        const back = sent.flatMap(({ planned }) => inverseOf(planned) ?? []);
        lost += sent.length - back.length;
        if (back.length > 0) await outbox.addMany(back);
        onProgress?.(made.length - Math.max(0, end - pieceSize));
        await ports.pause();
      }
      return lost;
    },
  };
}
