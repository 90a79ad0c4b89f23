import { containerIdsOf } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Op } from '../storage/op.ts';

/** The ids that a change creates: changes that name them depend on it. */
export function idsCreatedBy(change: Change): readonly string[] {
  switch (change.kind) {
    case 'createGroup':
    case 'createFolder':
    case 'createTask':
    case 'createCategory':
    case 'addAttachment':
    case 'restoreTask':
    case 'restoreFolder':
      return [change.id];
    case 'completeTask':
      return [change.copyId];
    default:
      return [];
  }
}

export const referencedIds = (change: Change) => [change.id, ...containerIdsOf(change)];
const touches = (change: Change, ids: ReadonlySet<string>) => referencedIds(change).some((id) => ids.has(id));

/** Later ops that depend on this one: it creates what they change, or what that is in. */
export function dependentsOf(ops: readonly Op[], op: Op): readonly Op[] {
  const lost = new Set(idsCreatedBy(op.change));
  if (lost.size === 0) return [];
  return ops.filter((later) => {
    if (later.seq <= op.seq || !touches(later.change, lost)) return false;
    for (const id of idsCreatedBy(later.change)) lost.add(id);
    return true;
  });
}

/** Whether a later op depends on this one, so that it cannot be removed alone. */
export function hasDependents(ops: readonly Op[], op: Op): boolean {
  const made = new Set([op.change.id, ...idsCreatedBy(op.change)]);
  return ops.some((later) => later.seq > op.seq && touches(later.change, made));
}

/** Those of the given ops on which only others of them depend: they can be removed together. */
export function removableOps(ops: readonly Op[], isWanted: (op: Op) => boolean): readonly Op[] {
  /** The entities of the later ops that stay. */
  const named = new Set<string>();
  return ops.toReversed().filter((op) => {
    const isFree = isWanted(op) && ![op.change.id, ...idsCreatedBy(op.change)].some((id) => named.has(id));
    if (!isFree) for (const id of referencedIds(op.change)) named.add(id);
    return isFree;
  });
}
