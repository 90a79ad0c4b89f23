import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { isLocal, localPrefix, valuesOf } from '../domain/change.ts';
import type { FailureKind } from '../domain/errors.ts';
import type { Listing, Order, RowState } from '../domain/listing.ts';
import { zonedDay } from '../domain/time.ts';
import type { Place, Task, TaskPatch } from '../domain/task.ts';
import type { Instant } from '../domain/time.ts';
import { useDeps, useEngine } from './deps.tsx';
import type { Deps } from './deps.tsx';
import type { Engine } from './engine.ts';
import { failureIn } from './failure.ts';
import { useResolvedId } from './pending.ts';
import { useToday } from './settings.ts';

type Mailbox = Place['mailbox'];

const all = ['tasks'] as const;

/** One folder's tasks, as the server last said. `structuralSharing` is off: rows keep their identity by merging (sync/snapshot.ts). */
export const taskQueries = {
  all,
  ofMailbox: (mailbox: Mailbox) => [...all, mailbox] as const,
  list: (engine: Engine, folder: Place) =>
    queryOptions({
      queryKey: [...all, folder.mailbox, folder.id] as const,
      queryFn: ({ signal }) => engine.pullTasks(folder, signal),
      structuralSharing: false,
    }),
};

export type Tasks = {
  listing: Listing;
  isPending: boolean;
  failure: FailureKind | null;
  /** When the shown state was read. */
  savedAt: Instant | null;
  retry: () => void;
};

/** One folder's list with the changes not yet sent, sorted and divided. */
export function useTasks(folder: Place, order: Order = 'due'): Tasks {
  const engine = useEngine();
  const { today, zone } = useToday();
  const place = { mailbox: folder.mailbox, id: useResolvedId(folder.id) };
  // A folder that exists only here has no tasks elsewhere: nothing to ask for.
  const query = useQuery({
    ...taskQueries.list(engine, place),
    enabled: !isLocal(place.id),
    notifyOnChangeProps: ['error', 'fetchStatus', 'isPending'],
  });
  const source = engine.screen.listing(place, { order, today, zone });
  const listing = useSyncExternalStore(source.subscribe, source.current);
  return {
    listing,
    isPending: query.isPending && !isLocal(place.id),
    failure: failureIn(query),
    savedAt: engine.savedAt(place),
    retry: () => void query.refetch(),
  };
}

export type OneTask = { task: Task | undefined; pendingState: 'saved' | RowState; isPending: boolean };

/** One task, from its folder's snapshot; without `folderId` it is looked for in every folder. Local ids are followed. */
export function useTask(taskId: string, folderId?: string, mailbox: Mailbox = 'me'): OneTask {
  const engine = useEngine();
  const id = useResolvedId(taskId);
  const folder = useResolvedId(folderId ?? '');
  const source = engine.screen.task(mailbox, id, folder === '' ? null : folder);
  return useSyncExternalStore(source.subscribe, source.current);
}

/** Seen at once. Resolves with the task's local id when saved on this device. */
export function useCreateTask(mailbox: Mailbox = 'me') {
  const deps = useDeps();
  const { ports } = useEngine();
  const { zone } = useToday();
  return useMutation({
    networkMode: 'always',
    mutationFn: async ({ folderId, patch }: { folderId: string; patch: TaskPatch }) => {
      const id = localPrefix + ports.newId();
      await deps.outbox.add({ kind: 'createTask', mailbox, id, folderId, patch, at: deps.clock.now(), zone });
      return id;
    },
  });
}

/** Seen at once. Resolves with the change's id when saved on this device. */
export function useUpdateTask(mailbox: Mailbox = 'me') {
  const deps = useDeps();
  const { zone } = useToday();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ task, patch }: { task: Task; patch: TaskPatch }) => addUpdate(deps, mailbox, task, patch, zone),
  });
}

/** On the person's own day. A series moves on to its next date. Resolves with the change's id. */
export function useCompleteTask(mailbox: Mailbox = 'me') {
  const { outbox, clock } = useDeps();
  const { ports } = useEngine();
  const { zone } = useToday();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ task }: { task: Task }) =>
      outbox.add({
        kind: 'completeTask',
        mailbox,
        id: task.id,
        folderId: task.folderId,
        on: zonedDay(clock.today(zone), zone),
        due: task.due,
        etag: task.etag,
        copyId: localPrefix + ports.newId(),
        at: clock.now(),
        subject: task.subject,
      }),
  });
}

/** Back to "not started". Resolves with the change's id. */
export function useReopenTask(mailbox: Mailbox = 'me') {
  const deps = useDeps();
  const { zone } = useToday();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ task }: { task: Task }) => addUpdate(deps, mailbox, task, { status: 'notStarted' }, zone),
  });
}

/** Gone at once, sent after eight seconds. Resolves with the change's id, for `useUndoDelete`. */
export function useDeleteTask(mailbox: Mailbox = 'me') {
  const { outbox } = useDeps();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ task }: { task: Task }) =>
      outbox.add({ kind: 'deleteTask', mailbox, id: task.id, folderId: task.folderId, subject: task.subject }),
  });
}

/** Takes a delete back; false when it has left already. */
export function useUndoDelete() {
  const { outbox } = useDeps();
  return useMutation({ networkMode: 'always', mutationFn: (changeId: string) => outbox.undo(changeId) });
}

function addUpdate(deps: Deps, mailbox: Mailbox, task: Task, patch: TaskPatch, zone: string): Promise<string> {
  const values = valuesOf(task, patch);
  return deps.outbox.add({
    kind: 'updateTask',
    mailbox,
    id: task.id,
    folderId: task.folderId,
    patch,
    base: { etag: task.etag, values },
    at: deps.clock.now(),
    zone,
    subject: task.subject,
  });
}
