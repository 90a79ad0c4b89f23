import { buildListing, applyRowChanges, withPendingIds } from '../../domain/listing/listing.ts';
import type { Listing, ListingOptions, RowChange, PendingState, TaskIndex } from '../../domain/listing/listing.ts';
import type { Task } from '../../domain/task/task.ts';
import { createEmitter } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';

export type PendingStates = ReadonlyMap<string, PendingState>;

/** When to notify the lists: at once, or when more rows are loaded. */
export type NotifyTiming = 'now' | 'later';

/** A listing that follows its rows. `keeps` filters: a row that no longer matches is removed. */
export type ListingStore = Observable<Listing> & {
  apply: (moves: readonly RowChange[], pending: PendingStates, timing?: NotifyTiming) => void;
  /** The totals to show while rows are being loaded from this device; null when all are loaded. */
  setTotals: (totals: ListTotals | null) => void;
  /** It is on the screen until the returned function is called. */
  watch: () => () => void;
  isWatched: () => boolean;
  isFollowed: () => boolean;
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
  const watchers = new Set<object>();
  const own = filter === undefined ? null : new Map<string, Task>();
  const matching = (task: Task | undefined) => (task !== undefined && (filter?.(task) ?? true) ? task : undefined);
  const first = [...rows].filter((task) => matching(task) !== undefined);
  for (const task of first) own?.set(task.id, task);
  let listing: Listing = { ...buildListing(first, options, pending), byId: own ?? index };
  let totals: ListTotals | null = null;
  let shown = listing;
  let isPublished = true;
  /** While the listing is built: its rows so far. */
  let placed: Set<string> | null = null;

  function publish() {
    shown = totals === null ? listing : { ...listing, ...totals };
    isPublished = true;
    emit();
  }

  /** Applies the filter, and returns the changes of rows that were sorted in. */
  function follow(moves: readonly RowChange[]): readonly RowChange[] {
    const sortedIn = placed;
    const known =
      sortedIn === null
        ? moves
        : moves.map(({ before, after }) => ({
            before: before !== undefined && sortedIn.has(before.id) ? before : undefined,
            after,
          }));
    for (const { before, after } of moves) {
      if (before !== undefined && after === undefined) {
        own?.delete(before.id);
        sortedIn?.delete(before.id);
      } else if (after !== undefined) {
        own?.set(after.id, after);
        sortedIn?.add(after.id);
      }
    }
    return known;
  }

  return {
    subscribe,
    watch() {
      const watcher = {};
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    isWatched: () => watchers.size > 0,
    isFollowed: hasListeners,
    current: () => shown,
    apply(moves, nextPending, when = 'now') {
      const selected = moves
        .map(({ before, after }) => ({ before: matching(before), after: matching(after) }))
        .filter(({ before, after }) => before !== undefined || after !== undefined);
      const moved = applyRowChanges(listing, follow(selected), options);
      const next = nextPending === moved.pendingIds ? moved : withPendingIds(moved, nextPending);
      if (next !== listing) {
        listing = next;
        isPublished = false;
      }
      if (when === 'now' && !isPublished) publish();
    },
    setTotals(next) {
      if (next?.open === totals?.open && next?.overdue === totals?.overdue) return;
      totals = next;
      publish();
    },
    async build(ids, pause) {
      const sortedIn = new Set<string>();
      placed = sortedIn;
      for (let at = 0; at < ids.length; at += pieceSize) {
        const piece = ids.slice(at, at + pieceSize).flatMap((id) => {
          const after = sortedIn.has(id) ? undefined : matching(index.get(id));
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
