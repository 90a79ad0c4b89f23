import { useMutation, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { isLocal, localPrefix, valuesOf } from '../domain/change.ts';
import type { FailureKind } from '../domain/errors.ts';
import type { Listing, Order } from '../domain/listing.ts';
import { zonedDay } from '../domain/time.ts';
import type { Place, Task, TaskPatch } from '../domain/task.ts';
import type { Instant } from '../domain/time.ts';
import { useDeps, useEngine } from './deps.tsx';
import type { Deps } from './session.ts';
import { failureIn } from './failure.ts';
import { useResolvedId } from './pending.ts';
import { taskQueries } from './queries.ts';
import type { OneTask } from './screen.ts';
import { useToday } from './settings.ts';

type Mailbox = Place['mailbox'];

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
    ...taskQueries.list(engine.pull, place),
    enabled: !isLocal(place.id),
    notifyOnChangeProps: ['data', 'error', 'fetchStatus', 'isPending'],
  });
  const source = engine.screen.listing(place, { order, today, zone });
  const listing = useSyncExternalStore(source.subscribe, source.current);
  return {
    listing,
    isPending: query.isPending && !isLocal(place.id),
    failure: failureIn(query),
    savedAt: query.data?.at ?? null,
    retry: () => void query.refetch(),
  };
}

export type { OneTask } from './screen.ts';

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

/**
 * Seen at once. Resolves with the change's id when saved on this device. Finishing is always the same change, also from the
 * editor: the service then knows the person's day, and a lost answer never advances a series twice (architecture.md §8,
 * rule 11).
 */
export function useUpdateTask(mailbox: Mailbox = 'me') {
  const deps = useDeps();
  const { ports } = useEngine();
  const { zone } = useToday();
  return useMutation({
    networkMode: 'always',
    mutationFn: async ({ task, patch }: { task: Task; patch: TaskPatch }) => {
      const isFinishing = patch.status === 'completed' && patch.completed === undefined && task.status !== 'completed';
      if (!isFinishing) return addUpdate(deps, mailbox, task, patch, zone);
      const { status: _status, ...rest } = patch;
      if (Object.keys(rest).length > 0) await addUpdate(deps, mailbox, task, rest, zone);
      return addCompletion(deps, mailbox, task, localPrefix + ports.newId(), zone);
    },
  });
}

/** On the person's own day. A series moves on to its next date. Resolves with the change's id. */
export function useCompleteTask(mailbox: Mailbox = 'me') {
  const deps = useDeps();
  const { ports } = useEngine();
  const { zone } = useToday();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ task }: { task: Task }) => addCompletion(deps, mailbox, task, localPrefix + ports.newId(), zone),
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

function addUpdate({ outbox, clock }: Deps, mailbox: Mailbox, task: Task, patch: TaskPatch, zone: string) {
  return outbox.add({
    kind: 'updateTask',
    mailbox,
    id: task.id,
    folderId: task.folderId,
    patch,
    base: { etag: task.etag, values: valuesOf(task, patch) },
    at: clock.now(),
    zone,
    subject: task.subject,
  });
}

function addCompletion({ outbox, clock }: Deps, mailbox: Mailbox, task: Task, copyId: string, zone: string) {
  return outbox.add({
    kind: 'completeTask',
    mailbox,
    id: task.id,
    folderId: task.folderId,
    on: zonedDay(clock.today(zone), zone),
    due: task.due,
    etag: task.etag,
    copyId,
    at: clock.now(),
    subject: task.subject,
  });
}
