import { largestBatch } from '../../api/batching.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Op } from '../storage/op.ts';

/**
 * Units are sent concurrently as `scheduleSends` allows; a service writes one at a time, so more than two batches would
 * only delay reads.
 */
const batchesAtOnce = 2;
/** Units in flight at a time, batches and single ops alike. */
const unitsAtOnce = 4;

/** Changes of one row by one or two quick requests. Uploads are sent alone, and place changes are few. */
const batched: ReadonlySet<Change['kind']> = new Set([
  'createTask',
  'updateTask',
  'completeTask',
  'deleteTask',
  'undoComplete',
]);

/** What is sent in one request: one op, or a batch of several. */
export type Unit = readonly Op[];

/** The units in flight. */
export type UnderWay = { units: number; batches: number };

export function underWayOf(units: readonly Unit[]): UnderWay {
  return { units: units.length, batches: units.filter((unit) => unit.length > 1).length };
}

/** How many ops may start now. */
export function room({ units, batches }: UnderWay): number {
  const left = Math.max(0, unitsAtOnce - units);
  return Math.max(left, Math.min(left, batchesAtOnce - batches) * largestBatch);
}

type Rules = {
  /** Whether an op may be batched; false for all where the server has no batches. */
  mayShare: (op: Op) => boolean;
  /** New tasks of a folder are in one unit at a time. */
  keepsOrder: boolean;
};

/** Groups independent ops into units, in order. A batch has two or more ops; a single op never waits for others. */
export function unitsOf(ready: readonly Op[], underWay: UnderWay, { mayShare, keepsOrder }: Rules): Unit[] {
  const shared = ready.filter((op) => batched.has(op.change.kind) && mayShare(op));
  const isShared = new Set(shared.length > 1 ? shared : []);
  const made: Op[][] = [];
  const creatingIn = new Map<string, Op[] | null>();
  let filling: Op[] | null = null;
  let batchesLeft = batchesAtOnce - underWay.batches;
  for (const op of ready) {
    const hasRoom = made.length < unitsAtOnce - underWay.units;
    const isFilling: boolean = filling !== null && filling.length < largestBatch;
    const folderId = keepsOrder && op.change.kind === 'createTask' ? op.change.folderId : null;
    const earlier = folderId === null ? undefined : creatingIn.get(folderId);
    if (earlier !== undefined && !(isShared.has(op) && isFilling && earlier === filling)) continue;
    let unit: Op[] | null = null;
    if (isShared.has(op) && isFilling) unit = filling;
    else if (isShared.has(op) && hasRoom && batchesLeft > 0) {
      batchesLeft -= 1;
      made.push((unit = filling = []));
    } else if (!isShared.has(op) && hasRoom) made.push((unit = []));
    if (folderId !== null) creatingIn.set(folderId, unit);
    unit?.push(op);
  }
  return made;
}
