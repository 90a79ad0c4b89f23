import { isLocalId } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import { msBetween } from '../../domain/time/time.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { Op } from '../storage/op.ts';
import { createCategoryOrder } from './categoryOrder.ts';
import { dependentsOf, referencedIds, idsCreatedBy } from '../outbox/dependencies.ts';

const removing: readonly Change['kind'][] = ['deleteTask', 'deleteFolder', 'deleteGroup', 'deleteCategory'];
const removes = ({ kind }: Change) => removing.includes(kind);

/** The next step of the sender. */
export type SendSchedule = {
  /** May be sent now, concurrently: they are independent. */
  send: readonly Op[];
  /** Created and deleted before anything was sent: the server need not know of them. */
  cancel: readonly Op[];
  /** Depend on something that will never be created. */
  orphaned: readonly Op[];
  /** When the next op may be sent, if nothing happens before. */
  notBefore: Instant | null;
};

export type Limits = {
  /** In flight, by op id. */
  busy?: ReadonlySet<string>;
  /** How many may be in flight. */
  most?: number;
  /** New tasks of a folder are sent in the order of their ops. */
  keepsOrder?: boolean;
};

/**
 * What may be sent now: at most `most`, with those in flight. An op waits for every earlier one of its entity, for the
 * change that creates or removes its container, and a delete for everything inside, parked and delayed ops included
 * (docs/architecture.md#parked-ops). What names a category keeps its place before or after a change of that name.
 */
export function scheduleSends(
  ops: readonly Op[],
  now: Instant,
  { busy = new Set(), most = 1, keepsOrder = false }: Limits = {},
): SendSchedule {
  const deletes = new Map(ops.filter(({ change }) => removes(change)).map((op) => [op.change.id, op]));
  for (const op of ops) if (op.change.kind === 'removeAttachment') deletes.set(op.change.id, op);
  const held = new Set<string>();
  const inside = new Set<string>();
  const isWaitingForCategory = createCategoryOrder(ops);
  const named = new Set<string>();
  const namedByFree = new Set<string>();
  /** Folders with a new task that is in flight or delayed. */
  const creatingIn = new Set<string>();
  const send: Op[] = [];
  const orphaned: Op[] = [];
  let soonest: Instant | null = null;

  for (const op of ops) {
    const { change } = op;
    const ids = referencedIds(change);
    const made = idsCreatedBy(change);
    const isWaiting =
      op.parked !== null ||
      busy.has(op.id) ||
      (change.kind === 'createTask' && creatingIn.has(change.folderId)) ||
      held.has(change.id) ||
      ids.some((id) => inside.has(id)) ||
      isWaitedFor(change, named, namedByFree) ||
      isWaitingForCategory(op);
    const unknown = ids.filter((id) => isLocalId(id) && !made.includes(id));
    const last = deletes.get(change.id);
    const isUndone = last !== undefined && last !== op && made.includes(change.id);
    const group = isUndone ? cancellable(ops, op, last, busy) : null;
    if (group !== null && waitOf(last, now) === null) return { send: [], cancel: group, orphaned: [], notBefore: null };
    if (
      !isWaiting &&
      unknown.length > 0 &&
      !ops.some((one) => idsCreatedBy(one.change).some((id) => unknown.includes(id)))
    ) {
      orphaned.push(op);
    } else if (!isWaiting && unknown.length === 0) {
      // What is about to be deleted is not created: it waits until undo is no longer possible.
      const from = latest([waitOf(op, now), group === null ? null : waitOf(last, now)]);
      if (from === null) send.push(op);
      else if (soonest === null || from < soonest) soonest = from;
    }
    if (keepsOrder && change.kind === 'createTask' && op.parked === null && group === null && send.at(-1) !== op)
      creatingIn.add(change.folderId);
    if (send.length + busy.size >= most) break;
    held.add(change.id);
    for (const id of removes(change) ? [change.id] : made) inside.add(id);
    for (const id of ids) named.add(id);
    if (op.parked === null) for (const id of ids) namedByFree.add(id);
  }
  return { send, cancel: [], orphaned, notBefore: soonest };
}

/**
 * Deleting a place waits for everything in it: later edits would fail, and a task still to be moved out would be
 * deleted. Completing or deleting a task waits for its uploads, except parked ones.
 */
function isWaitedFor(change: Change, named: ReadonlySet<string>, namedByFree: ReadonlySet<string>): boolean {
  if (change.kind === 'deleteFolder' || change.kind === 'deleteGroup') return named.has(change.id);
  return (change.kind === 'deleteTask' || change.kind === 'completeTask') && namedByFree.has(change.id);
}

/** A clock that was set back by more than this since a wait began ends the wait. */
const longestSetBackMs = 60_000;
/** The same for waits stored by earlier versions, which do not say when they began: none was longer. */
const longestUnknownWaitMs = 60_000;

/** Until when the op waits; null when it may be sent now. A wait may have any length. */
function waitOf(op: Op | undefined, now: Instant): Instant | null {
  if (op === undefined) return null;
  const { notBefore, madeAt, retryAt = null, retrySetAt } = op;
  return latest([isOver(notBefore, madeAt, now) ? null : notBefore, isOver(retryAt, retrySetAt, now) ? null : retryAt]);
}

function isOver(until: Instant | null, since: Instant | undefined, now: Instant): boolean {
  if (until === null || until <= now) return true;
  if (since === undefined) return msBetween(now, until) > longestUnknownWaitMs;
  return msBetween(now, since) > longestSetBackMs;
}

function latest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((so, at) => (so === null || (at !== null && at > so) ? at : so), null);
}

/** All ops of an entity that was created and deleted, when the server knows none of them; else null. */
function cancellable(ops: readonly Op[], create: Op, last: Op, busy: ReadonlySet<string>): readonly Op[] | null {
  const { kind } = create.change;
  if (kind === 'restoreTask' || kind === 'restoreFolder') return null;
  const group = [create, ...dependentsOf(ops, create)];
  const made = new Set(group.flatMap(({ change }) => idsCreatedBy(change)));
  const isOwn = (op: Op) =>
    op.firstSentAt === null &&
    !busy.has(op.id) &&
    op.change.kind !== 'completeTask' &&
    (kind === 'createGroup' ? op.change.id === create.change.id : made.has(op.change.id));
  return group.every(isOwn) && group.includes(last) ? group : null;
}
