import { useState } from 'react';
import { isLocalId } from '../../../domain/changes/change.ts';
import type { Listing } from '../../../domain/listing/listing.ts';

/** What the list waits for: so many tasks more than waited before. */
type Expected = { left: number; seen: ReadonlySet<string>; newestAt: string };

/** The task added last in this list, in any sort order; of several lines, the one that stands on top. */
export function useAddedTask(listing: Listing) {
  const [expected, setExpected] = useState<Expected>();
  const [addedId, setAddedId] = useState<string>();
  const added = expected === undefined ? null : addedSince(listing, expected);
  if (added !== null) {
    setExpected(added.expected.left > 0 ? added.expected : undefined);
    if (added.id !== null) setAddedId(added.id);
  }
  return {
    addedId,
    expectAdded: (count: number) =>
      setExpected({ left: count, seen: new Set(listing.pendingIds.keys()), newestAt: '' }),
  };
}

/** The newest of the tasks that appeared since, if it is newer than those seen; null when none did. */
export function addedSince(
  { byId, pendingIds }: Listing,
  { left, seen, newestAt }: Expected,
): { id: string | null; expected: Expected } | null {
  const ids = [...pendingIds.keys()].filter((id) => isLocalId(id) && !seen.has(id));
  const tasks = ids.flatMap((id) => byId.get(id) ?? []);
  if (tasks.length === 0) return null;
  const newest = tasks.reduce((one, other) => (other.createdAt > one.createdAt ? other : one));
  const expected = { left: left - tasks.length, seen: new Set([...seen, ...tasks.map(({ id }) => id)]) };
  if (newest.createdAt <= newestAt) return { id: null, expected: { ...expected, newestAt } };
  return { id: newest.id, expected: { ...expected, newestAt: newest.createdAt } };
}
