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
  /** Starts pulling and draining; call the answer to stop. */
  start: () => () => void;
  /** A folder that is not ours to see any more: this device's copy of it goes. */
  forgetFolder: (folder: Place) => Promise<void>;
  /** Try again now: after signing in, or when the network is back. */
  wake: () => void;
  /** Resolves when everything on this device was read, after `start`. */
  loaded: () => Promise<void>;
  /** Resolves when what other tabs have pulled so far is here too. */
  broadcastsApplied: () => Promise<void>;
  /** While it is true, whatever changes elsewhere is told. */
  isLive: Observable<boolean>;
  /** Lets go of what other tabs are spoken to with. */
  close: () => void;
  /** Something else to let go of then. */
  onClose: (close: () => void) => void;
};

/** A server that does not tell of changes is asked this often while somebody looks. Milliseconds. */
const pollMs = 60_000;
const kinds: ReadonlySet<unknown> = new Set([groupQueries, folderQueries, taskQueries].map(({ all }) => all[0]));

export function createSyncEngine(deps: Deps, ports: Ports): SyncEngine {
  const { api, extras, outbox, clock, session } = deps;
  const client = createQueryClient(() => listening.isLive.current());
  const closing = new Set<() => void>();
  let copyTrouble: StorageErrorKind | null = null;
  const failing = new Set<string>();
  const copyStore = reportStoreOutcomes(deps.replicaStore, (kind, trouble) => {
    if (trouble !== null) return failing.add(kind);
    failing.delete(kind);
    if (copyTrouble === null || failing.size > 0 || !replica.isPersisted()) return;
    copyTrouble = null;
    contact.refresh();
  });
  const bridge = createReplicaBridge({
    account: session.account.key,
    api,
    client,
    clock,
    ports,
    store: copyStore,
    firstPaint: deps.firstPaint,
    inFlightCreates: createInFlightCreates(outbox, () => drain),
    onStorageError: noticeTrouble,
  });
  const { replica, pull } = bridge;
  let firstPaint: Promise<void> | null = null;
  const painted = () => (firstPaint ??= ports.painted());
  const screen = createTaskViews({
    client,
    outbox,
    replica,
    previousTotals: previousTotalsOf(deps.firstPaint),
    // The first paint is drawn from what is here already.
    onOpen: (place) => void painted().then(() => replica.load(place)),
  });
  const eventsChannel = ports.channel(`threefold:${session.account.key}:events`);
  const listening = createChangeStream({
    account: session.account.key,
    events: deps.events,
    preferences: outbox.preferences,
    ports,
    channel: eventsChannel,
    onRemoteChange: (news) => rounds.pullRemoteChange(news),
    onGap: () => rounds.pullChanged(() => true),
  });
  const zone = createMailboxTimeZone(extras, outbox, ports.zone());
  const today = createToday(clock, zone, ports);
  const categories = createCategoryStore(extras, outbox, () => {
    void rounds.pullChanged(([kind, mailbox]) => kind === taskQueries.all[0] && mailbox === 'me');
  });

  // ---- Contact with the server -------------------------------------------------------------------------------------------

  const contact = createConnectionMonitor({ outbox, clock, ports, replicaError: () => copyTrouble });
  function noticeTrouble(trouble: StorageErrorKind) {
    copyTrouble = trouble;
    // What is not on disk must not be taken for known at the next start.
    listening.forgetPosition();
    contact.refresh();
  }

  // ---- Snapshots -----------------------------------------------------------------------------------------------------------

  const groupsOf = (mailbox: Mailbox) => client.getQueryData<readonly TaskGroup[]>([...groupQueries.all, mailbox]);
  const foldersOf = (mailbox: Mailbox) => client.getQueryData<readonly TaskFolder[]>([...folderQueries.all, mailbox]);
  const changesIn = (mailbox: Mailbox) =>
    outbox
      .ops()
      .map(({ change }) => change)
      .filter((change) => change.mailbox === mailbox);

  function takeIn(effects: readonly ServerResult[]) {
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
  const rounds = createPullScheduler({
    client,
    ports,
    onOutcome: contact.reportOutcome,
    loaded: () => loaded,
    async read(signal) {
      await Promise.all([zone.load(), categories.load(), pullEverything(client, pull, signal)]);
      contact.reportOutcome(null);
      await bridge.dropDeletedFolders();
    },
  });
  const { pullAll } = rounds;

  const shown = {
    group: (mailbox: Mailbox, id: string) => shownGroups(mailbox).find((group) => group.id === id),
    groupByKey: (mailbox: Mailbox, key: string) => shownGroups(mailbox).find((group) => group.groupKey === key),
    folder: (mailbox: Mailbox, id: string) => shownFolders(mailbox).find((folder) => folder.id === id),
  };
  const shownGroups = (mailbox: Mailbox) => overlayGroups(groupsOf(mailbox) ?? [], changesIn(mailbox));
  const shownFolders = (mailbox: Mailbox) => overlayFolders(foldersOf(mailbox) ?? [], changesIn(mailbox));
  const actions = createCommands({ outbox, clock, ports, zone: zone.current, shown });
  /** Many at once, and taking back: nobody does either before there is something on the screen. */
  const larger = loadOnce(async () => {
    const [{ createUndo }, { createBulkCommands }] = await Promise.all([
      import('../../sync/commands/inverse.ts'),
      import('../../sync/commands/bulkCommands.ts'),
    ]);
    const { undo, inverseOf } = createUndo({ outbox, capabilities: deps.capabilities, commands: actions });
    return { undo, bulk: createBulkCommands({ outbox, ports, inverseOf }) };
  });
  const undo: UndoChange = async (changeId) => (await larger()).undo(changeId);
  const bulk: BulkCommands = {
    async run(...given) {
      const loaded = await larger().catch(() => null);
      return loaded === null ? { applied: [], end: 'away' } : loaded.bulk.run(...given);
    },
    undo: async (...given) => (await larger()).bulk.undo(...given),
  };

  // ---- Draining ------------------------------------------------------------------------------------------------------------

  const known = {
    task: (mailbox: Mailbox, folderId: string, id: string) => replica.rows({ mailbox, id: folderId }).get(id),
    isOurs: (id: string) => outbox.originOf(id) !== id,
  };
  const server = { api, extras, attaching: deps.attachmentClient, batching: deps.batching };
  const drain = createLazySender(
    {
      account: session.account.key,
      server,
      outbox,
      clock,
      ports,
      known,
      onContact: contact.reportOutcome,
      onPause: contact.reportPause,
    },
    painted,
  );

  function wake() {
    rounds.wake();
    drain.wake();
    listening.wake();
    if (isSettled) void pullAll();
  }

  // ---- Life ----------------------------------------------------------------------------------------------------------------

  /** From this device first, then from the server: what changed since, if it tells, else every folder's news. */
  let isSettled = false;
  async function settleIn(signal: AbortSignal) {
    loaded = painted()
      .then(() => bridge.loadAll(signal))
      .then(() => screen.markLoaded());
    await Promise.all([loaded, listening.ready()]);
    isSettled = true;
    if (signal.aborted) return;
    await pullAll();
    // There when the network is not; without it now, the first use asks again.
    await larger().catch(() => undefined);
    if (!signal.aborted) await screen.prebuild({ today: today.current(), zone: zone.current() }, ports.pause);
  }

  /** What is on the screen is asked for now and then, where nobody tells of changes. */
  async function poll(stopped: AbortSignal) {
    for (;;) {
      await ports.sleep(pollMs, stopped);
      if (stopped.aborted) return;
      if (listening.isLive.current() || !ports.isVisible()) continue;
      const filters = { type: 'active', predicate: ({ queryKey }: Query) => kinds.has(queryKey[0]) } as const;
      // What is being read is not begun anew: a large folder on a slow line would never come to an end.
      await client.refetchQueries(filters, { cancelRefetch: false });
    }
  }

  function start() {
    const stopped = rounds.start();
    onlineManager.setOnline(ports.isOnline());
    const stops = [
      bridge.start(),
      outbox.onServerResults(takeIn),
      outbox.subscribe(contact.refresh),
      deps.pause.subscribe(() => contact.reportPause(deps.pause.current())),
      screen.start(),
      categories.start(),
      persistFirstPaint({
        visibleContent: screen.visibleContent,
        subscribe: screen.subscribe,
        store: copyStore,
        clock,
        ports,
        onStorageError: ({ kind }) => noticeTrouble(kind),
      }),
      today.start(),
      drain.start(),
      listening.start(),
      ports.onNetwork(() => {
        onlineManager.setOnline(ports.isOnline());
        contact.refresh();
        if (ports.isOnline()) wake();
      }),
      ports.onFocus(() => {
        today.look();
        wake();
      }),
    ];
    contact.refresh();
    void settleIn(stopped.signal);
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
    views: screen,
    sender: drain,
    status: contact.status,
    today,
    zone,
    categories,
    replicaStore: copyStore,
    reportStorageError: noticeTrouble,
    pullAll,
    commands: actions,
    undo,
    bulk,
    bulkActions: createBulkActionQueue(),
    forgetFolder: replica.drop,
    start,
    wake,
    loaded: () => loaded,
    broadcastsApplied: replica.broadcastsApplied,
    isLive: listening.isLive,
    onClose: (close) => closing.add(close),
    close() {
      for (const close of closing) close();
      bridge.close();
      eventsChannel.close();
    },
  };
}
