import { useMutation, useQuery } from '@tanstack/react-query';
import type { BinItem } from '../../domain/task/binItem.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import { isRestore, pendingBinItems, purgeTask, restoreItem, unlessMissing } from '../../sync/commands/binCommands.ts';
import type { PendingBinItem } from '../../sync/commands/binCommands.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';
import { useOutboxOps } from '../outbox/usePendingChanges.ts';
import { binQueries } from '../queries.ts';
import { loadStoredBin, saveStoredBin } from './storedBin.ts';

export type { BinItem } from '../../domain/task/binItem.ts';

export type { PendingBinItem } from '../../sync/commands/binCommands.ts';

export type Bin = {
  /** Newest first, without items being restored. */
  items: readonly BinItem[];
  /** Newest first. */
  waiting: readonly PendingBinItem[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
  /** Under the id it had. Works offline: sent like every other change. */
  restore: (item: BinItem | PendingBinItem) => Promise<void>;
  /** Purges the item. Needs the network; rejects with ApiError. */
  purge: (item: BinItem) => Promise<void>;
  empty: () => Promise<void>;
};

/** The bin of the own mailbox, for servers with `can.bin`; offline as last read on this device. */
export function useBin(): Bin {
  const { extras, capabilities, replicaStore, clock } = useDeps();
  const { commands, undo } = useSyncEngine();
  const ops = useOutboxOps();
  const bin = extras?.bin ?? null;
  // Stored before it is shown, so that it is available offline even if the page closes at once.
  const save = (items: readonly BinItem[]) => saveStoredBin(replicaStore, items, clock.now());
  const stored = () => loadStoredBin(replicaStore);
  const query = useQuery({ ...binQueries.list(bin, save, stored), enabled: capabilities.bin && bin !== null });
  const { data } = query;

  const restoringIds = new Set(ops.flatMap(({ change }) => (isRestore(change) ? [change.id] : [])));
  const readAgain = () => void query.refetch();
  const items = (data ?? []).filter(({ id }) => !restoringIds.has(id));
  const listedIds = new Set(items.map(({ id }) => id));
  return {
    items,
    waiting: pendingBinItems(ops)
      .filter(({ id }) => !listedIds.has(id))
      .toReversed(),
    isPending: query.isPending,
    failure: queryFailure(query),
    retry: () => void query.refetch(),
    restore: (item) => restoreItem({ commands, undo }, item),
    purge: async ({ id }) => {
      await unlessMissing(async () => bin?.purge(id));
      readAgain();
    },
    empty: async () => {
      await bin?.empty();
      readAgain();
    },
  };
}

/** `purgeTask` as a hook. */
export function usePurgeTask(mailbox: Mailbox = 'me') {
  const deps = useDeps();
  const { commands } = useSyncEngine();
  return useMutation({
    mutationFn: ({ task }: { task: Task }) => purgeTask({ ...deps, commands }, mailbox, task),
  });
}
