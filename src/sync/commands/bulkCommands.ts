import type { Change } from '../../domain/changes/change.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import type { PlannedChange } from './commands.ts';
import { storageErrorKindOf } from '../storage/storageTrouble.ts';
import type { StorageErrorKind } from '../storage/storageTrouble.ts';

/** A change that is saved on this device, and what it was made of. */
export type AppliedChange = { changeId: string; step: PlannedChange };

/**
 * How a piece of long work went: all of it, stopped by the person, ended by what the device's storage said, or not begun
 * because the part of the app that does it could not be fetched.
 */
export type BulkEnd = 'all' | 'stopped' | 'away' | StorageErrorKind;
export type BulkOutcome = { applied: readonly AppliedChange[]; end: BulkEnd };

export type BulkRunOptions = { signal?: AbortSignal; onProgress?: (done: number) => void };

export type BulkCommands = {
  /**
   * One change for each thing, saved some at a time: the page paints and answers in between. Those whose step is null are
   * passed over. Never rejects for what the device's storage does: what was saved until then is in the outcome.
   */
  run: <Item>(
    items: readonly Item[],
    stepOf: (item: Item) => PlannedChange | null,
    watching?: BulkRunOptions,
  ) => Promise<BulkOutcome>;
  /**
   * Takes all of it back, the last first: what was not sent is left out, what was is done the other way round. Resolves with
   * how many had no way back. Rejects with StorageError.
   */
  undo: (made: readonly AppliedChange[], watching?: BulkRunOptions) => Promise<number>;
};

type Input = {
  outbox: Pick<Outbox, 'addMany' | 'undoMany' | 'resolve'>;
  ports: Pick<Ports, 'pause'>;
  /** What takes a step back once it was sent; null when nothing does. */
  inverseOf: (step: PlannedChange) => Change | null;
};

/** As many changes are saved, and shown, together: so few that no turn is long enough to be felt. */
const pieceSize = 25;

export function createBulkCommands({ outbox, ports, inverseOf }: Input): BulkCommands {
  return {
    async run(items, stepOf, { signal, onProgress } = {}) {
      const made: AppliedChange[] = [];
      for (let at = 0; at < items.length; at += pieceSize) {
        if (signal?.aborted === true) return { applied: made, end: 'stopped' };
        const steps = items.slice(at, at + pieceSize).flatMap((item) => stepOf(item) ?? []);
        try {
          const ids = steps.length === 0 ? [] : await outbox.addMany(steps.map(({ change }) => change));
          made.push(...steps.map((step, index) => ({ changeId: ids[index] ?? '', step })));
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
        const sent = piece.filter(({ changeId }) => !free.has(changeId));
        const back = sent.flatMap(({ step }) => inverseOf(step) ?? []);
        lost += sent.length - back.length;
        if (back.length > 0) await outbox.addMany(back);
        onProgress?.(made.length - Math.max(0, end - pieceSize));
        await ports.pause();
      }
      return lost;
    },
  };
}
