import type { ListingOptions, RowChange } from '../../domain/listing/listing.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Day, Weekday } from '../../domain/time/time.ts';
import { folderListingKey, noPreviousTotals, viewListingKey } from './firstPaint.ts';
import type { PreviousTotals } from './firstPaint.ts';
import { cachedListing, visibleContentOf, withListTotals } from './listingCache.ts';
import { createCountsStore } from './countsStore.ts';
import { createListingStore } from './listingStore.ts';
import type { CountsStore } from './countsStore.ts';
import type { ListingStore } from './listingStore.ts';
import type { VisibleContent } from './persistFirstPaint.ts';
import { listingOptionsKey, prebuildLists, viewFilter, viewOptionsOf } from './prebuild.ts';
import type { ListPrebuild } from './prebuild.ts';
import { createTaskLookup } from './taskLookup.ts';
import type { FolderRowChanges, ViewFolder, ViewFolders } from './viewFolders.ts';

export type RowListener = (moves: readonly RowChange[]) => void;

/**
 * The stores of what is drawn: folder listings, smart views and counts, updated row by row. Each tab has its own,
 * updated by the messages of the others (`replicaBroadcast`, `outboxBroadcast`).
 */
export type ViewStores = {
  listing: (folder: ViewFolder, options: ListingOptions) => ListingStore;
  view: (name: ViewName, options: ListingOptions) => ListingStore;
  counts: (today: Day, zone: string) => CountsStore;
  /** The pending states of the own mailbox may have changed. */
  applyPending: () => void;
  /** Whether every own folder is completely loaded. */
  setComplete: (isComplete: boolean) => void;
  /** The replica is loaded: stored totals of the last session are no longer needed. */
  dropPreviousTotals: () => void;
  /** Reports all own rows as changes, then every later change. Returns a function that stops it. */
  followRows: (listener: RowListener) => () => void;
  visibleContent: () => VisibleContent;
  /** Sorts long lists in every order ahead of use; `pause` runs between pieces of the work. */
  prebuild: (options: Pick<ListingOptions, 'today' | 'zone'>, pause: () => Promise<void>) => Promise<void>;
};

type Input = {
  folders: Pick<ViewFolders, 'all' | 'ownPending' | 'follow'>;
  /** Whether every own folder is completely loaded. */
  isComplete: () => boolean;
  previousTotals: PreviousTotals;
  /** Upcoming is divided into weeks that begin on it. */
  weekStart: Weekday;
};

export function createViewStores({ folders, isComplete, previousTotals, weekStart }: Input): ViewStores {
  const { ownFolders, ownRows } = createTaskLookup(folders.all);
  const views = new Map<string, ListingStore>();
  const counts = new Map<string, CountsStore>();
  const followers = new Set<RowListener>();
  /** Lists being built: they receive every change, and are not shown yet. */
  const building = new Set<ListPrebuild<ViewFolder>>();
  let storedTotals = previousTotals;

  function applyRows({ folder, moves, timing }: FolderRowChanges) {
    for (const listing of folder.listings.values()) listing.apply(moves, folder.pending, timing);
    for (const one of building) if (one.folder === folder) one.source.apply(moves, folder.pending);
    const isOwn = folder.place.mailbox === 'me';
    for (const count of counts.values()) count.apply(folder.place.id, moves, isOwn);
    if (!isOwn) return;
    for (const view of views.values()) view.apply(moves, folders.ownPending(), timing);
    for (const one of building) if (one.folder === null) one.source.apply(moves, folders.ownPending());
    if (moves.length > 0) for (const listener of followers) listener(moves);
  }

  folders.follow({
    onRows: applyRows,
    onRemove({ place }) {
      for (const count of counts.values()) count.remove(place.id);
    },
  });

  return {
    listing: (folder, options) =>
      cachedListing(folder.listings, listingOptionsKey(options), () =>
        withListTotals(
          createListingStore({ rows: folder.rows.values(), index: folder.rows, options, pending: folder.pending }),
          folder.isLoaded ? undefined : storedTotals.totals.get(folderListingKey(folder.place, options)),
        ),
      ),
    view: (name, options) =>
      cachedListing(views, `${name}\n${listingOptionsKey(options)}`, () => {
        const rows = ownFolders().flatMap((folder) => [...folder.rows.values()]);
        const filter = viewFilter(name, options);
        return withListTotals(
          createListingStore({
            rows,
            index: ownRows,
            options: viewOptionsOf(name, options, weekStart),
            pending: folders.ownPending(),
            filter,
          }),
          isComplete() ? undefined : storedTotals.totals.get(viewListingKey(name, options)),
        );
      }),
    counts: (today, zone) =>
      cachedListing(counts, `${today}\n${zone}`, () => {
        const rows = [...folders.all.values()].map(({ place: { mailbox, id }, rows }) => ({
          id,
          rows: rows.values(),
          isOwn: mailbox === 'me',
        }));
        const created = createCountsStore(rows, { today, zone }, isComplete());
        if (storedTotals.counts !== null && !isComplete()) created.setPrevious(storedTotals.counts);
        return created;
      }),
    applyPending() {
      for (const view of views.values()) view.apply([], folders.ownPending());
    },
    setComplete(whether) {
      for (const count of counts.values()) count.setComplete(whether);
    },
    dropPreviousTotals() {
      storedTotals = noPreviousTotals;
      for (const { listings } of folders.all.values()) for (const listing of listings.values()) listing.setTotals(null);
      for (const view of views.values()) view.setTotals(null);
      for (const count of counts.values()) count.setPrevious(null);
    },
    followRows(listener) {
      const rows = ownFolders().flatMap((folder) => [...folder.rows.values()]);
      listener(rows.map((after) => ({ before: undefined, after })));
      followers.add(listener);
      return () => followers.delete(listener);
    },
    visibleContent: () => visibleContentOf({ folders: folders.all.values(), views, counts, isWhole: isComplete() }),
    prebuild: (when, pause) =>
      prebuildLists({
        when,
        weekStart,
        pause,
        folders: [...folders.all.values()],
        views,
        building,
        everyRow: ownRows,
        pending: folders.ownPending,
      }),
  };
}
