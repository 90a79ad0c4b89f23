import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { isLocalId } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Listing, SortOrder } from '../../domain/listing/listing.ts';
import type { Mailbox, Place } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import { useSyncEngine } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';
import { useResolvedId } from '../outbox/usePendingChanges.ts';
import { taskQueries } from '../queries.ts';
import type { TaskState } from '../engine/taskView.ts';
import { useToday } from '../account/useTimeZone.ts';

export type Tasks = {
  listing: Listing;
  isPending: boolean;
  failure: FailureKind | null;
  /** When the shown data was pulled. */
  savedAt: Instant | null;
  /** The folder's first pull is running: more rows will come. */
  isPartial: boolean;
  retry: () => void;
};

/** One folder's list with the changes not yet sent, sorted and divided. */
export function useTasks(folder: Place, order: SortOrder = 'due'): Tasks {
  const engine = useSyncEngine();
  const { today, zone } = useToday();
  const place = { mailbox: folder.mailbox, id: useResolvedId(folder.id) };
  // A folder that exists only here is not pulled.
  const query = useQuery({
    ...taskQueries.list(engine.pull, place),
    enabled: !isLocalId(place.id),
    notifyOnChangeProps: ['data', 'error', 'fetchStatus', 'isPending'],
  });
  const source = engine.views.listing(place, { order, today, zone });
  const listing = useSyncExternalStore(source.subscribe, source.current);
  return {
    listing,
    isPending: query.isPending && !isLocalId(place.id),
    failure: queryFailure(query),
    savedAt: query.data?.at ?? null,
    isPartial: query.data?.kind === 'partial',
    retry: () => void query.refetch(),
  };
}

export type { TaskState } from '../engine/taskView.ts';

/** One task from its folder's replica; without `folderId`, every folder is searched. Local ids are resolved. */
export function useTask(taskId: string, folderId?: string, mailbox: Mailbox = 'me'): TaskState {
  const engine = useSyncEngine();
  const id = useResolvedId(taskId);
  const folder = useResolvedId(folderId ?? '');
  const source = engine.views.task(mailbox, id, folder === '' ? null : folder);
  return useSyncExternalStore(source.subscribe, source.current);
}
