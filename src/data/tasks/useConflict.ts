import { conflictOf } from '../../sync/commands/conflict.ts';
import type { Conflict } from '../../sync/commands/conflict.ts';
import type { PendingItem } from '../../sync/views/pendingItem.ts';
import { isLocalId } from '../../domain/changes/change.ts';
import { useDeps } from '../dataProvider.tsx';
import { usePendingChanges } from '../outbox/usePendingChanges.ts';

export type { Conflict } from '../../sync/commands/conflict.ts';

/** The conflict of a parked change, or null. Later changes of the same task that wait behind it are part of it. */
export function useConflict(item: PendingItem): Conflict | null {
  const { outbox } = useDeps();
  const { waiting, parked } = usePendingChanges();
  return conflictOf(item, [...parked, ...waiting], outbox);
}

/**
 * For a change of something deleted elsewhere: restores it and sends the change again. Undefined where it cannot be
 * restored. Needs the network; rejects with ApiError.
 */
export function useRecreateTask({ id, change, failure }: PendingItem): (() => Promise<void>) | undefined {
  const { outbox, extras, capabilities } = useDeps();
  const isGone = failure?.kind === 'missing' && capabilities.bin && extras !== null && change.mailbox === 'me';
  const target = 'taskId' in change ? change.taskId : change.id;
  if (!isGone || isLocalId(target) || change.kind === 'createTask') return undefined;
  return async () => {
    await extras.bin.restore(target);
    await outbox.retry(id);
  };
}
