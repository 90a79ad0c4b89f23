import { useConflict } from './useConflict.ts';
import type { PendingItem } from '../outbox/usePendingChanges.ts';

/** Sends all of a change over what was changed elsewhere. Undefined for a change where there is nothing to choose between. */
export function useKeepMine(item: PendingItem): (() => Promise<void>) | undefined {
  const conflict = useConflict(item);
  return conflict === null ? undefined : () => conflict.resolve(new Set(conflict.fields));
}

/** Leaves what the mailbox has, and keeps what only this device changed. Undefined where there is no conflict. */
export function useAcceptTheirs(item: PendingItem): (() => Promise<void>) | undefined {
  const conflict = useConflict(item);
  return conflict === null ? undefined : () => conflict.resolve(new Set());
}
