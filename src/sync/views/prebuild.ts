import { isInView, orders } from '../../domain/listing/listing.ts';
import type { ListingOptions, TaskIndex } from '../../domain/listing/listing.ts';
import { viewNames } from '../../domain/urls/appUrls.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Task } from '../../domain/task/task.ts';
import { createListingSource } from './listingStore.ts';
import type { ListingSource, Pending } from './listingStore.ts';
import type { FolderRows } from './folderOverlay.ts';

type Folder = { rows: FolderRows; pending: Pending; listings: Map<string, ListingSource> };

/** A list that is being built: told of every move of its folder, or of all, and not shown yet. */
export type Building<F> = { source: ListingSource; folder: F | null };

export const optionsKey = ({ order, today, zone }: ListingOptions) => `${order}\n${today}\n${zone}`;
export const keeping = (name: ViewName, options: ListingOptions) => (task: Task) => isInView(name, task, options);

/** Sorting fewer rows than this takes no time that anybody would notice. */
const longList = 1_000;

type Input<F> = {
  when: Omit<ListingOptions, 'order'>;
  pause: () => Promise<void>;
  folders: readonly F[];
  views: Map<string, ListingSource>;
  building: Set<Building<F>>;
  everyRow: TaskIndex;
  pending: () => Pending;
};

/**
 * Sorts long lists before anybody asks for them, a piece at a time: every order of long folders, and every view. Opening one,
 * or changing the order, then costs the same whatever the number of rows.
 */
export async function prepareLists<F extends Folder>(input: Input<F>): Promise<void> {
  const { when, pause, folders, views, building, everyRow, pending } = input;

  async function build(key: string, all: Map<string, ListingSource>, rows: TaskIndex, one: Building<F>) {
    if (all.has(key)) return;
    building.add(one);
    await one.source.build(
      [...rows.values()].map(({ id }) => id),
      pause,
    );
    building.delete(one);
    // Somebody may have been quicker to ask for it.
    if (!all.has(key)) all.set(key, one.source);
  }

  for (const order of orders) {
    const options = { ...when, order };
    for (const folder of folders) {
      if (folder.rows.size < longList) continue;
      const source = createListingSource({ rows: [], index: folder.rows, options, pending: folder.pending });
      await build(optionsKey(options), folder.listings, folder.rows, { source, folder });
    }
  }
  if (everyRow.size < longList) return;
  for (const name of viewNames) {
    const options: ListingOptions = { ...when, order: 'due' };
    const keeps = keeping(name, options);
    const source = createListingSource({ rows: [], index: everyRow, options, pending: pending(), keeps });
    await build(`${name}\n${optionsKey(options)}`, views, everyRow, { source, folder: null });
  }
}
