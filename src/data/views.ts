import { useSyncExternalStore } from 'react';
import type { FailureKind } from '../domain/errors.ts';
import type { Listing, Order } from '../domain/listing.ts';
import type { ViewName } from '../domain/place.ts';
import type { Day } from '../domain/time.ts';
import { useEngine } from './deps.tsx';

export type FolderCount = { open: number; overdue: number };

export type Counts = {
  /** By folder id, own mailbox. */
  folders: ReadonlyMap<string, FolderCount>;
  views: Readonly<Record<ViewName, number>>;
  /** False while folders are still being read: the numbers may grow. */
  isComplete: boolean;
};

export type View = { listing: Listing; isPending: boolean; failure: FailureKind | null; retry: () => void };

/** A smart view: a selection of every folder's tasks in the own mailbox, kept up to date row by row. */
export function useView(name: ViewName, today: Day, zone: string, order: Order = 'due'): View {
  const engine = useEngine();
  const source = engine.screen.view(name, { order, today, zone });
  const listing = useSyncExternalStore(source.subscribe, source.current);
  const { isComplete, failure } = useSyncExternalStore(engine.coverage.subscribe, engine.coverage.current);
  return { listing, isPending: !isComplete && failure === null, failure, retry: engine.pullAll };
}

/** Open and late tasks of each folder, and how many each smart view holds. Costs in proportion to what changed. */
export function useCounts(today: Day, zone: string): Counts {
  const source = useEngine().screen.counts(today, zone);
  return useSyncExternalStore(source.subscribe, source.current);
}
