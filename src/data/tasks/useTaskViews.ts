import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Listing, SortOrder } from '../../domain/listing/listing.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Day } from '../../domain/time/time.ts';
import { useSyncEngine } from '../dataProvider.tsx';
import { taskQueries } from '../queries.ts';
import type { Counts } from '../../sync/views/countsStore.ts';

export type { Counts } from '../../sync/views/countsStore.ts';

/** Pending until there is something to show; rows arrive as folders are read. */
export type TaskViewResult = {
  /** The tasks, sorted and divided: a handle to live rows, a new one for each change. */
  data: Listing;
  isPending: boolean;
  /** Folders are pulled for the first time: the numbers will grow. */
  isPartial: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** A smart view: a selection of every folder's tasks in the own mailbox, kept up to date row by row. */
export function useTaskView(name: ViewName, today: Day, zone: string, order: SortOrder = 'due'): TaskViewResult {
  const engine = useSyncEngine();
  const { data, refetch } = useQuery(taskQueries.smartList(engine, name, { order, today, zone }));
  const { listing, isPending, isPartial, failure } = data;
  const retry = () => {
    // A round of pulls may be waiting for its next attempt.
    engine.wake();
    void refetch();
  };
  return { data: listing, isPending, isPartial, failure, retry };
}

/** Open and overdue tasks of each folder, and the size of each smart view. Costs in proportion to the change. */
export function useTaskCounts(today: Day, zone: string): Counts {
  const source = useSyncEngine().views.counts(today, zone);
  return useSyncExternalStore(source.subscribe, source.current);
}
