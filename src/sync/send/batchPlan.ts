import type { Change } from '../../domain/changes/change.ts';
import type { Op } from '../storage/op.ts';

/**
 * How many ops leave together: as many as one batch holds (docs/protocol.md#batch). Units are sent at a time as `scheduleSends` allows; a
 * service writes one after the other, so that more than two batches would only hold up what a person reads.
 */
export const batchSize = 20;
const batchesAtOnce = 2;
/** Units at a time, batches and single ops alike. */
const unitsAtOnce = 4;

/** One row each, by a request or two that are answered at once. Files go by themselves, and places are few. */
const batched: ReadonlySet<Change['kind']> = new Set([
  'createTask',
  'updateTask',
  'completeTask',
  'deleteTask',
  'moveTask',
  'restoreTask',
  'undoComplete',
]);

/** What is sent in one go: one op by itself, or several in a batch. */
export type Unit = readonly Op[];

/** The units that are under way. */
export type UnderWay = { units: number; batches: number };

/** How many ops may begin now. */
export function room({ units, batches }: UnderWay): number {
  const left = Math.max(0, unitsAtOnce - units);
  return Math.max(left, Math.min(left, batchesAtOnce - batches) * batchSize);
}

/**
 * Puts ops that have nothing to do with each other into units, in order. A batch is made of two or more, a single op never
 * waits for others, and what would make a third batch waits for its turn.
 * @param mayShare whether an op may go with others; false for all where the server takes no batches.
 */
export function unitsOf(ready: readonly Op[], { units, batches }: UnderWay, mayShare: (op: Op) => boolean): Unit[] {
  const shared = ready.filter((op) => batched.has(op.change.kind) && mayShare(op));
  const isShared = new Set(shared.length > 1 ? shared : []);
  const made: Op[][] = [];
  let filling: Op[] | null = null;
  let batchesLeft = batchesAtOnce - batches;
  for (const op of ready) {
    const hasRoom = made.length < unitsAtOnce - units;
    if (!isShared.has(op)) {
      if (hasRoom) made.push([op]);
    } else if (filling !== null && filling.length < batchSize) {
      filling.push(op);
    } else if (hasRoom && batchesLeft > 0) {
      batchesLeft -= 1;
      made.push((filling = [op]));
    }
  }
  return made;
}
