import { useSyncExternalStore } from 'react';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Listing, SortOrder } from '../../domain/listing/listing.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Day } from '../../domain/time/time.ts';
import { useSyncEngine } from '../dataProvider.tsx';
import type { Counts } from '../../sync/views/countsStore.ts';

export type { Counts } from '../../sync/views/countsStore.ts';

/** Pending until there is something to show; rows arrive as folders are read. */
export type TaskViewResult = {
  listing: Listing;
  isPending: boolean;
  /** Folders are pulled for the first time: the numbers will grow. */
  isPartial: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** A smart view: a selection of every folder's tasks in the own mailbox, kept up to date row by row. */
export function useTaskView(name: ViewName, today: Day, zone: string, order: SortOrder = 'due'): TaskViewResult {
  const engine = useSyncEngine();
  const source = engine.views.view(name, { order, today, zone });
  const listing = useSyncExternalStore(source.subscribe, source.current);
  const { isComplete, isLoaded, failure } = useSyncExternalStore(
    engine.views.coverage.subscribe,
    engine.views.coverage.current,
  );
  return {
    listing,
    isPending: !isComplete && failure === null && listing.byId.size === 0,
    isPartial: isLoaded && !isComplete && failure === null,
    failure,
    retry: () => void engine.pullAll(),
  };
}

/** Open and overdue tasks of each folder, and the size of each smart view. Costs in proportion to the change. */
export function useTaskCounts(today: Day, zone: string): Counts {
  const source = useSyncEngine().views.counts(today, zone);
  return useSyncExternalStore(source.subscribe, source.current);
}
