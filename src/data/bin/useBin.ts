import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { failureKindOf } from '../../api/apiError.ts';
import type { BinItem } from '../../domain/task/binItem.ts';
import { isLocalId } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { ReplicaStore } from '../../sync/storage/replicaStore.ts';
import { StorageError } from '../../sync/storage/database.ts';
import { serverResultOf } from '../../sync/storage/serverResult.ts';
import type { Op } from '../../sync/storage/op.ts';
import type { Commands } from '../../sync/commands/commands.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';
import { useOutboxOps } from '../outbox/usePendingChanges.ts';
import { binQueries } from '../queries.ts';
import type { Deps } from '../../sync/accountSession.ts';
import type { UndoChange } from '../../sync/commands/inverse.ts';

export type { BinItem } from '../../domain/task/binItem.ts';

/** Something deleted here that the service does not know of yet: it is in the bin when it does. */
export type PendingBinItem = Pick<BinItem, 'id' | 'kind' | 'name' | 'folderId' | 'deletedAt'> & { changeId: string };

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
  const { commands: actions, client, undo } = useSyncEngine();
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

  const returning = new Set(ops.flatMap(({ change }) => (brings(change) ? [change.id] : [])));
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
    restore: (item) => restoreItem({ actions, undo }, item),
    purge: async ({ id }) => {
      await unlessGone(async () => bin?.purge(id));
      readAgain();
    },
    empty: async () => {
      await bin?.empty();
      readAgain();
    },
  };
}

/** A deletion is taken back; where that is too late, because it may be on its way, the way back is sent after it. */
export async function restoreItem(
  { actions, undo }: { actions: Pick<Commands, 'restoreFolder' | 'restoreTask'>; undo: UndoChange },
  item: BinItem | PendingBinItem,
): Promise<void> {
  if ('changeId' in item && (await undo(item.changeId))) return;
  const { id, kind, name, folderId } = item;
  await (kind === 'folder'
    ? actions.restoreFolder('me', { id, name })
    : actions.restoreTask('me', { id, folderId: folderId ?? '', subject: name }));
}

/** What was deleted here and not sent yet. A change that the service refused did not delete anything. */
export function pendingBinItems(ops: readonly Op[]): readonly PendingBinItem[] {
  const backAt = new Map(ops.flatMap(({ change, seq }) => (brings(change) ? [[change.id, seq] as const] : [])));
  return ops.flatMap(({ id: changeId, change, madeAt: deletedAt, parked, seq }): PendingBinItem[] => {
    if (parked !== null || change.mailbox !== 'me') return [];
    const { id } = change;
    if ((backAt.get(id) ?? 0) > seq) return [];
    if (change.kind === 'deleteFolder')
      return [{ changeId, id, kind: 'folder', name: change.name, folderId: null, deletedAt }];
    if (change.kind !== 'deleteTask') return [];
    return [{ changeId, id, kind: 'task', name: change.subject, folderId: change.folderId, deletedAt }];
  });
}

const brings = ({ kind }: Change) => kind === 'restoreTask' || kind === 'restoreFolder';

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
  const { commands: actions } = useSyncEngine();
  return useMutation({
    mutationFn: ({ task }: { task: Task }) => purgeTask({ ...deps, actions }, mailbox, task),
  });
}

/**
 * Deletes a task for good, for servers with `can.purge`, and discards its unsent changes. Needs the network: rejects
 * with ApiError and changes nothing. A task that is already gone counts as deleted.
 */
export async function purgeTask(
  { api, outbox, actions }: Pick<Deps, 'api' | 'outbox'> & { actions: Pick<Commands, 'deleteTask'> },
  mailbox: Mailbox,
  task: Task,
): Promise<void> {
  const id = outbox.resolve(task.id);
  const waiting = outbox.ops().filter(({ change }) => change.id === id || ('taskId' in change && change.taskId === id));
  if (isLocalId(id)) return void (await actions.deleteTask(mailbox, { task }));
  await unlessGone(() => api.purgeTask({ mailbox, id }));
  const { folderId, subject } = task;
  const change = { kind: 'deleteTask', mailbox, id, folderId, subject } as const;
  await outbox.publish(serverResultOf(change, { goneTasks: [{ id, folderId }] }));
  for (const op of waiting) await outbox.discard(op.id);
}

async function unlessGone(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (failureKindOf(error) !== 'missing') throw error;
  }
}
