import type { Place } from '../../domain/task/task.ts';
import { folderRecordKey } from '../storage/replicaStore.ts';
import type { CountsStore } from './countsStore.ts';
import type { ListingStore, ListTotals } from './listingStore.ts';
import { viewRecordKey } from './firstPaint.ts';
import type { VisibleContent } from './persistFirstPaint.ts';

/** Listings without a subscriber are kept for going back and forth, up to a limit. */
const keptListings = 12;

export function withListTotals(source: ListingStore, totals: ListTotals | undefined): ListingStore {
  if (totals !== undefined) source.setTotals(totals);
  return source;
}

export function cachedListing<T extends { isFollowed(): boolean }>(
  all: Map<string, T>,
  key: string,
  create: () => T,
): T {
  const known = all.get(key);
  if (known !== undefined) return known;
  const unfollowed = [...all].filter(([, source]) => !source.isFollowed());
  for (const [old] of unfollowed.slice(0, Math.max(0, all.size + 1 - keptListings))) all.delete(old);
  const made = create();
  all.set(key, made);
  return made;
}

type Watched = {
  folders: Iterable<{ place: Place; isLoaded: boolean; listings: ReadonlyMap<string, ListingStore> }>;
  /** By view and options. */
  views: ReadonlyMap<string, ListingStore>;
  counts: ReadonlyMap<string, CountsStore>;
  isWhole: boolean;
};

/** Watched listings of completely loaded places. */
export function visibleContentOf({ folders, views, counts, isWhole }: Watched): VisibleContent {
  const lists: VisibleContent['lists'][number][] = [];
  for (const { place, isLoaded, listings } of folders) {
    if (!isLoaded) continue;
    const record = folderRecordKey(place);
    for (const [options, source] of listings)
      if (source.isWatched())
        lists.push({ record, key: `${record}\n${options}`, mailbox: place.mailbox, listing: source.current() });
  }
  if (!isWhole) return { lists, counts: undefined };
  for (const [name, source] of views) {
    const record = viewRecordKey(name.slice(0, name.indexOf('\n')));
    if (source.isWatched())
      lists.push({
        record,
        key: `${record}${name.slice(name.indexOf('\n'))}`,
        mailbox: 'me',
        listing: source.current(),
      });
  }
  return { lists, counts: [...counts.values()].find((source) => source.isFollowed())?.current() };
}
