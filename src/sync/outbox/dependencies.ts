import { containerIdsOf } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Op } from '../storage/op.ts';

/** The ids that come into being with a change: what names them means nothing without it. */
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

/** Later ops that mean nothing without this one: it would have made the thing they change, or what that is in. */
export function dependentsOf(ops: readonly Op[], op: Op): readonly Op[] {
  const lost = new Set(idsCreatedBy(op.change));
  if (lost.size === 0) return [];
  return ops.filter((later) => {
    if (later.seq <= op.seq || !touches(later.change, lost)) return false;
    for (const id of idsCreatedBy(later.change)) lost.add(id);
    return true;
  });
}

/** Whether a later op builds on this one, so that it cannot just be left out. */
export function hasDependents(ops: readonly Op[], op: Op): boolean {
  const made = new Set([op.change.id, ...idsCreatedBy(op.change)]);
  return ops.some((later) => later.seq > op.seq && touches(later.change, made));
}

/** Those of the wanted ops that nothing builds on but others of them: all of these can be left out together. */
export function removableOps(ops: readonly Op[], isWanted: (op: Op) => boolean): readonly Op[] {
  /** What the later ones that stay are about. */
  const named = new Set<string>();
  return ops.toReversed().filter((op) => {
    const isFree = isWanted(op) && ![op.change.id, ...idsCreatedBy(op.change)].some((id) => named.has(id));
    if (!isFree) for (const id of referencedIds(op.change)) named.add(id);
    return isFree;
  });
}
