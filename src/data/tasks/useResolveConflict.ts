import { useConflict } from './useConflict.ts';
import type { PendingItem } from '../outbox/usePendingChanges.ts';

/** Sends the whole change, overwriting the other version. Undefined where there is no choice. */
export function useKeepMine(item: PendingItem): (() => Promise<void>) | undefined {
  const conflict = useConflict(item);
  return conflict === null ? undefined : () => conflict.resolve(new Set(conflict.fields));
}

/** Accepts the mailbox's version, and keeps fields changed only here. Undefined where there is no conflict. */
export function useAcceptTheirs(item: PendingItem): (() => Promise<void>) | undefined {
  const conflict = useConflict(item);
  return conflict === null ? undefined : () => conflict.resolve(new Set());
}
