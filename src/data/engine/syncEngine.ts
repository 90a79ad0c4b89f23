import { onlineManager } from '@tanstack/react-query';
import type { Query, QueryClient } from '@tanstack/react-query';
import { loadOnce } from '../../api/lazyModule.ts';
import { overlayFolders, overlayGroups } from '../../domain/changes/change.ts';
import type { Mailbox, Place, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import type { ReplicaStore } from '../../sync/storage/replicaStore.ts';
import type { Sender } from '../../sync/send/sender.ts';
import type { ServerResult } from '../../sync/storage/serverResult.ts';
import type { Ports } from '../../sync/platform/ports.ts';
import type { StorageErrorKind } from '../../sync/storage/accountStore.ts';
import { reportStoreOutcomes } from '../../sync/storage/watchedStore.ts';
import { createCommands } from '../../sync/commands/commands.ts';
import type { Commands } from '../../sync/commands/commands.ts';
import type { BulkCommands } from '../../sync/commands/bulkCommands.ts';
import { createInFlightCreates } from '../../sync/pull/inFlightCreates.ts';
import { createCategoryStore, type CategoryStore } from '../../sync/categories/categoryStore.ts';
import { createQueryClient } from '../queryClient.ts';
import { createConnectionMonitor, type ConnectionStatus } from '../../sync/status/connectionStatus.ts';
import { createToday } from '../../sync/status/today.ts';
import { createBulkActionQueue, type BulkActionQueue } from '../../sync/commands/bulkActionQueue.ts';
import { previousTotalsOf } from '../../sync/views/firstPaint.ts';
import { persistFirstPaint } from '../../sync/views/persistFirstPaint.ts';
import { createLazySender } from '../../sync/send/lazySender.ts';
import { createChangeStream } from '../../sync/pull/changeStream.ts';
import { pullEverything } from './pull.ts';
import { folderQueries, groupQueries, taskQueries } from '../queries.ts';
import type { Pull } from '../queries.ts';
import { createReplicaBridge } from './replicaBridge.ts';
import { createPullScheduler } from './pullScheduler.ts';
import { createTaskViews } from './taskView.ts';
import type { TaskViews } from './taskView.ts';
import type { Deps } from '../../sync/accountSession.ts';
import type { Observable } from '../../sync/platform/observable.ts';
import { updateAttachmentCache } from '../attachments/attachmentCache.ts';
import { invalidatedKeys } from '../invalidation.ts';
import type { UndoChange } from '../../sync/commands/inverse.ts';
import { createMailboxTimeZone, type MailboxTimeZone } from '../../sync/status/mailboxTimeZone.ts';

/** One account's moving parts: the snapshots, what is drawn from them, and the drain. Made by DepsProvider, or by a test. */
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
  /** What this device keeps of the account, and what is told when it could not be read or written. */
  replicaStore: ReplicaStore;
  reportStorageError: (trouble: StorageErrorKind) => void;
  /** Reads every folder that is not fresh, three at a time, the open ones first. Failures are in the queries; answers whether there was none. */
  pullAll: () => Promise<boolean>;
  /** Starts pulling and sending; returns a function that stops both. */
  start: () => () => void;
  /** Removes this device's replica of a folder that the account may not see any more. */
  forgetFolder: (folder: Place) => Promise<void>;
  /** Try again now: after signing in, or when the network is back. */
  wake: () => void;
  /** Resolves when everything on this device was read, after `start`. */
  loaded: () => Promise<void>;
  /** Resolves when what other tabs have pulled so far is here too. */
  broadcastsApplied: () => Promise<void>;
  /** True while the server notifies of changes. */
  isLive: Observable<boolean>;
  /** Closes the channels to other tabs. */
  close: () => void;
  /** Registers something else to close then. */
  onClose: (close: () => void) => void;
};

/** How often a server without change events is polled while the page is visible. Milliseconds. */
const pollMs = 60_000;
const polledKinds: ReadonlySet<unknown> = new Set([groupQueries, folderQueries, taskQueries].map(({ all }) => all[0]));

export function createSyncEngine(deps: Deps, ports: Ports): SyncEngine {
  const { api, extras, outbox, clock, session } = deps;
  const client = createQueryClient(() => changeStream.isLive.current());
  const closing = new Set<() => void>();
  let replicaError: StorageErrorKind | null = null;
  const failing = new Set<string>();
  const observedStore = reportStoreOutcomes(deps.replicaStore, (kind, trouble) => {
    if (trouble !== null) return failing.add(kind);
    failing.delete(kind);
    if (replicaError === null || failing.size > 0 || !replica.isPersisted()) return;
    replicaError = null;
    connection.refresh();
  });
  const bridge = createReplicaBridge({
    account: session.account.key,
    api,
    client,
    clock,
    ports,
    store: observedStore,
    firstPaint: deps.firstPaint,
    inFlightCreates: createInFlightCreates(outbox, () => sender),
    onStorageError: reportReplicaError,
  });
  const { replica, pull } = bridge;
  let firstPaint: Promise<void> | null = null;
  const painted = () => (firstPaint ??= ports.painted());
  const views = createTaskViews({
    client,
    outbox,
    replica,
    previousTotals: previousTotalsOf(deps.firstPaint),
    // The first paint is drawn from what is here already.
    onOpen: (place) => void painted().then(() => replica.load(place)),
  });
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

  // ---- Connection --------------------------------------------------------------------------------------------------------

  const connection = createConnectionMonitor({ outbox, clock, ports, replicaError: () => replicaError });
  function reportReplicaError(trouble: StorageErrorKind) {
    replicaError = trouble;
    // The next start must pull again what could not be stored.
    changeStream.forgetPosition();
    connection.refresh();
  }

  // ---- Replica -------------------------------------------------------------------------------------------------------------

  const groupsOf = (mailbox: Mailbox) => client.getQueryData<readonly TaskGroup[]>([...groupQueries.all, mailbox]);
  const foldersOf = (mailbox: Mailbox) => client.getQueryData<readonly TaskFolder[]>([...folderQueries.all, mailbox]);
  const changesIn = (mailbox: Mailbox) =>
    outbox
      .ops()
      .map(({ change }) => change)
      .filter((change) => change.mailbox === mailbox);

  function applyServerResults(effects: readonly ServerResult[]) {
    bridge.applyResults(effects);
    for (const effect of effects) {
      categories.applyResult(effect);
      updateAttachmentCache(client, effect, clock.now());
    }
    const keys = effects.flatMap(({ change }) => invalidatedKeys(change));
    for (const queryKey of new Map(keys.map((key) => [JSON.stringify(key), key])).values())
      void client.invalidateQueries({ queryKey, exact: true });
  }

  // ---- Pulling -------------------------------------------------------------------------------------------------------------

  let loaded = Promise.resolve();
  const pullScheduler = createPullScheduler({
    client,
    ports,
    onOutcome: connection.reportOutcome,
    loaded: () => loaded,
    async read(signal) {
      await Promise.all([zone.load(), categories.load(), pullEverything(client, pull, signal)]);
      connection.reportOutcome(null);
      await bridge.dropDeletedFolders();
    },
  });
  const { pullAll } = pullScheduler;

  const shown = {
    group: (mailbox: Mailbox, id: string) => shownGroups(mailbox).find((group) => group.id === id),
    groupByKey: (mailbox: Mailbox, key: string) => shownGroups(mailbox).find((group) => group.groupKey === key),
    folder: (mailbox: Mailbox, id: string) => shownFolders(mailbox).find((folder) => folder.id === id),
  };
  const shownGroups = (mailbox: Mailbox) => overlayGroups(groupsOf(mailbox) ?? [], changesIn(mailbox));
  const shownFolders = (mailbox: Mailbox) => overlayFolders(foldersOf(mailbox) ?? [], changesIn(mailbox));
  const commands = createCommands({ outbox, clock, ports, zone: zone.current, shown });
  /** Bulk commands and undo, which nobody needs before the first rows. */
  const lazyCommands = loadOnce(async () => {
    const [{ createUndo }, { createBulkCommands }] = await Promise.all([
      import('../../sync/commands/inverse.ts'),
      import('../../sync/commands/bulkCommands.ts'),
    ]);
    const { undo, inverseOf } = createUndo({ outbox, capabilities: deps.capabilities, commands });
    return { undo, bulk: createBulkCommands({ outbox, ports, inverseOf }) };
  });
  const undo: UndoChange = async (changeId) => (await lazyCommands()).undo(changeId);
  const bulk: BulkCommands = {
    async run(...args) {
      const loaded = await lazyCommands().catch(() => null);
      return loaded === null ? { applied: [], end: 'away' } : loaded.bulk.run(...args);
    },
    undo: async (...args) => (await lazyCommands()).bulk.undo(...args),
  };

  // ---- Sending -------------------------------------------------------------------------------------------------------------

  const knownRows = {
    task: (mailbox: Mailbox, folderId: string, id: string) => replica.rows({ mailbox, id: folderId }).get(id),
    isOurs: (id: string) => outbox.originOf(id) !== id,
  };
  const server = { api, extras, attaching: deps.attachmentClient, batching: deps.batching };
  const sender = createLazySender(
    {
      account: session.account.key,
      server,
      outbox,
      clock,
      ports,
      known: knownRows,
      onContact: connection.reportOutcome,
      onPause: connection.reportPause,
    },
    painted,
  );

  function wake() {
    pullScheduler.wake();
    sender.wake();
    changeStream.wake();
    if (isLoaded) void pullAll();
  }

  // ---- Lifecycle -----------------------------------------------------------------------------------------------------------

  /** Loads from this device, then pulls: what changed since the last event, or every folder. */
  let isLoaded = false;
  async function loadThenPull(signal: AbortSignal) {
    loaded = painted()
      .then(() => bridge.loadAll(signal))
      .then(() => views.markLoaded());
    await Promise.all([loaded, changeStream.ready()]);
    isLoaded = true;
    if (signal.aborted) return;
    await pullAll();
    // Loaded ahead for use offline; if this fails, the first use tries again.
    await lazyCommands().catch(() => undefined);
    if (!signal.aborted) await views.prebuild({ today: today.current(), zone: zone.current() }, ports.pause);
  }

  /** Polls what is visible, where the server does not notify. */
  async function poll(stopped: AbortSignal) {
    for (;;) {
      await ports.sleep(pollMs, stopped);
      if (stopped.aborted) return;
      if (changeStream.isLive.current() || !ports.isVisible()) continue;
      const filters = { type: 'active', predicate: ({ queryKey }: Query) => polledKinds.has(queryKey[0]) } as const;
      // A pull that runs goes on: a large folder on a slow connection would never end.
      await client.refetchQueries(filters, { cancelRefetch: false });
    }
  }

  function start() {
    const stopped = pullScheduler.start();
    onlineManager.setOnline(ports.isOnline());
    const stops = [
      bridge.start(),
      outbox.onServerResults(applyServerResults),
      outbox.subscribe(connection.refresh),
      deps.pause.subscribe(() => connection.reportPause(deps.pause.current())),
      views.start(),
      categories.start(),
      persistFirstPaint({
        visibleContent: views.visibleContent,
        subscribe: views.subscribe,
        store: observedStore,
        clock,
        ports,
        onStorageError: ({ kind }) => reportReplicaError(kind),
      }),
      today.start(),
      sender.start(),
      changeStream.start(),
      ports.onNetwork(() => {
        onlineManager.setOnline(ports.isOnline());
        connection.refresh();
        if (ports.isOnline()) wake();
      }),
      ports.onFocus(() => {
        today.look();
        wake();
      }),
    ];
    connection.refresh();
    void loadThenPull(stopped.signal);
    void poll(stopped.signal);
    return () => {
      stopped.abort();
      for (const stop of stops) stop();
      void client.cancelQueries();
    };
  }

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
    replicaStore: observedStore,
    reportStorageError: reportReplicaError,
    pullAll,
    commands,
    undo,
    bulk,
    bulkActions: createBulkActionQueue(),
    forgetFolder: replica.drop,
    start,
    wake,
    loaded: () => loaded,
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
