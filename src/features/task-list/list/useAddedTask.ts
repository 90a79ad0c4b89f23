import { useState } from 'react';
import { isLocalId } from '../../../domain/changes/change.ts';
import type { Listing } from '../../../domain/listing/listing.ts';

/** The task added last in this list, in any sort order: the first with a local id that was not pending before. */
export function useAddedTask(listing: Listing) {
  const [pendingBefore, setPendingBefore] = useState<ReadonlySet<string>>();
  const [addedId, setAddedId] = useState<string>();
  const created =
    pendingBefore === undefined
      ? undefined
      : [...listing.pendingIds.keys()].find((id) => isLocalId(id) && !pendingBefore.has(id));
  if (created !== undefined && listing.byId.has(created)) {
    setPendingBefore(undefined);
    setAddedId(created);
  }
  return { addedId, expectAdded: () => setPendingBefore(new Set(listing.pendingIds.keys())) };
}
