import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Place } from '../../domain/task/task.ts';
import { screenKeyOf } from '../storage/replicaStore.ts';
import type { CountsSource, ListingSource, Totals } from './listingStore.ts';
import { viewKeyOf } from './firstPaint.ts';
import type { OnScreen } from './persistFirstPaint.ts';

/** Listings that nobody looks at are kept for going back and forth, but not for ever. */
const keptListings = 12;

export function withTotals(source: ListingSource, totals: Totals | undefined): ListingSource {
  if (totals !== undefined) source.setTotals(totals);
  return source;
}

export function cached<T extends { isWatched(): boolean }>(all: Map<string, T>, key: string, create: () => T): T {
  const known = all.get(key);
  if (known !== undefined) return known;
  const spare = [...all].filter(([, source]) => !source.isWatched());
  for (const [old] of spare.slice(0, Math.max(0, all.size + 1 - keptListings))) all.delete(old);
  const made = create();
  all.set(key, made);
  return made;
}

type Watched = {
  folders: Iterable<{ place: Place; isLoaded: boolean; listings: ReadonlyMap<string, ListingSource> }>;
  /** By view and options. */
  views: ReadonlyMap<string, ListingSource>;
  counts: ReadonlyMap<string, CountsSource>;
  isWhole: boolean;
};

/** What somebody looks at, of places that were read whole. */
export function watchedOf({ folders, views, counts, isWhole }: Watched): OnScreen {
  const lists: OnScreen['lists'][number][] = [];
  for (const { place, isLoaded, listings } of folders) {
    if (!isLoaded) continue;
    const record = screenKeyOf(place);
    for (const [options, source] of listings)
      if (source.isWatched())
        lists.push({ record, key: `${record}\n${options}`, mailbox: place.mailbox, listing: source.current() });
  }
  if (!isWhole) return { lists, counts: undefined };
  for (const [name, source] of views) {
    const record = viewKeyOf(name.slice(0, name.indexOf('\n')) as ViewName);
    if (source.isWatched())
      lists.push({
        record,
        key: `${record}${name.slice(name.indexOf('\n'))}`,
        mailbox: 'me',
        listing: source.current(),
      });
  }
  return { lists, counts: [...counts.values()].find((source) => source.isWatched())?.current() };
}
