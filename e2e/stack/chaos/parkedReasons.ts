import { containerIdsOf } from '../../../src/domain/changes/change.ts';
import { compareUpdate } from '../../../src/domain/changes/patchComparison.ts';
import type { Op } from '../../../src/sync/storage/op.ts';

/** What is known of the run when a parked change is judged. */
type Evidence = {
  /** Paths of requests that removed something at the service. */
  removals: readonly string[];
  /** Whether the service has the item, or an item with this id in its container, now. */
  isThere: (id: string) => boolean;
  /** The id of the service's category with this name now. */
  categoryNamed: (name: string) => string | undefined;
};

/**
 * Why a change may wait for the person: somebody changed the same thing, or it is gone. Null for any other change that was
 * parked: a person would be asked for nothing.
 */
export function parkedReason(op: Op, { removals, isThere, categoryNamed }: Evidence): string | null {
  const { change, parked } = op;
  if (parked === null) return null;
  const { kind, message, theirs, theirName, theirGroupKey } = parked;
  if (kind === 'missing') {
    // The task may have been in a folder that was removed, which its change does not name.
    const ids = [change.id, ...containerIdsOf(change)];
    const isGone = ids.some((id) => removals.some((path) => path.includes(id))) || ids.some((id) => !isThere(id));
    return isGone || message === injectedMissing ? 'gone' : null;
  }
  if (kind === 'refused' && change.kind === 'updateCategory') {
    // A lost answer hid the rename, somebody renamed or deleted the category, and a task brought the name back.
    const holder = categoryNamed(change.name);
    return holder !== undefined && holder !== change.id ? 'name taken' : null;
  }
  if (kind !== 'changed') return null;
  if (message === injectedConflict) return 'injected';
  if (change.kind === 'updateTask' || change.kind === 'undoComplete')
    return theirs !== undefined && compareUpdate(theirs, change.patch, change.base).outcome === 'conflict'
      ? 'same field'
      : null;
  if (change.kind === 'renameFolder' || change.kind === 'renameGroup' || change.kind === 'updateCategory')
    return theirName !== undefined && theirName !== change.was && theirName !== change.name ? 'same name' : null;
  if (change.kind === 'moveFolder')
    return theirGroupKey !== undefined && ![change.toGroupKey, change.wasGroupKey].includes(theirGroupKey)
      ? 'same group'
      : null;
  return null;
}

/** What the faults answer for a part of a batch (faults.ts). */
export const injectedConflict = 'Changed meanwhile';
export const injectedMissing = 'Not by way of a batch';
