import { useMutation, useQuery } from '@tanstack/react-query';
import type { BinItem } from '../domain/bin.ts';
import { isLocal } from '../domain/change.ts';
import type { FailureKind } from '../domain/errors.ts';
import type { Place, Task } from '../domain/task.ts';
import { effectOf } from '../sync/effect.ts';
import type { Actions } from './actions.ts';
import { useDeps, useEngine } from './deps.tsx';
import { failureIn } from './failure.ts';
import { useOps } from './pending.ts';
import { binQueries } from './queries.ts';
import type { Deps } from './session.ts';

export type { BinItem } from '../domain/bin.ts';

export type Bin = {
  /** Newest first, without what is on its way back. */
  items: readonly BinItem[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
  /** Under the id it had. Works offline: sent like every other change. */
  restore: (item: BinItem) => Promise<unknown>;
  /** For good. Needs the network; rejects with ApiError. */
  purge: (item: BinItem) => Promise<void>;
  empty: () => Promise<void>;
};

/** The bin of one's own mailbox, for servers with `can.bin`. */
export function useBin(): Bin {
  const { extras, can } = useDeps();
  const { actions, client } = useEngine();
  const ops = useOps();
  const bin = extras?.bin ?? null;
  const query = useQuery({ ...binQueries.list(bin), enabled: can.bin && bin !== null });
  const returning = new Set(
    ops.flatMap(({ change }) => (change.kind === 'restoreTask' || change.kind === 'restoreFolder' ? [change.id] : [])),
  );
  const readAgain = () => void client.invalidateQueries({ queryKey: binQueries.all });
  return {
    items: (query.data ?? []).filter(({ id }) => !returning.has(id)),
    isPending: query.isPending,
    failure: failureIn(query),
    retry: () => void query.refetch(),
    restore: ({ id, kind, name, folderId }) =>
      kind === 'folder'
        ? actions.restoreFolder('me', { id, name })
        : actions.restoreTask('me', { id, folderId: folderId ?? '', subject: name }),
    purge: async ({ id }) => {
      await bin?.purge(id);
      readAgain();
    },
    empty: async () => {
      await bin?.empty();
      readAgain();
    },
  };
}

/** `purgeTask` as a hook. */
export function usePurgeTask(mailbox: Place['mailbox'] = 'me') {
  const deps = useDeps();
  const { actions } = useEngine();
  return useMutation({
    mutationFn: ({ task }: { task: Task }) => purgeTask({ ...deps, actions }, mailbox, task),
  });
}

/**
 * Deletes a task for good, for servers with `can.purge`. Needs the network: rejects with ApiError and nothing has changed.
 * What was waiting to be sent for the task goes with it.
 */
export async function purgeTask(
  { api, outbox, actions }: Pick<Deps, 'api' | 'outbox'> & { actions: Pick<Actions, 'deleteTask'> },
  mailbox: Place['mailbox'],
  task: Task,
): Promise<void> {
  const id = outbox.resolve(task.id);
  const waiting = outbox.ops().filter(({ change }) => change.id === id || ('taskId' in change && change.taskId === id));
  if (isLocal(id)) return void (await actions.deleteTask(mailbox, { task }));
  await api.purgeTask({ mailbox, id });
  const { folderId, subject } = task;
  const change = { kind: 'deleteTask', mailbox, id, folderId, subject } as const;
  await outbox.announce(effectOf(change, { goneTasks: [{ id, folderId }] }));
  for (const op of waiting) await outbox.drop(op.id);
}
