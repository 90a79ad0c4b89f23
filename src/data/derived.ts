import { countsOf, isInView, listingOf, moveRows, withPending } from '../domain/listing.ts';
import type { Listing, ListingOptions, Move, RowState } from '../domain/listing.ts';
import { viewNames } from '../domain/place.ts';
import type { ViewName } from '../domain/place.ts';
import type { Task } from '../domain/task.ts';
import type { Day } from '../domain/time.ts';
import { createEmitter } from './source.ts';
import type { Source } from './source.ts';

export type Pending = ReadonlyMap<string, RowState>;

/** A listing that follows its rows. `keeps` selects: a row that stops being kept leaves. */
export type ListingSource = Source<Listing> & {
  take: (moves: readonly Move[], pending: Pending) => void;
  isWatched: () => boolean;
};

export function createListingSource(
  rows: Iterable<Task>,
  options: ListingOptions,
  pending: Pending,
  keeps: (task: Task) => boolean,
): ListingSource {
  const { subscribe, emit, hasListeners } = createEmitter();
  const kept = (task: Task | undefined) => (task !== undefined && keeps(task) ? task : undefined);
  let listing = listingOf([...rows].filter(keeps), options, pending);
  return {
    subscribe,
    isWatched: hasListeners,
    current: () => listing,
    take(moves, nextPending) {
      const own = moves
        .map(({ before, after }) => ({ before: kept(before), after: kept(after) }))
        .filter(({ before, after }) => before !== undefined || after !== undefined);
      const moved = moveRows(listing, own, options);
      const next = nextPending === moved.pendingIds ? moved : withPending(moved, nextPending);
      if (next === listing) return;
      listing = next;
      emit();
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

/** Numbers that follow their rows: each move takes its old share away and adds its new one. */
export type CountsSource = Source<Counts> & {
  take: (folderId: string, moves: readonly Move[]) => void;
  setComplete: (isComplete: boolean) => void;
  forget: (folderId: string) => void;
  isWatched: () => boolean;
};

type When = { today: Day; zone: string };

export function createCountsSource(
  folders: Iterable<readonly [string, Iterable<Task>]>,
  when: When,
  isComplete: boolean,
): CountsSource {
  const { subscribe, emit, hasListeners } = createEmitter();
  let counts: Counts = { folders: new Map(), views: noViews(), isComplete };
  const show = (next: Partial<Counts>) => {
    counts = { ...counts, ...next };
    emit();
  };
  function take(folderId: string, moves: readonly Move[]) {
    if (moves.length === 0 && counts.folders.has(folderId)) return;
    const [before, after] = [moves.flatMap((move) => move.before ?? []), moves.flatMap((move) => move.after ?? [])];
    const [less, more] = [countsOf(before, when), countsOf(after, when)];
    const old = counts.folders.get(folderId) ?? { open: 0, overdue: 0 };
    const folder = { open: old.open - less.open + more.open, overdue: old.overdue - less.overdue + more.overdue };
    const views = { ...counts.views };
    for (const name of viewNames) views[name] += inView(name, after, when) - inView(name, before, when);
    show({ folders: new Map(counts.folders).set(folderId, folder), views });
  }
  for (const [folderId, rows] of folders) {
    take(
      folderId,
      [...rows].map((after) => ({ before: undefined, after })),
    );
  }
  return {
    subscribe,
    isWatched: hasListeners,
    current: () => counts,
    take,
    setComplete: (next) => next !== counts.isComplete && show({ isComplete: next }),
    forget(folderId) {
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
