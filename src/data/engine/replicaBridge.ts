import type { QueryClient } from '@tanstack/react-query';
import type { TaskApi } from '../../api/taskApi.ts';
import { isLocalId } from '../../domain/changes/change.ts';
import type { Mailbox, Place, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { Clock } from '../../domain/time/time.ts';
import { createReplica } from '../../sync/replica/replica.ts';
import type { Replica } from '../../sync/replica/replica.ts';
import type { ReplicaEvent } from '../../sync/replica/folderTables.ts';
import type { ReplicaStore } from '../../sync/storage/replicaStore.ts';
import type { StorageErrorKind } from '../../sync/storage/database.ts';
import type { ServerResult } from '../../sync/storage/serverResult.ts';
import type { Ports } from '../../sync/platform/ports.ts';
import { createPullFolder } from '../../sync/replica/pullFolder.ts';
import { updateFolders, updateGroups } from '../../sync/storage/placeUpdates.ts';
import type { FolderPullState } from '../../sync/replica/folderTable.ts';
import type { FirstPaintContent } from '../../sync/views/firstPaint.ts';
import type { InFlightCreates } from '../../sync/pull/inFlightCreates.ts';
import { createConcurrentAnswers } from '../../sync/pull/concurrentAnswers.ts';
import { createPlaceLists } from './placeLists.ts';
import type { PlaceLists } from './placeLists.ts';
import { createPull } from './pull.ts';
import { folderQueries, groupQueries, taskQueries } from '../queries.ts';
import type { Pull } from '../queries.ts';

type Input = {
  account: string;
  api: TaskApi;
  client: QueryClient;
  clock: Clock;
  ports: Ports;
  store: ReplicaStore;
  firstPaint: FirstPaintContent;
  inFlightCreates: InFlightCreates;
  onStorageError: (trouble: StorageErrorKind) => void;
};

/**
 * Answers of the server stored on this device; React Query records how fresh they are
 * (docs/architecture.md#local-replica).
 */
export type ReplicaBridge = {
  replica: Replica;
  lists: PlaceLists;
  pull: Pull;
  /** Applies answers of the server to every replica they concern (docs/architecture.md#order-after-a-success). */
  applyResults: (effects: readonly ServerResult[]) => void;
  /** Loads every folder of the own mailbox from this device, the open ones first. */
  loadAll: (stopped: AbortSignal) => Promise<void>;
  /** Folders deleted elsewhere: their tasks are removed from this device, the counts and the smart views. */
  dropDeletedFolders: () => Promise<void>;
  start: () => () => void;
  close: () => void;
};

/** A timestamp that makes cached data stale. */
const longAgo = 1;

const tasksKey = (folder: Place) => [...taskQueries.all, folder.mailbox, folder.id];

function isAboutPlaces({ groups, folders, goneGroup, goneFolder }: ServerResult): boolean {
  return groups.length > 0 || folders.length > 0 || goneGroup !== null || goneFolder !== null;
}

export function createReplicaBridge({
  account,
  api,
  client,
  clock,
  ports,
  store,
  firstPaint,
  inFlightCreates,
  onStorageError,
}: Input): ReplicaBridge {
  const concurrentAnswers = createConcurrentAnswers();
  const trouble = ({ kind }: { kind: StorageErrorKind }) => onStorageError(kind);
  const channelName = `threefold:${account}:copy`;
  const copy = createReplica({ store, channel: ports.channel(channelName), ports, onStorageError: trouble });
  const listChannel = ports.channel(`${channelName}:lists`);
  const lists = createPlaceLists({ store, client, channel: listChannel, onStorageError: trouble });
  const pullFolder = createPullFolder({
    account,
    api,
    replica: copy,
    clock,
    ports,
    createsSettled: inFlightCreates.rowsSettled,
  });
  const pull = createPull({
    api,
    client,
    concurrentAnswers: concurrentAnswers,
    clock,
    replica: copy,
    lists,
    pullFolder,
    placesSettled: inFlightCreates.placesSettled,
  });

  const foldersOf = (mailbox: Mailbox) => client.getQueryData<readonly TaskFolder[]>([...folderQueries.all, mailbox]);

  /** Records in React Query how much of a folder is loaded; what came from disk is stale. */
  function afterCopy({ place, state }: ReplicaEvent) {
    const queryKey = tasksKey(place);
    if (state === null) return client.removeQueries({ queryKey, exact: true, type: 'inactive' });
    if (state.kind === 'none' || state.kind === 'loading') return;
    const known = client.getQueryState<FolderPullState>(queryKey);
    if (known?.data?.kind === state.kind && known.data.at === state.at) return;
    client.setQueryData<FolderPullState>(queryKey, state, { updatedAt: known?.dataUpdatedAt || longAgo });
    // A partly pulled folder is never fresh.
    if (state.kind === 'partial') void client.invalidateQueries({ queryKey, exact: true, refetchType: 'none' });
  }

  function takePlaces(effect: ServerResult) {
    client.setQueryData<readonly TaskGroup[]>(
      [...groupQueries.all, effect.mailbox],
      (groups) => groups && updateGroups(groups, effect),
    );
    client.setQueryData<readonly TaskFolder[]>(
      [...folderQueries.all, effect.mailbox],
      (folders) => folders && updateFolders(folders, effect),
    );
  }

  if (firstPaint.groups !== undefined)
    client.setQueryData([...groupQueries.all, 'me'], firstPaint.groups.items, { updatedAt: longAgo });
  if (firstPaint.folders !== undefined) lists.preview('me', firstPaint.folders);
  if (firstPaint.screen !== undefined) copy.preview(firstPaint.screen.rows, firstPaint.screen.mailbox);

  return {
    replica: copy,
    lists,
    pull,
    applyResults(effects) {
      for (const effect of effects) {
        concurrentAnswers.add(effect);
        if (isAboutPlaces(effect)) takePlaces(effect);
      }
      copy.applyResults(effects);
    },
    async loadAll(stopped) {
      for (const { id } of foldersOf('me') ?? []) {
        if (stopped.aborted) return;
        await copy.load({ mailbox: 'me', id });
        await ports.pause();
      }
    },
    async dropDeletedFolders() {
      const there = new Set(foldersOf('me')?.map(({ id }) => id));
      const gone = (await copy.known('me')).filter((id) => !there.has(id) && !isLocalId(id));
      for (const id of gone) await copy.drop({ mailbox: 'me', id });
    },
    start() {
      const stops = [copy.onChange(afterCopy), lists.start()];
      return () => {
        for (const stop of stops) stop();
      };
    },
    close() {
      copy.close();
      listChannel.close();
    },
  };
}
