import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Listing, SortOrder } from '../../domain/listing/listing.ts';
import type { Mailbox, Place } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import { useSyncEngine } from '../dataProvider.tsx';
import { useResolvedId } from '../outbox/usePendingChanges.ts';
import { taskQueries } from '../queries.ts';
import type { TaskState } from '../../sync/views/taskState.ts';
import { useToday } from '../account/useTimeZone.ts';

export type Tasks = {
  /** The tasks, sorted and divided: a handle to live rows, a new one for each change. */
  data: Listing;
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
  const { data, refetch } = useQuery(taskQueries.list(engine, place, { order, today, zone }));
  const { listing, isPending, failure, savedAt, isPartial } = data;
  return { data: listing, isPending, failure, savedAt, isPartial, retry: () => void refetch() };
}

export type { TaskState } from '../../sync/views/taskState.ts';

/** One task from its folder's replica; without `folderId`, every folder is searched. Local ids are resolved. */
export function useTask(taskId: string, folderId?: string, mailbox: Mailbox = 'me'): TaskState {
  const engine = useSyncEngine();
  const id = useResolvedId(taskId);
  const folder = useResolvedId(folderId ?? '');
  const source = engine.views.task(mailbox, id, folder === '' ? null : folder);
  return useSyncExternalStore(source.subscribe, source.current);
}
