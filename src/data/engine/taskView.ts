import type { Query, QueryClient } from '@tanstack/react-query';
import { isLocalId, isTaskChange } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Listing, ListingOptions, RowChange, PendingState } from '../../domain/listing/listing.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Mailbox, Place, Task, TaskFolder } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import { placeKey } from '../../sync/replica/folderTable.ts';
import type { Replica } from '../../sync/replica/replica.ts';
import type { ReplicaEvent } from '../../sync/replica/folderTables.ts';
import { createCountsStore, createListingStore } from '../../sync/views/listingStore.ts';
import type { Counts, CountsStore, ListingStore, PendingStates, NotifyTiming } from '../../sync/views/listingStore.ts';
import { queryFailure } from '../queryFailure.ts';
import { createFolderOverlay, noRows } from '../../sync/views/folderOverlay.ts';
import type { FolderOverlay } from '../../sync/views/folderOverlay.ts';
import { folderListingKey, noPreviousTotals, viewListingKey } from '../../sync/views/firstPaint.ts';
import type { PreviousTotals } from '../../sync/views/firstPaint.ts';
import { viewFilter, listingOptionsKey, prebuildLists } from '../../sync/views/prebuild.ts';
import type { ListPrebuild } from '../../sync/views/prebuild.ts';
import type { VisibleContent } from '../../sync/views/persistFirstPaint.ts';
import { folderQueries, taskQueries } from '../queries.ts';
import { createTaskLookup } from './taskLookup.ts';
import { indexPendingOps, pendingStatesOf, placeOfKey, reusePendingStates } from '../../sync/views/pendingIndex.ts';
import { cachedListing, visibleContentOf, withListTotals } from '../../sync/views/listingCache.ts';
import { createObservable, createEmitter } from '../../sync/platform/observable.ts';
import type { Observable } from '../../sync/platform/observable.ts';

export type TaskState = { task: Task | undefined; pendingState: 'saved' | PendingState; isPending: boolean };

/** Whether every folder of the own mailbox was pulled, and what prevents it; `isLoaded` once this device was read. */
export type Coverage = { isComplete: boolean; isLoaded: boolean; failure: FailureKind | null };

/**
 * What is drawn: the replica with unsent changes applied, updated row by row. The same arguments return the same
 * source.
 */
export type TaskViews = {
  listing: (folder: Place, options: ListingOptions) => Observable<Listing>;
  view: (name: ViewName, options: ListingOptions) => Observable<Listing>;
  counts: (today: Day, zone: string) => Observable<Counts>;
  task: (mailbox: Mailbox, id: string, folderId: string | null) => Observable<TaskState>;
  coverage: Observable<Coverage>;
  /** A task of any folder that was read, as it is shown. */
  findTask: (mailbox: Mailbox, id: string) => Task | undefined;
  /** The own mailbox's rows as they are now, as moves, then every later one; call the answer to stop. Reminders live on it. */
  followRows: (listener: (moves: readonly RowChange[]) => void) => () => void;
  /** What is drawn now, for the first paint of the next start. */
  visibleContent: () => VisibleContent;
  /** Anything was drawn anew. */
  subscribe: (listener: () => void) => () => void;
  /** Everything on this device was read: the numbers of an earlier time are not needed any more. */
  markLoaded: () => void;
  /** Sorts long lists in every order before anybody asks for them, between whatever else there is to do. */
  prebuild: (options: Omit<ListingOptions, 'order'>, pause: () => Promise<void>) => Promise<void>;
  /** Follows the copy and the outbox; call the answer to stop. */
  start: () => () => void;
};

type Folder = {
  place: Place;
  rows: FolderOverlay;
  /** The live rows under the pending changes. */
  base: ReadonlyMap<string, Task>;
  pending: PendingStates;
  /** Every row is here. */
  isLoaded: boolean;
  /** Why it could not be read, or is not being read. */
  failure: FailureKind | null;
  listings: Map<string, ListingStore>;
};

const nothingPending: PendingStates = new Map();
const nothingHere: TaskState = { task: undefined, pendingState: 'saved', isPending: false };

type Input = {
  client: QueryClient;
  outbox: Outbox;
  replica: Pick<Replica, 'rows' | 'state' | 'onChange'>;
  /** Somebody looks at a folder. */
  onOpen?: (place: Place) => void;
  previousTotals?: PreviousTotals;
};

export function createTaskViews({
  client,
  outbox,
  replica,
  onOpen = () => {},
  previousTotals: before = noPreviousTotals,
}: Input): TaskViews {
  const folders = new Map<string, Folder>();
  const { find, ownFolders, ownRows } = createTaskLookup(folders);
  const views = new Map<string, ListingStore>();
  const counts = new Map<string, CountsStore>();
  const followers = new Set<(moves: readonly RowChange[]) => void>();
  /** Lists that are being built: told of every move, and not shown yet. */
  const building = new Set<ListPrebuild<Folder>>();
  const anything = createEmitter();
  let earlier = before;
  const coverage = createObservable<Coverage>({ isComplete: false, isLoaded: false, failure: null });
  let seen = indexPendingOps(outbox.ops());
  let ownPending: PendingStates = nothingPending;

  // ---- From replica and ops to row changes -----------------------------------------------------------------------------

  function folderAt(place: Place): Folder {
    const key = placeKey(place);
    let folder = folders.get(key);
    if (folder === undefined) {
      const rows = createFolderOverlay(place.id);
      folder = {
        place,
        rows,
        base: noRows,
        pending: nothingPending,
        isLoaded: false,
        failure: null,
        listings: new Map(),
      };
      folders.set(key, folder);
      refresh(folder);
    }
    return folder;
  }

  /** Looks at the folder's rows and ops again, and tells what is drawn from it of the rows that differ. */
  function refresh(folder: Folder, moved: readonly RowChange[] = [], told: NotifyTiming = 'now') {
    const { place } = folder;
    const query = client.getQueryState([...taskQueries.all, place.mailbox, place.id]);
    const ops = seen.byFolder.get(placeKey(place)) ?? [];
    const isDeleted = seen.deletedFolders.has(place.id);
    folder.isLoaded = replica.state(place).kind === 'whole';
    folder.failure = query === undefined ? null : queryFailure({ ...query, data: folder.isLoaded || undefined });
    folder.base = isDeleted ? noRows : replica.rows(place);
    const moves = folder.rows.update(
      folder.base,
      isDeleted ? [] : moved,
      isDeleted ? [] : ops.map(({ change }) => change).filter(isTaskChange),
    );
    folder.pending = reusePendingStates(folder.pending, pendingStatesOf(ops, outbox));
    tell(folder, moves, told);
  }

  function tell(folder: Folder, moves: readonly RowChange[], told: NotifyTiming = 'now') {
    for (const listing of folder.listings.values()) listing.apply(moves, folder.pending, told);
    for (const one of building) if (one.folder === folder) one.source.apply(moves, folder.pending);
    if (folder.place.mailbox !== 'me') return;
    for (const view of views.values()) view.apply(moves, ownPending, told);
    for (const one of building) if (one.folder === null) one.source.apply(moves, ownPending);
    for (const count of counts.values()) count.apply(folder.place.id, moves);
    if (moves.length > 0) for (const listener of followers) listener(moves);
  }

  function afterOps(moved?: { folder: Folder; moves: readonly RowChange[]; told: NotifyTiming }) {
    const before = seen;
    seen = indexPendingOps(outbox.ops());
    ownPending = reusePendingStates(
      ownPending,
      pendingStatesOf(
        seen.ops.filter(({ change }) => change.mailbox === 'me'),
        outbox,
      ),
    );
    if (moved !== undefined) refresh(moved.folder, moved.moves, moved.told);
    // Places that lost ops come first: a row that moved to another place leaves before it arrives.
    for (const key of new Set([...before.byFolder.keys(), ...seen.byFolder.keys()])) {
      const folder = folders.get(key) ?? folderAt(placeOfKey(key));
      if (outbox.resolve(folder.place.id) === folder.place.id) refresh(folder);
      else forget(folder);
    }
    for (const folder of folders.values()) {
      const { id } = folder.place;
      if (before.deletedFolders.has(id) !== seen.deletedFolders.has(id)) refresh(folder);
    }
    for (const view of views.values()) view.apply([], ownPending);
    anything.emit();
  }

  function forget(folder: Folder, moves: readonly RowChange[] = []) {
    tell(folder, folder.rows.update(folder.base, folder.base === noRows ? [] : moves, []));
    folders.delete(placeKey(folder.place));
    for (const count of counts.values()) count.remove(folder.place.id);
  }

  // ---- Changes of the replica and of queries ---------------------------------------------------------------------------

  /** Rows moved. The ops they settle are gone by now: both are shown in one turn, so that nothing blinks. */
  function afterCopy({ place, changes, state, isLoading }: ReplicaEvent) {
    const known = folders.get(placeKey(place));
    if (state === null) {
      if (known !== undefined) forget(known, changes);
    } else {
      const told: NotifyTiming = isLoading ? 'later' : 'now';
      // A folder seen for the first time takes its rows whole.
      const folder = known ?? folderAt(place);
      const own = known === undefined ? [] : changes;
      if (seen.ops === outbox.ops()) refresh(folder, own, told);
      else afterOps({ folder, moves: own, told });
    }
    cover();
    anything.emit();
  }

  function afterQuery(query: Query) {
    const [kind, mailbox, id] = query.queryKey;
    if (kind === taskQueries.all[0] && typeof mailbox === 'string' && typeof id === 'string') {
      refresh(folderAt({ mailbox, id }));
    } else if (kind !== folderQueries.all[0]) return;
    cover();
    anything.emit();
  }

  function cover() {
    const state = client.getQueryState<readonly TaskFolder[]>([...folderQueries.all, 'me']);
    const all = state?.data?.map(({ id }) => folders.get(placeKey({ mailbox: 'me', id })));
    const isComplete = all !== undefined && all.every((folder) => folder?.isLoaded === true);
    const missing = all?.find((folder) => folder !== undefined && !folder.isLoaded && folder.failure !== null);
    const failure = missing?.failure ?? (state === undefined ? null : queryFailure(state));
    const known = coverage.current();
    if (known.isComplete !== isComplete || known.failure !== failure) coverage.set({ ...known, isComplete, failure });
    for (const count of counts.values()) count.setComplete(isComplete);
  }

  // ---- Sources ---------------------------------------------------------------------------------------------------------

  function lookAt(mailbox: Mailbox, id: string, folderId: string | null): TaskState {
    const folder = folderId === null ? undefined : folders.get(placeKey({ mailbox, id: folderId }));
    const task = folder?.rows.get(id) ?? find(mailbox, id);
    if (task !== undefined) {
      const pending = folders.get(placeKey({ mailbox, id: task.folderId }))?.pending.get(id);
      return { task, pendingState: pending ?? 'saved', isPending: false };
    }
    const isReading =
      folder !== undefined
        ? !folder.isLoaded && folder.failure === null
        : !coverage.current().isComplete && coverage.current().failure === null;
    return isReading ? { ...nothingHere, isPending: true } : nothingHere;
  }

  return {
    listing(place, options) {
      const folder = folderAt(place);
      // Whoever looks at a folder has it read from this device before the others, and with no network too.
      if (!isLocalId(place.id)) onOpen(place);
      return cachedListing(folder.listings, listingOptionsKey(options), () =>
        withListTotals(
          createListingStore({
            rows: folder.rows.values(),
            index: folder.rows,
            options,
            pending: folder.pending,
          }),
          folder.isLoaded ? undefined : earlier.totals.get(folderListingKey(place, options)),
        ),
      );
    },
    view(name, options) {
      return cachedListing(views, `${name}\n${listingOptionsKey(options)}`, () => {
        const rows = ownFolders().flatMap((folder) => [...folder.rows.values()]);
        return withListTotals(
          createListingStore({
            rows,
            index: ownRows,
            options,
            pending: ownPending,
            filter: viewFilter(name, options),
          }),
          coverage.current().isComplete ? undefined : earlier.totals.get(viewListingKey(name, options)),
        );
      });
    },
    counts(today, zone) {
      return cachedListing(counts, `${today}\n${zone}`, () => {
        const rows = ownFolders().map((folder) => [folder.place.id, folder.rows.values()] as const);
        const made = createCountsStore(rows, { today, zone }, coverage.current().isComplete);
        if (earlier.counts !== null && !coverage.current().isComplete) made.setPrevious(earlier.counts);
        return made;
      });
    },
    task(mailbox, id, folderId) {
      let last = lookAt(mailbox, id, folderId);
      return {
        subscribe: anything.subscribe,
        current() {
          const next = lookAt(mailbox, id, folderId);
          const isSame =
            next.task === last.task && next.pendingState === last.pendingState && next.isPending === last.isPending;
          if (!isSame) last = next;
          return last;
        },
      };
    },
    findTask: find,
    coverage,
    markLoaded() {
      earlier = noPreviousTotals;
      coverage.set({ ...coverage.current(), isLoaded: true });
      for (const { listings } of folders.values()) for (const listing of listings.values()) listing.setTotals(null);
      for (const view of views.values()) view.setTotals(null);
      for (const count of counts.values()) count.setPrevious(null);
    },
    visibleContent: () =>
      visibleContentOf({ folders: folders.values(), views, counts, isWhole: coverage.current().isComplete }),
    subscribe: anything.subscribe,
    prebuild: (when, pause) =>
      prebuildLists({
        when,
        pause,
        folders: [...folders.values()],
        views,
        building,
        everyRow: ownRows,
        pending: () => ownPending,
      }),
    followRows(listener) {
      const rows = ownFolders().flatMap((folder) => [...folder.rows.values()]);
      listener(rows.map((after) => ({ before: undefined, after })));
      followers.add(listener);
      return () => followers.delete(listener);
    },
    start() {
      const stopOps = outbox.subscribe(() => afterOps());
      const stopCopy = replica.onChange(afterCopy);
      const stopCache = client.getQueryCache().subscribe(({ type, query }) => {
        if (type === 'updated' || type === 'added') afterQuery(query);
      });
      afterOps();
      for (const query of client.getQueryCache().findAll({ queryKey: taskQueries.all })) afterQuery(query);
      return () => {
        stopOps();
        stopCopy();
        stopCache();
      };
    },
  };
}
