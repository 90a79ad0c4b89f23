import { useState } from 'react';
import { isLocalId } from '../../../domain/changes/change.ts';
import type { Listing } from '../../../domain/listing/listing.ts';

/** The task added last in this list, in any sort order; of several lines, the one that stands on top. */
export function useAddedTask(listing: Listing) {
  const [pendingBefore, setPendingBefore] = useState<ReadonlySet<string>>();
  const [addedId, setAddedId] = useState<string>();
  const created = pendingBefore === undefined ? undefined : newestOf(listing, pendingBefore);
  if (created !== undefined) {
    setPendingBefore(undefined);
    setAddedId(created);
  }
  return { addedId, expectAdded: () => setPendingBefore(new Set(listing.pendingIds.keys())) };
}

/** The newest of the tasks that were made here and did not wait before. */
export function newestOf({ byId, pendingIds }: Listing, pendingBefore: ReadonlySet<string>): string | undefined {
  const made = [...pendingIds.keys()].filter((id) => isLocalId(id) && !pendingBefore.has(id));
  const tasks = made.flatMap((id) => byId.get(id) ?? []);
  return tasks.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]?.id;
}
