import type { QueryClient } from '@tanstack/react-query';
import type { Place } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import type { ReplicaStore } from '../../sync/storage/replicaStore.ts';
import type { Sender } from '../../sync/send/sender.ts';
import type { Ports } from '../../sync/platform/ports.ts';
import type { StorageErrorKind } from '../../sync/storage/accountStore.ts';
import { createCommands } from '../../sync/commands/commands.ts';
import { createLazyCommands } from '../../sync/commands/lazyCommands.ts';
import type { Commands } from '../../sync/commands/commands.ts';
import type { BulkCommands } from '../../sync/commands/bulkCommands.ts';
import { createCategoryStore, type CategoryStore } from '../../sync/categories/categoryStore.ts';
import { createQueryClient } from '../queryClient.ts';
import { createConnectionMonitor, type ConnectionStatus } from '../../sync/status/connectionStatus.ts';
import { createToday } from '../../sync/status/today.ts';
import { createBulkActionQueue, type BulkActionQueue } from '../../sync/commands/bulkActionQueue.ts';
import { persistFirstPaint } from '../../sync/views/persistFirstPaint.ts';
import { createChangeStream } from '../../sync/pull/changeStream.ts';
import { pullEverything } from './pull.ts';
import { taskQueries } from '../queries.ts';
import type { Pull } from '../queries.ts';
import { createReplicaViews } from './replicaViews.ts';
import { createPullScheduler } from './pullScheduler.ts';
import { createEngineLifecycle } from './engineLifecycle.ts';
import { createEngineSender } from './engineSender.ts';
import { createServerResultHandler } from './serverResultHandler.ts';
import { createVisiblePlaces } from './visiblePlaces.ts';
import type { TaskViews } from './taskView.ts';
import type { Deps } from '../../sync/accountSession.ts';
import type { Observable } from '../../sync/platform/observable.ts';
import type { UndoChange } from '../../sync/commands/inverse.ts';
import { createMailboxTimeZone, type MailboxTimeZone } from '../../sync/status/mailboxTimeZone.ts';

/**
 * One account's engine: the replica, the views drawn from it, pulling and sending. Created by DataProvider or a test.
 */
export type SyncEngine = {
  client: QueryClient;
  ports: Ports;
  pull: Pull;
  views: TaskViews;
  sender: Sender;
  commands: Commands;
  undo: UndoChange;
  bulk: BulkCommands;
  bulkActions: BulkActionQueue;
  status: Observable<ConnectionStatus>;
  today: Observable<Day>;
  zone: MailboxTimeZone;
  categories: CategoryStore;
  /** Storage of the account's replica, and its error report. */
  replicaStore: ReplicaStore;
  reportStorageError: (trouble: StorageErrorKind) => void;
  /**
   * Pulls every stale folder, three at a time, the open ones first. Failures are in the queries; resolves with whether
   * there was none.
   */
  pullAll: () => Promise<boolean>;
  /** Starts pulling and sending; returns a function that stops both. */
  start: () => () => void;
  /** Removes this device's replica of a folder that the account may not see any more. */
  forgetFolder: (folder: Place) => Promise<void>;
  /** Retries now: after signing in, or when the network is back. */
  wake: () => void;
  /** Resolves when the replica on this device is loaded, after `start`. */
  loaded: () => Promise<void>;
  /** Resolves when everything other tabs have pulled so far is applied. */
  broadcastsApplied: () => Promise<void>;
  /** True while the server notifies of changes. */
  isLive: Observable<boolean>;
  /** Closes the channels to other tabs. */
  close: () => void;
  /** Registers work for that moment. */
  onClose: (close: () => void) => void;
};

export function createSyncEngine(deps: Deps, ports: Ports): SyncEngine {
  const { extras, outbox, clock, session } = deps;
  const client = createQueryClient(() => changeStream.isLive.current());
  const closing = new Set<() => void>();
  let firstPaint: Promise<void> | null = null;
  const painted = () => (firstPaint ??= ports.painted());
  const { errors, bridge, views } = createReplicaViews({
    deps,
    client,
    ports,
    painted,
    sender: () => sender,
    onStorageError() {
      // The next start must pull again what could not be stored.
      changeStream.forgetPosition();
      connection.refresh();
    },
    onRecover: () => connection.refresh(),
  });
  const { replica, pull } = bridge;
  const eventsChannel = ports.channel(`threefold:${session.account.key}:events`);
  const changeStream = createChangeStream({
    account: session.account.key,
    events: deps.events,
    preferences: outbox.preferences,
    ports,
    channel: eventsChannel,
    onRemoteChange: (change) => pullScheduler.pullRemoteChange(change),
    onGap: () => pullScheduler.pullChanged(() => true),
  });
  const zone = createMailboxTimeZone(extras, outbox, ports.zone());
  const today = createToday(clock, zone, ports);
  const categories = createCategoryStore(extras, outbox, () => {
    void pullScheduler.pullChanged(([kind, mailbox]) => kind === taskQueries.all[0] && mailbox === 'me');
  });

  const connection = createConnectionMonitor({ outbox, clock, ports, replicaError: errors.current });
  const pullScheduler = createPullScheduler({
    client,
    ports,
    onOutcome: connection.reportOutcome,
    loaded: () => lifecycle.loaded(),
    async read(signal) {
      await Promise.all([zone.load(), categories.load(), pullEverything(client, pull, signal)]);
      connection.reportOutcome(null);
      await bridge.dropDeletedFolders();
    },
  });
  const commands = createCommands({
    outbox,
    clock,
    ports,
    zone: zone.current,
    shown: createVisiblePlaces(client, outbox),
  });
  const lazyCommands = createLazyCommands({ outbox, ports, capabilities: deps.capabilities, commands });
  const sender = createEngineSender({ deps, ports, replica, connection, painted });
  const lifecycle = createEngineLifecycle({
    client,
    ports,
    bridge,
    views,
    pullScheduler,
    sender,
    changeStream,
    connection,
    today,
    zone,
    painted,
    loadCommands: lazyCommands.load,
    startOthers: [
      () => outbox.onServerResults(createServerResultHandler({ client, clock, bridge, categories })),
      () => outbox.subscribe(connection.refresh),
      () => deps.pause.subscribe(() => connection.reportPause(deps.pause.current())),
      views.start,
      categories.start,
      () =>
        persistFirstPaint({
          visibleContent: views.visibleContent,
          subscribe: views.subscribe,
          store: errors.store,
          clock,
          ports,
          onStorageError: ({ kind }) => errors.report(kind),
        }),
    ],
  });

  return {
    client,
    ports,
    pull,
    views,
    sender,
    status: connection.status,
    today,
    zone,
    categories,
    replicaStore: errors.store,
    reportStorageError: errors.report,
    pullAll: pullScheduler.pullAll,
    commands,
    undo: lazyCommands.undo,
    bulk: lazyCommands.bulk,
    bulkActions: createBulkActionQueue(),
    forgetFolder: replica.drop,
    start: lifecycle.start,
    wake: lifecycle.wake,
    loaded: lifecycle.loaded,
    broadcastsApplied: replica.broadcastsApplied,
    isLive: changeStream.isLive,
    onClose: (close) => closing.add(close),
    close() {
      for (const close of closing) close();
      bridge.close();
      eventsChannel.close();
    },
  };
}
