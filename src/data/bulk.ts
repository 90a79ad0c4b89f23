import type { Change } from '../domain/change.ts';
import type { Task } from '../domain/task.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { Ports } from '../sync/ports.ts';
import { StorageError } from '../sync/storage.ts';
import type { Step } from './actions.ts';

/** A change that is saved on this device, and what it was made of. */
export type Made = { changeId: string; step: Step };

/**
 * How a piece of long work went: all of it, stopped by the person, ended by a device that keeps no more, or not begun because
 * the part of the app that does it could not be fetched.
 */
export type BulkEnd = 'all' | 'stopped' | 'refused' | 'away';
export type BulkOutcome = { made: readonly Made[]; end: BulkEnd };

export type Watching = { signal?: AbortSignal; onProgress?: (done: number) => void };

export type Bulk = {
  /**
   * One change for each task, saved some at a time: the page paints and answers in between. Tasks whose step is null are
   * passed over. Never rejects for what the device's storage does: what was saved until then is in the outcome.
   */
  run: (tasks: readonly Task[], stepOf: (task: Task) => Step | null, watching?: Watching) => Promise<BulkOutcome>;
  /**
   * Takes all of it back, the last first: what was not sent is left out, what was is done the other way round. Resolves with
   * how many had no way back. Rejects with StorageError.
   */
  undo: (made: readonly Made[], watching?: Watching) => Promise<number>;
};

type Input = {
  outbox: Pick<Outbox, 'addMany' | 'undoMany' | 'resolve'>;
  ports: Pick<Ports, 'pause'>;
  /** What takes a step back once it was sent; null when nothing does. */
  inverseOf: (step: Step) => Change | null;
};

/** As many changes are saved, and shown, together: so few that no turn is long enough to be felt. */
const pieceSize = 25;

export function createBulk({ outbox, ports, inverseOf }: Input): Bulk {
  return {
    async run(tasks, stepOf, { signal, onProgress } = {}) {
      const made: Made[] = [];
      for (let at = 0; at < tasks.length; at += pieceSize) {
        if (signal?.aborted === true) return { made, end: 'stopped' };
        const steps = tasks.slice(at, at + pieceSize).flatMap((task) => stepOf(task) ?? []);
        try {
          const ids = steps.length === 0 ? [] : await outbox.addMany(steps.map(({ change }) => change));
          made.push(...steps.map((step, index) => ({ changeId: ids[index] ?? '', step })));
        } catch (error) {
          if (!(error instanceof StorageError)) throw error;
          return { made, end: 'refused' };
        }
        onProgress?.(Math.min(at + pieceSize, tasks.length));
        await ports.pause();
      }
      return { made, end: 'all' };
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
