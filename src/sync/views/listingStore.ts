import {
  countOpenTasks,
  isInView,
  buildListing,
  applyRowChanges,
  withPendingIds,
} from '../../domain/listing/listing.ts';
import type { Listing, ListingOptions, RowChange, PendingState, TaskIndex } from '../../domain/listing/listing.ts';
import { viewNames } from '../../domain/urls/appUrls.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import { createEmitter } from '../platform/observable.ts';
import type { Observable } from '../platform/observable.ts';

export type PendingStates = ReadonlyMap<string, PendingState>;

/** When to notify the lists: at once, or when more rows are loaded. */
export type NotifyTiming = 'now' | 'later';

/** A listing that follows its rows. `keeps` filters: a row that no longer matches is removed. */
export type ListingStore = Observable<Listing> & {
  apply: (moves: readonly RowChange[], pending: PendingStates, timing?: NotifyTiming) => void;
  /** The totals to show while rows are being loaded from this device; null when all are loaded. */
  setTotals: (totals: ListTotals | null) => void;
  isWatched: () => boolean;
  /** Sorts rows in, a piece at a time: a long list is built between key presses. */
  build: (ids: readonly string[], pause: () => Promise<void>) => Promise<void>;
};

export type ListTotals = Pick<Listing, 'open' | 'overdue'>;

type ListingInput = {
  rows: Iterable<Task>;
  /** Follows the rows; a selection keeps one of its own. */
  index: TaskIndex;
  options: ListingOptions;
  pending: PendingStates;
  filter?: (task: Task) => boolean;
};

/** Rows sorted in at a time while a listing is built. */
const pieceSize = 500;

export function createListingStore({ rows, index, options, pending, filter }: ListingInput): ListingStore {
  const { subscribe, emit, hasListeners } = createEmitter();
  const own = filter === undefined ? null : new Map<string, Task>();
  const matching = (task: Task | undefined) => (task !== undefined && (filter?.(task) ?? true) ? task : undefined);
  const first = [...rows].filter((task) => matching(task) !== undefined);
  for (const task of first) own?.set(task.id, task);
  let listing: Listing = { ...buildListing(first, options, pending), byId: own ?? index };
  let totals: ListTotals | null = null;
  let timing = listing;
  let isTold = true;
  /** While the listing is built: its rows so far. */
  let placed: Set<string> | null = null;

  function publish() {
    timing = totals === null ? listing : { ...listing, ...totals };
    isTold = true;
    emit();
  }

  /** Applies the filter, and returns the changes of rows that were sorted in. */
  function follow(moves: readonly RowChange[]): readonly RowChange[] {
    const there = placed;
    const known =
      there === null
        ? moves
        : moves.map(({ before, after }) => ({
            before: before !== undefined && there.has(before.id) ? before : undefined,
            after,
          }));
    for (const { before, after } of moves) {
      if (before !== undefined && after === undefined) {
        own?.delete(before.id);
        there?.delete(before.id);
      } else if (after !== undefined) {
        own?.set(after.id, after);
        there?.add(after.id);
      }
    }
    return known;
  }

  return {
    subscribe,
    isWatched: hasListeners,
    current: () => timing,
    apply(moves, nextPending, when = 'now') {
      const selected = moves
        .map(({ before, after }) => ({ before: matching(before), after: matching(after) }))
        .filter(({ before, after }) => before !== undefined || after !== undefined);
      const moved = applyRowChanges(listing, follow(selected), options);
      const next = nextPending === moved.pendingIds ? moved : withPendingIds(moved, nextPending);
      if (next !== listing) {
        listing = next;
        isTold = false;
      }
      if (when === 'now' && !isTold) publish();
    },
    setTotals(next) {
      if (next?.open === totals?.open && next?.overdue === totals?.overdue) return;
      totals = next;
      publish();
    },
    async build(ids, pause) {
      const there = new Set<string>();
      placed = there;
      for (let at = 0; at < ids.length; at += pieceSize) {
        const piece = ids.slice(at, at + pieceSize).flatMap((id) => {
          const after = there.has(id) ? undefined : matching(index.get(id));
          return after === undefined ? [] : [{ before: undefined, after }];
        });
        listing = applyRowChanges(listing, follow(piece), options);
        await pause();
      }
      placed = null;
      publish();
    },
  };
}

export type FolderCount = { open: number; overdue: number };

export type Counts = {
  /** By folder id, own mailbox. */
  folders: ReadonlyMap<string, FolderCount>;
  views: Readonly<Record<ViewName, number>>;
  /** False while folders are still being read: the numbers may grow. */
  isComplete: boolean;
};

/** Totals that follow their rows: each change subtracts the old row's share and adds the new one's. */
export type CountsStore = Observable<Counts> & {
  apply: (folderId: string, moves: readonly RowChange[]) => void;
  setComplete: (isComplete: boolean) => void;
  /** Stored totals, shown until every folder is loaded. */
  setPrevious: (earlier: Pick<Counts, 'folders' | 'views'> | null) => void;
  remove: (folderId: string) => void;
  isWatched: () => boolean;
};

type When = { today: Day; zone: string };

export function createCountsStore(
  folders: Iterable<readonly [string, Iterable<Task>]>,
  when: When,
  isComplete: boolean,
): CountsStore {
  const { subscribe, emit, hasListeners } = createEmitter();
  let counts: Counts = { folders: new Map(), views: noViews(), isComplete };
  let earlier: Pick<Counts, 'folders' | 'views'> | null = null;
  let shown = counts;
  const show = (next: Partial<Counts>) => {
    counts = { ...counts, ...next };
    if (counts.isComplete) earlier = null;
    const now = earlier === null ? counts : { ...earlier, isComplete: false };
    if (earlier !== null && shown.folders === now.folders && shown.views === now.views) return;
    shown = now;
    emit();
  };
  function applyRows(folderId: string, moves: readonly RowChange[]) {
    if (moves.length === 0 && counts.folders.has(folderId)) return;
    const [before, after] = [moves.flatMap((move) => move.before ?? []), moves.flatMap((move) => move.after ?? [])];
    const [less, more] = [countOpenTasks(before, when), countOpenTasks(after, when)];
    const old = counts.folders.get(folderId) ?? { open: 0, overdue: 0 };
    const folder = { open: old.open - less.open + more.open, overdue: old.overdue - less.overdue + more.overdue };
    const views = { ...counts.views };
    for (const name of viewNames) views[name] += inView(name, after, when) - inView(name, before, when);
    show({ folders: new Map(counts.folders).set(folderId, folder), views });
  }
  for (const [folderId, rows] of folders) {
    applyRows(
      folderId,
      [...rows].map((after) => ({ before: undefined, after })),
    );
  }
  return {
    subscribe,
    isWatched: hasListeners,
    current: () => shown,
    apply: applyRows,
    setComplete: (next) => next !== counts.isComplete && show({ isComplete: next }),
    setPrevious(next) {
      earlier = next;
      show({});
    },
    remove(folderId) {
      const left = new Map(counts.folders);
      if (left.delete(folderId)) show({ folders: left });
    },
  };
}

function noViews(): Record<ViewName, number> {
  return { today: 0, upcoming: 0, overdue: 0, important: 0, all: 0, completed: 0 };
}

function inView(name: ViewName, tasks: readonly Task[], when: When): number {
  return tasks.reduce((sum, task) => sum + (isInView(name, task, when) ? 1 : 0), 0);
}
