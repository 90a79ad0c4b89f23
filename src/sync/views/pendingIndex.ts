import { isTaskChange } from '../../domain/changes/change.ts';
import type { PendingState } from '../../domain/listing/listing.ts';
import type { Place } from '../../domain/task/task.ts';
import { placeKey } from '../replica/folderTable.ts';
import type { Op } from '../storage/op.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { PendingStates } from './listingStore.ts';

/** The ops, indexed for views. */
export function indexPendingOps(ops: readonly Op[]) {
  const byFolder = new Map<string, Op[]>();
  const deletedFolders = new Set<string>();
  const moved = foldersOfMoved(ops);
  for (const op of ops) {
    const { change } = op;
    if (change.kind === 'deleteFolder') deletedFolders.add(change.id);
    if (change.kind === 'restoreFolder') deletedFolders.delete(change.id);
    if (!isTaskChange(change)) continue;
    for (const id of moved.get(change.id) ?? [change.folderId]) {
      const key = placeKey({ mailbox: change.mailbox, id });
      const peers = byFolder.get(key);
      if (peers === undefined) byFolder.set(key, [op]);
      else peers.push(op);
    }
  }
  return { ops, byFolder, deletedFolders };
}

/** A moved task shows earlier changes in its new folder: its changes are applied in both. */
function foldersOfMoved(ops: readonly Op[]): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (const { change } of ops) if (change.kind === 'moveTask') folders.set(change.id, new Set());
  if (folders.size === 0) return folders;
  for (const { change } of ops) {
    const folderOps = folders.get(change.id);
    if (folderOps === undefined || !isTaskChange(change)) continue;
    folderOps.add(change.folderId);
    if (change.kind === 'moveTask') folderOps.add(change.toFolderId);
  }
  return folders;
}

/** The place that `keyOf` made this key of. */
export function placeOfKey(key: string): Place {
  const [mailbox = '', id = ''] = key.split('\n');
  return { mailbox, id };
}

/** The most urgent state of each row: parked before sending before waiting. */
export function pendingStatesOf(ops: readonly Op[], outbox: Pick<Outbox, 'stateOf'>): PendingStates {
  const pending = new Map<string, PendingState>();
  for (const op of ops) {
    const state = outbox.stateOf(op);
    const { change } = op;
    const hasCopy = change.kind === 'completeTask' || change.kind === 'undoComplete';
    for (const id of hasCopy ? [change.id, change.copyId] : [change.id]) {
      if (pending.get(id) !== 'parked') pending.set(id, state);
    }
  }
  return pending;
}

/** The same map while nothing in it differs, so that listings stay the same object. */
export function reusePendingStates(before: PendingStates, after: PendingStates): PendingStates {
  const isSame = before.size === after.size && [...after].every(([id, state]) => before.get(id) === state);
  return isSame ? before : after;
}
