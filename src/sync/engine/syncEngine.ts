import type { Place } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import type { Deps } from '../accountSession.ts';
import { createCategoryStore, type CategoryStore } from '../categories/categoryStore.ts';
import { createBulkActionQueue, type BulkActionQueue } from '../commands/bulkActionQueue.ts';
import type { BulkCommands } from '../commands/bulkCommands.ts';
import { createCommands } from '../commands/commands.ts';
import type { Commands } from '../commands/commands.ts';
import type { UndoChange } from '../commands/inverse.ts';
import { createLazyCommands } from '../commands/lazyCommands.ts';
import { createEmitter } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';
import type { Ports } from '../platform/ports.ts';
import { createChangeStream } from '../pull/changeStream.ts';
import type { PullLedger } from '../pull/pullLedger.ts';
import { createFirstRows } from '../pull/firstRows.ts';
import { createPullScheduler } from '../pull/pullScheduler.ts';
import type { PullScheduler } from '../pull/pullScheduler.ts';
import { tasksTarget } from '../pull/pullTarget.ts';
import type { Sender } from '../send/sender.ts';
import { createConnectionMonitor, type ConnectionStatus } from '../status/connectionStatus.ts';
import { createMailboxTimeZone, type MailboxTimeZone } from '../status/mailboxTimeZone.ts';
import { createToday } from '../status/today.ts';
import type { StorageErrorKind } from '../storage/accountStore.ts';
import { createReplicaErrors } from '../storage/replicaErrors.ts';
import type { ReplicaStore } from '../storage/replicaStore.ts';
import { persistFirstPaint } from '../views/persistFirstPaint.ts';
import type { PlaceViews } from '../views/placeViews.ts';
import type { TaskViews } from '../views/taskViews.ts';
import { createEngineEvents } from './engineEvents.ts';
import type { EngineEvents } from './engineEvents.ts';
import { createEngineLifecycle } from './engineLifecycle.ts';
import { createEnginePulls } from './enginePulls.ts';
import { createEngineReplica } from './engineReplica.ts';
import { createEngineSender } from './engineSender.ts';
import { createEngineViews } from './engineViews.ts';
import { createReplicaLoading } from './replicaLoading.ts';
import { createServerResultHandler } from './serverResultHandler.ts';

/**
 * One account's engine: the replica, the views drawn from it, pulling and sending. It knows no React and no query
 * cache; `src/data/queryBridge.ts` shows what it publishes.
 */
export type SyncEngine = {
  ports: Ports;
  views: TaskViews & Pick<PlaceViews, 'groups' | 'folders'>;
  commands: Commands;
  undo: UndoChange;
  bulk: BulkCommands;
  bulkActions: BulkActionQueue;
  /** Events that no view shows. */
  subscribe: EngineEvents['subscribe'];
  /** Pulls a target, or joins the pull that is running. @throws ApiError, PullCancelled */
  pull: PullLedger['pull'];
  /** Keeps a target up to date until the returned function is called. Views do this for what they show. */
  watch: PullLedger['watch'];
  /** Pulls what is stale, the open folders first. Failures are in the views; resolves with whether there was none. */
  pullAll: PullScheduler['pullAll'];
  /** Pulls all of the own mailbox, also what is fresh. */
  pullAnew: PullScheduler['pullAnew'];
  sender: Sender;
  status: Observable<ConnectionStatus>;
  today: Observable<Day>;
  zone: MailboxTimeZone;
  categories: CategoryStore;
  /** Storage of the account's replica, and its error report. */
  replicaStore: ReplicaStore;
  reportStorageError: (trouble: StorageErrorKind) => void;
  /** Starts pulling and sending; returns a function that stops both. */
  start: () => () => void;
  /** Removes this device's replica of a folder that the account may not see any more. */
  forgetFolder: (folder: Place) => Promise<void>;
  /** Retries now: after signing in, or when the network is back. */
  wake: () => void;
  /** Resolves when the replica on this device is loaded, after `start`. */
  loaded: () => Promise<void>;
  /** Resolves when the first rows are on this device, or none will come. */
  firstRows: () => Promise<void>;
  /** Resolves when everything other tabs have pulled so far is applied. */
  broadcastsApplied: () => Promise<void>;
  /** True while the server notifies of changes. */
  isLive: Observable<boolean>;
  /** Closes the channels to other tabs. */
  close: () => void;
  /** Registers work for that moment. */
  onClose: (close: () => void) => void;
};

/** Creates the parts in the order in which they need each other: none is used before it is there. */
export function createSyncEngine(deps: Deps, ports: Ports): SyncEngine {
  const { clock, extras, firstPaint, outbox, session } = deps;
  const account = session.account.key;
  let firstPainted: Promise<void> | null = null;
  const painted = () => (firstPainted ??= ports.painted());
  const events = createEngineEvents();
  const eventsChannel = ports.channel(`threefold:${account}:events`);
  const changeStream = createChangeStream({
    account,
    events: deps.events,
    preferences: outbox.preferences,
    ports,
    channel: eventsChannel,
  });
  const zone = createMailboxTimeZone(extras, outbox, ports.zone());
  const today = createToday(clock, zone, ports);
  const categories = createCategoryStore(extras, outbox);

  const errors = createReplicaErrors(deps.replicaStore);
  const engineReplica = createEngineReplica({ account, ports, errors, firstPaint });
  const { replica, lists } = engineReplica;
  const connection = createConnectionMonitor({ outbox, clock, ports, replicaError: errors.current });
  const sender = createEngineSender({ deps, ports, replica, connection, painted });

  const firstRows = createFirstRows(lists.folders('me') !== undefined);
  const parts = { deps, ports, replica, lists, sender, firstRows, isLive: changeStream.isLive.current };
  const { concurrentAnswers, ledger } = createEnginePulls(parts);
  const { taskViews, placeViews, visiblePlaces } = createEngineViews({ deps, replica, lists, pulls: ledger, ports });
  const loading = createReplicaLoading(engineReplica, painted, taskViews.markLoaded);
  const scheduler = createPullScheduler({
    ledger,
    lists,
    ports,
    firstRows,
    readAccount: async () => void (await Promise.all([zone.load(), categories.load()])),
    onFoldersRead: engineReplica.dropDeletedFolders,
    onOutcome: connection.reportOutcome,
    onAccessChange: () => events.emit({ kind: 'accessChanged' }),
    loaded: loading.loaded,
  });
  const commands = createCommands({ outbox, clock, ports, zone: zone.current, shown: visiblePlaces });
  const lazyCommands = createLazyCommands({ outbox, ports, capabilities: deps.capabilities, commands });

  const lifecycle = createEngineLifecycle({
    ports,
    loading,
    views: taskViews,
    ledger,
    scheduler,
    firstRows,
    sender,
    changeStream,
    connection,
    today,
    zone,
    loadCommands: lazyCommands.load,
    startOthers: [
      () => replica.onChange(({ place, state }) => state === null && ledger.drop(tasksTarget(place))),
      () => replica.onChange(({ changes, state }) => state !== null && changes.length > 0 && firstRows.report()),
      () =>
        outbox.onServerResults(
          createServerResultHandler({ concurrentAnswers, lists, replica, categories, ledger, scheduler, events }),
        ),
      () => outbox.subscribe(connection.refresh),
      () => deps.pause.subscribe(() => connection.reportPause(deps.pause.current())),
      () =>
        errors.subscribe(() => {
          // The next start must pull again what could not be stored.
          if (errors.current() !== null) changeStream.forgetPosition();
          connection.refresh();
        }),
      taskViews.start,
      categories.start,
      () =>
        persistFirstPaint({
          visibleContent: taskViews.visibleContent,
          subscribe: taskViews.subscribe,
          store: errors.store,
          clock,
          ports,
          onStorageError: ({ kind }) => errors.report(kind),
        }),
    ],
  });

  const closing = createEmitter();
  return {
    ports,
    views: { ...taskViews, ...placeViews },
    commands,
    undo: lazyCommands.undo,
    bulk: lazyCommands.bulk,
    bulkActions: createBulkActionQueue(),
    subscribe: events.subscribe,
    pull: ledger.pull,
    watch: ledger.watch,
    pullAll: scheduler.pullAll,
    pullAnew: scheduler.pullAnew,
    sender,
    status: connection.status,
    today,
    zone,
    categories,
    replicaStore: errors.store,
    reportStorageError: errors.report,
    forgetFolder: replica.drop,
    start: lifecycle.start,
    wake: lifecycle.wake,
    loaded: loading.loaded,
    firstRows: firstRows.arrived,
    broadcastsApplied: replica.broadcastsApplied,
    isLive: changeStream.isLive,
    onClose: (close) => closing.subscribe(close),
    close() {
      closing.emit();
      engineReplica.close();
      eventsChannel.close();
    },
  };
}
