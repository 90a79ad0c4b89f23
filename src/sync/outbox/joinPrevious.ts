import { coalesce } from '../../domain/changes/coalesce.ts';
import { containerIdsOf } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Op } from '../storage/op.ts';
import { isRenameTo, usedNames } from '../send/categoryOrder.ts';
import { idsCreatedBy } from './dependencies.ts';
import type { OutboxState } from './outboxState.ts';

/** The earlier op that a change can be joined to, as far as this tab knows. */
export function joinableOp(state: OutboxState, change: Change): Op | null {
  const previous = state.ops().findLast((op) => op.change.id === change.id);
  if (previous === undefined || state.unsaved.has(previous.id)) return null;
  // Joined, it would precede the container it needs, or the category's new name, when that was made later.
  const containers = containerIdsOf(change);
  const used = usedNames(change);
  const isLater = (op: Op) =>
    op.seq > previous.seq && (idsCreatedBy(op.change).some((id) => containers.includes(id)) || isRenameTo(op, used));
  return state.ops().some(isLater) || joinedTo(previous, change) === null ? null : previous;
}

function joinedTo(op: Op, change: Change): Op | 'nothing' | null {
  if (op.firstSentAt !== null || op.parked !== null) return null;
  const joined = coalesce(op.change, change);
  return joined === null || joined === 'nothing' ? joined : { ...op, change: joined, isMerged: true };
}

/**
 * Joins a change to the previous one of the same entity; false when that was sent or parked, also by another tab: the
 * op is read and written in one transaction.
 */
export async function joinPrevious(state: OutboxState, previous: Op, change: Change): Promise<boolean> {
  const joined = (op: Op) => joinedTo(state.resolved(op), change);
  const shown = joined(previous);
  const ops = state.ops();
  if (shown === 'nothing') state.show(ops.filter(({ id }) => id !== previous.id));
  else if (shown !== null) state.show(ops.map((op) => (op.id === previous.id ? shown : op)));
  let isJoined = false;
  try {
    await state.change([previous], (op) => {
      const next = joined(op);
      isJoined = next !== null;
      return next === null ? op : next === 'nothing' ? null : next;
    });
  } catch (error) {
    state.show(
      state.ops().some(({ id }) => id === previous.id)
        ? state.ops().map((op) => (op.id === previous.id ? previous : op))
        : [...state.ops(), previous],
    );
    throw error;
  }
  if (isJoined) state.notifySender();
  return isJoined;
}
