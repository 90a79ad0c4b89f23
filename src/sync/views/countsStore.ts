import { countOpenTasks, isInView } from '../../domain/listing/listing.ts';
import type { RowChange } from '../../domain/listing/listing.ts';
import { viewNames } from '../../domain/urls/appUrls.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import { createEmitter } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';

export type FolderCount = { open: number; overdue: number };

export type Counts = {
  /** By folder id, also of folders that others share. */
  folders: ReadonlyMap<string, FolderCount>;
  views: Readonly<Record<ViewName, number>>;
  /** False while folders are still being read: the numbers may grow. */
  isComplete: boolean;
};

/** Totals that follow their rows: each change subtracts the old row's share and adds the new one's. */
export type CountsStore = Observable<Counts> & {
  /** `isOwn`: the views count the tasks of the own mailbox alone. */
  apply: (folderId: string, moves: readonly RowChange[], isOwn: boolean) => void;
  setComplete: (isComplete: boolean) => void;
  /** Stored totals, shown until every folder is loaded. */
  setPrevious: (earlier: Pick<Counts, 'folders' | 'views'> | null) => void;
  remove: (folderId: string) => void;
  isFollowed: () => boolean;
};

type When = { today: Day; zone: string };

export function createCountsStore(
  folders: Iterable<{ id: string; rows: Iterable<Task>; isOwn: boolean }>,
  when: When,
  isComplete: boolean,
): CountsStore {
  const { subscribe, emit, hasListeners } = createEmitter();
  let counts: Counts = { folders: new Map(), views: noViews(), isComplete };
  let earlier: Pick<Counts, 'folders' | 'views'> | null = null;
  let shown = counts;
  const show = (changed: Partial<Counts>) => {
    counts = { ...counts, ...changed };
    if (counts.isComplete) earlier = null;
    const next = earlier === null ? counts : { ...earlier, isComplete: false };
    if (earlier !== null && shown.folders === next.folders && shown.views === next.views) return;
    shown = next;
    emit();
  };
  function applyRows(folderId: string, moves: readonly RowChange[], isOwn: boolean) {
    if (moves.length === 0 && counts.folders.has(folderId)) return;
    const [before, after] = [moves.flatMap((move) => move.before ?? []), moves.flatMap((move) => move.after ?? [])];
    const [less, more] = [countOpenTasks(before, when), countOpenTasks(after, when)];
    const old = counts.folders.get(folderId) ?? { open: 0, overdue: 0 };
    const folder = { open: old.open - less.open + more.open, overdue: old.overdue - less.overdue + more.overdue };
    const views = { ...counts.views };
    for (const name of isOwn ? viewNames : []) views[name] += inView(name, after, when) - inView(name, before, when);
    show({ folders: new Map(counts.folders).set(folderId, folder), views });
  }
  for (const { id, rows, isOwn } of folders) {
    const moves = [...rows].map((after) => ({ before: undefined, after }));
    applyRows(id, moves, isOwn);
  }
  return {
    subscribe,
    isFollowed: hasListeners,
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
