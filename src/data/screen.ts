import type { Query, QueryClient } from '@tanstack/react-query';
import { isTaskChange } from '../domain/change.ts';
import type { FailureKind } from '../domain/errors.ts';
import { isInView } from '../domain/listing.ts';
import type { Listing, ListingOptions, Move, RowState } from '../domain/listing.ts';
import type { ViewName } from '../domain/place.ts';
import type { Place, Task, TaskFolder } from '../domain/task.ts';
import type { Day } from '../domain/time.ts';
import type { Op } from '../sync/op.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { TaskSnapshot } from '../sync/snapshot.ts';
import { createCountsSource, createListingSource } from './derived.ts';
import type { Counts, CountsSource, ListingSource, Pending } from './derived.ts';
import { failureIn } from './failure.ts';
import { createFolderRows, noRows } from './folderRows.ts';
import type { FolderRows } from './folderRows.ts';
import { folderQueries, taskQueries } from './queries.ts';
import { createCell, createEmitter } from './source.ts';
import type { Source } from './source.ts';

type Mailbox = Place['mailbox'];

export type OneTask = { task: Task | undefined; pendingState: 'saved' | RowState; isPending: boolean };

/** Whether every folder of the own mailbox has been read, and what stands in the way. */
export type Coverage = { isComplete: boolean; failure: FailureKind | null };

/**
 * What is drawn: overlay(snapshot, outbox), kept up to date row by row (architecture.md §1). Sources are the same object for
 * the same arguments.
 */
export type Screen = {
  listing: (folder: Place, options: ListingOptions) => Source<Listing>;
  view: (name: ViewName, options: ListingOptions) => Source<Listing>;
  counts: (today: Day, zone: string) => Source<Counts>;
  task: (mailbox: Mailbox, id: string, folderId: string | null) => Source<OneTask>;
  coverage: Source<Coverage>;
  /** A task of any folder that was read, as it is shown. */
  find: (mailbox: Mailbox, id: string) => Task | undefined;
  /** The own mailbox's rows as they are now, as moves, then every later one; call the answer to stop. Reminders live on it. */
  follow: (listener: (moves: readonly Move[]) => void) => () => void;
  /** Follows the snapshots and the outbox; call the answer to stop. */
  start: () => () => void;
};

type Folder = {
  place: Place;
  rows: FolderRows;
  pending: Pending;
  isLoaded: boolean;
  /** Why it could not be read, or is not being read. */
  failure: FailureKind | null;
  listings: Map<string, ListingSource>;
};

const nothingPending: Pending = new Map();
const nothingHere: OneTask = { task: undefined, pendingState: 'saved', isPending: false };
/** Listings that nobody looks at are kept for going back and forth, but not for ever. */
const keptListings = 6;

const keyOf = ({ mailbox, id }: Place) => `${mailbox}\n${id}`;
const optionsKey = ({ order, today, zone }: ListingOptions) => `${order}\n${today}\n${zone}`;

export function createScreen({ client, outbox }: { client: QueryClient; outbox: Outbox }): Screen {
  const folders = new Map<string, Folder>();
  const views = new Map<string, ListingSource>();
  const counts = new Map<string, CountsSource>();
  const followers = new Set<(moves: readonly Move[]) => void>();
  const anything = createEmitter();
  const coverage = createCell<Coverage>({ isComplete: false, failure: null });
  let seen = look(outbox.ops());
  let ownPending: Pending = nothingPending;

  // ---- From snapshots and ops to moves ---------------------------------------------------------------------------------

  function folderAt(place: Place): Folder {
    const key = keyOf(place);
    let folder = folders.get(key);
    if (folder === undefined) {
      const rows = createFolderRows();
      folder = { place, rows, pending: nothingPending, isLoaded: false, failure: null, listings: new Map() };
      folders.set(key, folder);
      refresh(folder);
    }
    return folder;
  }

  /** Looks at the folder's snapshot and ops again, and tells what is drawn from it of the rows that differ. */
  function refresh(folder: Folder) {
    const { place } = folder;
    const state = client.getQueryState<TaskSnapshot>([...taskQueries.all, place.mailbox, place.id]);
    const ops = seen.byFolder.get(keyOf(place)) ?? [];
    const isDeleted = seen.deletedFolders.has(place.id);
    folder.isLoaded = state?.data !== undefined;
    folder.failure = state === undefined ? null : failureIn(state);
    const snapshot = isDeleted ? noRows : (state?.data?.rows ?? noRows);
    const moves = folder.rows.update(snapshot, isDeleted ? [] : ops.map(({ change }) => change).filter(isTaskChange));
    folder.pending = samePending(folder.pending, pendingOf(ops, outbox));
    tell(folder, moves);
  }

  function tell(folder: Folder, moves: readonly Move[]) {
    for (const listing of folder.listings.values()) listing.take(moves, folder.pending);
    if (folder.place.mailbox !== 'me') return;
    for (const view of views.values()) view.take(moves, ownPending);
    for (const count of counts.values()) count.take(folder.place.id, moves);
    if (moves.length > 0) for (const listener of followers) listener(moves);
  }

  function afterOps() {
    const before = seen;
    seen = look(outbox.ops());
    ownPending = samePending(
      ownPending,
      pendingOf(
        seen.ops.filter(({ change }) => change.mailbox === 'me'),
        outbox,
      ),
    );
    // Places that lost ops come first: a row that moved to another place leaves before it arrives.
    for (const [key, ops] of [...before.byFolder, ...seen.byFolder]) {
      const folder = folders.get(key) ?? folderAt(placeOf(ops));
      if (outbox.resolve(folder.place.id) === folder.place.id) refresh(folder);
      else forget(folder);
    }
    for (const folder of folders.values()) {
      const { id } = folder.place;
      if (before.deletedFolders.has(id) !== seen.deletedFolders.has(id)) refresh(folder);
    }
    for (const view of views.values()) view.take([], ownPending);
    anything.emit();
  }

  function forget(folder: Folder) {
    tell(folder, folder.rows.update(noRows, []));
    folders.delete(keyOf(folder.place));
    for (const count of counts.values()) count.forget(folder.place.id);
  }

  // ---- What the cache says ---------------------------------------------------------------------------------------------

  function afterQuery(query: Query, type: string) {
    const [kind, mailbox, id] = query.queryKey;
    if (seen.ops !== outbox.ops()) afterOps();
    if (kind === taskQueries.all[0] && typeof mailbox === 'string' && typeof id === 'string') {
      const known = folders.get(keyOf({ mailbox, id }));
      if (type === 'removed') {
        if (known !== undefined) forget(known);
      } else refresh(known ?? folderAt({ mailbox, id }));
    } else if (kind !== folderQueries.all[0]) return;
    cover();
    anything.emit();
  }

  function cover() {
    const state = client.getQueryState<readonly TaskFolder[]>([...folderQueries.all, 'me']);
    const all = state?.data?.map(({ id }) => folders.get(keyOf({ mailbox: 'me', id })));
    const isComplete = all !== undefined && all.every((folder) => folder?.isLoaded === true);
    const missing = all?.find((folder) => folder !== undefined && !folder.isLoaded && folder.failure !== null);
    const failure = missing?.failure ?? (state === undefined ? null : failureIn(state));
    const known = coverage.current();
    if (known.isComplete !== isComplete || known.failure !== failure) coverage.set({ isComplete, failure });
    for (const count of counts.values()) count.setComplete(isComplete);
  }

  // ---- Sources ---------------------------------------------------------------------------------------------------------

  const ownFolders = () => [...folders.values()].filter(({ place }) => place.mailbox === 'me');

  function find(mailbox: Mailbox, id: string): Task | undefined {
    for (const { place, rows } of folders.values()) {
      const task = place.mailbox === mailbox ? rows.get(id) : undefined;
      if (task !== undefined) return task;
    }
    return undefined;
  }

  function lookAt(mailbox: Mailbox, id: string, folderId: string | null): OneTask {
    const folder = folderId === null ? undefined : folders.get(keyOf({ mailbox, id: folderId }));
    const task = folder?.rows.get(id) ?? find(mailbox, id);
    if (task !== undefined) {
      const pending = folders.get(keyOf({ mailbox, id: task.folderId }))?.pending.get(id);
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
      return cached(folder.listings, optionsKey(options), () =>
        createListingSource(folder.rows.all(), options, folder.pending, () => true),
      );
    },
    view(name, options) {
      return cached(views, `${name}\n${optionsKey(options)}`, () => {
        const rows = ownFolders().flatMap((folder) => [...folder.rows.all()]);
        return createListingSource(rows, options, ownPending, (task) => isInView(name, task, options));
      });
    },
    counts(today, zone) {
      return cached(counts, `${today}\n${zone}`, () => {
        const rows = ownFolders().map((folder) => [folder.place.id, folder.rows.all()] as const);
        return createCountsSource(rows, { today, zone }, coverage.current().isComplete);
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
    find,
    coverage,
    follow(listener) {
      const rows = ownFolders().flatMap((folder) => [...folder.rows.all()]);
      listener(rows.map((after) => ({ before: undefined, after })));
      followers.add(listener);
      return () => followers.delete(listener);
    },
    start() {
      const stopOps = outbox.subscribe(afterOps);
      const stopCache = client.getQueryCache().subscribe(({ type, query }) => {
        if (type === 'updated' || type === 'added' || type === 'removed') afterQuery(query, type);
      });
      afterOps();
      for (const query of client.getQueryCache().findAll({ queryKey: taskQueries.all })) afterQuery(query, 'updated');
      return () => {
        stopOps();
        stopCache();
      };
    },
  };
}

function cached<T extends { isWatched(): boolean }>(all: Map<string, T>, key: string, create: () => T): T {
  const known = all.get(key);
  if (known !== undefined) return known;
  const spare = [...all].filter(([, source]) => !source.isWatched());
  for (const [old] of spare.slice(0, Math.max(0, all.size + 1 - keptListings))) all.delete(old);
  const made = create();
  all.set(key, made);
  return made;
}

/** The ops with what the screen asks of them. */
function look(ops: readonly Op[]) {
  const byFolder = new Map<string, Op[]>();
  const deletedFolders = new Set<string>();
  for (const op of ops) {
    const { change } = op;
    if (change.kind === 'deleteFolder') deletedFolders.add(change.id);
    if (!isTaskChange(change)) continue;
    const key = keyOf({ mailbox: change.mailbox, id: change.folderId });
    const peers = byFolder.get(key);
    if (peers === undefined) byFolder.set(key, [op]);
    else peers.push(op);
  }
  return { ops, byFolder, deletedFolders };
}

function placeOf([op]: readonly Op[]): Place {
  const change = op?.change;
  if (change === undefined || !isTaskChange(change))
    throw new Error('Ops are grouped by folder when they are of tasks');
  return { mailbox: change.mailbox, id: change.folderId };
}

/** The worst state of each row: parked before sending before waiting. */
function pendingOf(ops: readonly Op[], outbox: Outbox): Pending {
  const pending = new Map<string, RowState>();
  for (const op of ops) {
    const state = outbox.stateOf(op);
    for (const id of op.change.kind === 'completeTask' ? [op.change.id, op.change.copyId] : [op.change.id]) {
      if (pending.get(id) !== 'parked') pending.set(id, state);
    }
  }
  return pending;
}

/** The same map while nothing in it differs, so that listings stay the same object. */
function samePending(before: Pending, after: Pending): Pending {
  const isSame = before.size === after.size && [...after].every(([id, state]) => before.get(id) === state);
  return isSame ? before : after;
}
