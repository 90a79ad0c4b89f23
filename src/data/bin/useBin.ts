import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { BinItem } from '../../domain/task/binItem.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { ReplicaStore } from '../../sync/storage/replicaStore.ts';
import { StorageError } from '../../sync/storage/database.ts';
import { isRestore, pendingBinItems, purgeTask, restoreItem, unlessMissing } from '../../sync/commands/binCommands.ts';
import type { PendingBinItem } from '../../sync/commands/binCommands.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';
import { useOutboxOps } from '../outbox/usePendingChanges.ts';
import { binQueries } from '../queries.ts';

export type { BinItem } from '../../domain/task/binItem.ts';

export type { PendingBinItem } from '../../sync/commands/binCommands.ts';

export type Bin = {
  /** Newest first, without what is on its way back. */
  items: readonly BinItem[];
  /** Newest first. */
  waiting: readonly PendingBinItem[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
  /** Under the id it had. Works offline: sent like every other change. */
  restore: (item: BinItem | PendingBinItem) => Promise<void>;
  /** For good. Needs the network; rejects with ApiError. */
  purge: (item: BinItem) => Promise<void>;
  empty: () => Promise<void>;
};

/** The bin of one's own mailbox, for servers with `can.bin`; offline as it was last read on this device. */
export function useBin(): Bin {
  const { extras, capabilities, replicaStore, clock } = useDeps();
  const { commands, client, undo } = useSyncEngine();
  const ops = useOutboxOps();
  const bin = extras?.bin ?? null;
  // Kept before it is shown: what was seen is there offline, however soon the page is left.
  const keep = (items: readonly BinItem[]) => keepBin(replicaStore, items, clock.now());
  const query = useQuery({ ...binQueries.list(bin, keep), enabled: capabilities.bin && bin !== null });
  const { data } = query;
  useEffect(() => {
    async function load() {
      const items = await keptBin(replicaStore);
      const isKnown = client.getQueryData(binQueries.all) !== undefined;
      if (items !== null && !isKnown) client.setQueryData(binQueries.all, items, { updatedAt: longAgo });
    }
    void load();
  }, [client, replicaStore]);

  const returning = new Set(ops.flatMap(({ change }) => (isRestore(change) ? [change.id] : [])));
  const readAgain = () => void client.invalidateQueries({ queryKey: binQueries.all });
  const items = (data ?? []).filter(({ id }) => !returning.has(id));
  const there = new Set(items.map(({ id }) => id));
  return {
    items,
    waiting: pendingBinItems(ops)
      .filter(({ id }) => !there.has(id))
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

/** Data that is there and has to be asked for again. */
const longAgo = 1;
const shelf = { key: 'bin', format: 1 };

async function keptBin(store: ReplicaStore): Promise<readonly BinItem[] | null> {
  const kept = await quietly(() => store.firstPaint(shelf.key));
  return kept?.format === shelf.format ? (kept.content as readonly BinItem[]) : null;
}

const keepBin = (store: ReplicaStore, content: readonly BinItem[], at: Instant) =>
  quietly(() => store.saveFirstPaint(shelf.key, { format: shelf.format, at, content }));

/** A device that keeps nothing has no bin offline. The outbox meets the same refusal, and says so. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return undefined;
  }
}

/** `purgeTask` as a hook. */
export function usePurgeTask(mailbox: Mailbox = 'me') {
  const deps = useDeps();
  const { commands } = useSyncEngine();
  return useMutation({
    mutationFn: ({ task }: { task: Task }) => purgeTask({ ...deps, commands }, mailbox, task),
  });
}
