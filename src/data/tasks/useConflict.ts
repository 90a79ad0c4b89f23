import { patchedValues } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { ChangeBase, PatchField } from '../../domain/changes/patchComparison.ts';
import { compareUpdate, valuesOfPatch } from '../../domain/changes/patchComparison.ts';
import type { TaskPatch } from '../../domain/task/task.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import { useDeps } from '../dataProvider.tsx';
import { usePendingChanges } from '../outbox/usePendingChanges.ts';
import type { PendingItem } from '../outbox/usePendingChanges.ts';

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

type Patching = PendingItem & { change: Extract<Change, { kind: 'updateTask' | 'undoComplete' }> };

/** The conflict that a parked change is, or null. Later changes of the same task that wait behind it belong to it. */
export function useConflict(item: PendingItem): Conflict | null {
  const { outbox } = useDeps();
  const { waiting, parked } = usePendingChanges();
  return conflictOf(item, [...parked, ...waiting], outbox);
}

/** @param pending everything that is not with the server yet. */
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
  if (theirs === undefined || !isPatching(item)) return null;

  // Each of the later ones would stop for the same reason.
  const later = pending
    .filter((other) => other.id !== item.id && other.state !== 'sending' && other.change.id === change.id)
    .filter(isPatching)
    .filter((other) => other.madeAt >= item.madeAt)
    .toSorted((a, b) => (a.madeAt < b.madeAt ? -1 : 1));
  const all = [item, ...later];
  const patch = all.reduce<TaskPatch>((so, { change: made }) => ({ ...so, ...made.patch }), {});
  const values = all.reduceRight<ChangeBase['values']>((so, { change: made }) => ({ ...so, ...made.base.values }), {});
  const compared = compareUpdate(theirs, patch, { etag: theirs.etag, values });
  return {
    fields: compared.outcome === 'conflict' ? compared.fields : [],
    mine: valuesOfPatch(patch),
    theirs,
    async resolve(mine) {
      const lost = new Set<string>(
        compared.outcome === 'conflict' ? compared.fields.filter((one) => !mine.has(one)) : [],
      );
      const kept: TaskPatch = Object.fromEntries(Object.entries(patch).filter(([field]) => !lost.has(field)));
      // First the new one, on what the mailbox has now; what it takes in goes after.
      if (Object.keys(kept).length > 0) {
        const base = { etag: theirs.etag, values: patchedValues(theirs, kept) };
        await outbox.rewrite(item.id, { ...item.change, patch: kept, base });
      } else await outbox.discard(item.id);
      for (const { id } of later) await outbox.discard(id);
    },
  };
}

function isPatching(item: PendingItem): item is Patching {
  return item.change.kind === 'updateTask' || item.change.kind === 'undoComplete';
}

/**
 * For a change of something that was deleted elsewhere: takes it out of the bin and sends the change again. Undefined where
 * there is no bin, or nothing that could come back. Needs the network; rejects with ApiError.
 */
export function useRecreateTask({ id, change, failure }: PendingItem): (() => Promise<void>) | undefined {
  const { outbox, extras, capabilities } = useDeps();
  const isGone = failure?.kind === 'missing' && capabilities.bin && extras !== null && change.mailbox === 'me';
  const target = 'taskId' in change ? change.taskId : change.id;
  if (!isGone || target.startsWith('local-') || change.kind === 'createTask') return undefined;
  return async () => {
    await extras.bin.restore(target);
    await outbox.retry(id);
  };
}
