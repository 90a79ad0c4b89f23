import { largestBatch } from '../../api/batching.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Op } from '../storage/op.ts';

/**
 * Units are sent at a time as `scheduleSends` allows; a service writes one after the other, so that more than two
 * batches would only hold up what a person reads.
 */
const batchesAtOnce = 2;
/** Units at a time, batches and single ops alike. */
const unitsAtOnce = 4;

/** One row each, by a request or two that are answered at once. Files go by themselves, and places are few. */
const batched: ReadonlySet<Change['kind']> = new Set([
  'createTask',
  'updateTask',
  'completeTask',
  'deleteTask',
  'undoComplete',
]);

/** What is sent in one go: one op by itself, or several in a batch. */
export type Unit = readonly Op[];

/** The units that are under way. */
export type UnderWay = {
  units: number;
  batches: number;
  /** The folders in which they create tasks. */
  creatingIn: ReadonlySet<string>;
};

export function underWayOf(units: readonly Unit[]): UnderWay {
  const folders = units.flat().flatMap(({ change }) => (change.kind === 'createTask' ? [change.folderId] : []));
  return {
    units: units.length,
    batches: units.filter((unit) => unit.length > 1).length,
    creatingIn: new Set(folders),
  };
}

/** Whether the op creates a task in one of these folders. */
export function isCreateIn(folders: ReadonlySet<string>, { change }: Op): boolean {
  return change.kind === 'createTask' && folders.has(change.folderId);
}

/** How many ops may begin now. */
export function room({ units, batches }: UnderWay): number {
  const left = Math.max(0, unitsAtOnce - units);
  return Math.max(left, Math.min(left, batchesAtOnce - batches) * largestBatch);
}

/**
 * Puts ops that have nothing to do with each other into units, in order. A batch is made of two or more, a single op never
 * waits for others, and what would make a third batch waits for its turn. The new tasks of a folder arrive in the order in
 * which they were made: while one unit creates some, the others wait.
 * @param mayShare whether an op may go with others; false for all where the server takes no batches.
 */
export function unitsOf(ready: readonly Op[], underWay: UnderWay, mayShare: (op: Op) => boolean): Unit[] {
  const free = ready.filter((op) => !mayShare(op) || !isCreateIn(underWay.creatingIn, op));
  const shared = free.filter((op) => batched.has(op.change.kind) && mayShare(op));
  const isShared = new Set(shared.length > 1 ? shared : []);
  const made: Op[][] = [];
  const creatingIn = new Map<string, Op[]>();
  let filling: Op[] | null = null;
  let batchesLeft = batchesAtOnce - underWay.batches;
  for (const op of free) {
    const hasRoom = made.length < unitsAtOnce - underWay.units;
    const isFilling: boolean = filling !== null && filling.length < largestBatch;
    const folderId = op.change.kind === 'createTask' ? op.change.folderId : null;
    const earlier = folderId === null || !mayShare(op) ? undefined : creatingIn.get(folderId);
    let unit: Op[] | null = null;
    if (earlier !== undefined && (earlier !== filling || !isFilling)) continue;
    if (isShared.has(op) && isFilling) unit = filling;
    else if (isShared.has(op) && hasRoom && batchesLeft > 0) {
      batchesLeft -= 1;
      made.push((unit = filling = []));
    } else if (!isShared.has(op) && hasRoom) made.push((unit = []));
    if (unit !== null && folderId !== null) creatingIn.set(folderId, unit);
    unit?.push(op);
  }
  return made;
}
