import { isInView, sortOrders } from '../../domain/listing/listing.ts';
import type { ListingOptions, TaskIndex } from '../../domain/listing/listing.ts';
import { viewNames } from '../../domain/urls/appUrls.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Weekday } from '../../domain/time/time.ts';
import { createListingStore } from './listingStore.ts';
import type { ListingStore, PendingStates } from './listingStore.ts';
import type { FolderOverlay } from './folderOverlay.ts';

type Folder = { rows: FolderOverlay; pending: PendingStates; listings: Map<string, ListingStore> };

/** A list being built: it receives the changes of its folder, or of all, and is not shown yet. */
export type ListPrebuild<F> = { source: ListingStore; folder: F | null };

export const listingOptionsKey = ({ order, today, zone }: ListingOptions) => `${order}\n${today}\n${zone}`;
export const viewFilter = (name: ViewName, options: ListingOptions) => (task: Task) => isInView(name, task, options);

/** A smart view's own division into sections. */
export const viewOptionsOf = (name: ViewName, options: ListingOptions, weekStart: Weekday): ListingOptions => ({
  ...options,
  view: name,
  weekStart,
});

/** Below this number of rows, sorting takes no noticeable time. */
const longList = 1_000;

type Input<F> = {
  when: Pick<ListingOptions, 'today' | 'zone'>;
  weekStart: Weekday;
  pause: () => Promise<void>;
  folders: readonly F[];
  views: Map<string, ListingStore>;
  building: Set<ListPrebuild<F>>;
  everyRow: TaskIndex;
  pending: () => PendingStates;
};

/**
 * Sorts long lists ahead of use, a piece at a time: every order of long folders, and every view. Opening one or
 * changing its order then costs the same for any number of rows.
 */
export async function prebuildLists<F extends Folder>(input: Input<F>): Promise<void> {
  const { when, weekStart, pause, folders, views, building, everyRow, pending } = input;

  async function build(key: string, all: Map<string, ListingStore>, rows: TaskIndex, one: ListPrebuild<F>) {
    if (all.has(key)) return;
    building.add(one);
    await one.source.build(
      [...rows.values()].map(({ id }) => id),
      pause,
    );
    building.delete(one);
    // It may have been opened meanwhile.
    if (!all.has(key)) all.set(key, one.source);
  }

  for (const order of sortOrders) {
    const options = { ...when, order };
    for (const folder of folders) {
      if (folder.rows.size < longList) continue;
      const source = createListingStore({ rows: [], index: folder.rows, options, pending: folder.pending });
      await build(listingOptionsKey(options), folder.listings, folder.rows, { source, folder });
    }
  }
  if (everyRow.size < longList) return;
  for (const name of viewNames) {
    const options: ListingOptions = { ...when, order: 'due' };
    const keeps = viewFilter(name, options);
    const source = createListingStore({
      rows: [],
      index: everyRow,
      options: viewOptionsOf(name, options, weekStart),
      pending: pending(),
      filter: keeps,
    });
    await build(`${name}\n${listingOptionsKey(options)}`, views, everyRow, { source, folder: null });
  }
}
