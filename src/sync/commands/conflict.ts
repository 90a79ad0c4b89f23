import { patchedValues } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { ChangeBase } from '../../domain/changes/patchComparison.ts';
import { compareUpdate, valuesOfPatch } from '../../domain/changes/patchComparison.ts';
import type { PatchField } from '../../domain/changes/patchComparison.ts';
import type { TaskPatch } from '../../domain/task/task.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { PendingItem } from '../views/pendingItem.ts';

/**
 * Two values of one field; both are kept until the person picks one
 * (docs/architecture.md#conflicts-are-decided-per-field).
 */
export type Conflict = {
  /** What both changed, in the task's order; 'name' for a folder or group. */
  fields: readonly (PatchField | 'name')[];
  mine: ChangeBase['values'] & { name?: string };
  theirs: ChangeBase['values'] & { name?: string };
  /** Sends mine where it is chosen, and what only I changed anyway; takes theirs for the rest. */
  resolve: (mine: ReadonlySet<PatchField | 'name'>) => Promise<void>;
};

type PatchingItem = PendingItem & { change: Extract<Change, { kind: 'updateTask' | 'undoComplete' }> };

/** The conflict of a parked change, or null. @param pending every change that is not with the server yet. */
export function conflictOf(
  item: PendingItem,
  pending: readonly PendingItem[],
  outbox: Pick<Outbox, 'rewrite' | 'discard'>,
): Conflict | null {
  const { change, failure } = item;
  if (failure?.kind !== 'changed') return null;

  if ((change.kind === 'renameFolder' || change.kind === 'renameGroup') && failure.theirName !== undefined) {
    const { theirName } = failure;
    return {
      fields: ['name'],
      mine: { name: change.name },
      theirs: { name: theirName },
      resolve: (mine) =>
        mine.has('name') ? outbox.rewrite(item.id, { ...change, was: theirName }) : outbox.discard(item.id),
    };
  }
  const { theirs } = failure;
  if (theirs === undefined || !isPatchingItem(item)) return null;

  // Each of the later ones would stop for the same reason.
  const later = pending
    .filter((other) => other.id !== item.id && other.state !== 'sending' && other.change.id === change.id)
    .filter(isPatchingItem)
    .filter((other) => other.madeAt >= item.madeAt)
    .toSorted((a, b) => (a.madeAt < b.madeAt ? -1 : 1));
  const all = [item, ...later];
  const patch = all.reduce<TaskPatch>((merged, { change }) => ({ ...merged, ...change.patch }), {});
  const values = all.reduceRight<ChangeBase['values']>(
    (merged, { change }) => ({ ...merged, ...change.base.values }),
    {},
  );
  const compared = compareUpdate(theirs, patch, { etag: theirs.etag, values });
  return {
    fields: compared.outcome === 'conflict' ? compared.fields : [],
    mine: valuesOfPatch(patch),
    theirs,
    async resolve(mine) {
      const lost = new Set<string>(
        compared.outcome === 'conflict' ? compared.fields.filter((one) => !mine.has(one)) : [],
      );
      const remaining: TaskPatch = Object.fromEntries(Object.entries(patch).filter(([field]) => !lost.has(field)));
      // The rewritten change first, based on the mailbox's values; the changes it contains are discarded after it.
      if (Object.keys(remaining).length > 0) {
        const base = { etag: theirs.etag, values: patchedValues(theirs, remaining) };
        await outbox.rewrite(item.id, { ...item.change, patch: remaining, base });
      } else await outbox.discard(item.id);
      for (const { id } of later) await outbox.discard(id);
    },
  };
}

function isPatchingItem(item: PendingItem): item is PatchingItem {
  return item.change.kind === 'updateTask' || item.change.kind === 'undoComplete';
}
