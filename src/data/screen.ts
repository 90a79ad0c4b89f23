import type { Listing, ListingOptions } from '../domain/listing.ts';
import type { ViewName } from '../domain/place.ts';
import type { Place } from '../domain/task.ts';
import type { Day } from '../domain/time.ts';
import type { Source } from './engine.ts';
import type { OneTask } from './tasks.ts';
import type { Counts } from './views.ts';

/** What is drawn: overlay(snapshot, outbox), kept up to date row by row (architecture.md §1). Sources are the same object for the same arguments. */
export type Screen = {
  listing(folder: Place, options: ListingOptions): Source<Listing>;
  view(name: ViewName, options: ListingOptions): Source<Listing>;
  counts(today: Day, zone: string): Source<Counts>;
  task(mailbox: Place['mailbox'], id: string, folderId: string | null): Source<OneTask>;
};
