import { serverCapabilities } from '../api/serverCapabilities.ts';
import { lazyModule, loadOnce } from '../api/lazyModule.ts';
import type { RemoteClient } from '../api/remoteClient.ts';
import type { TransportOptions } from '../api/transport.ts';
import type { Account, Deps } from '../data/dataProvider.tsx';
import type { Clock, Instant } from '../domain/time/time.ts';
import { loadFirstPaint, recordKeyAt } from '../sync/views/firstPaint.ts';
import { createObservable } from '../sync/platform/observable.ts';
import { openReplicaStore } from '../sync/storage/replicaStore.ts';
import { openOutbox } from '../sync/outbox/outbox.ts';
import type { Outbox } from '../sync/outbox/outbox.ts';
import { browserPorts } from '../sync/platform/ports.ts';
import { createDraftLog } from '../sync/storage/draftLog.ts';
import { lastPlace } from './shell/lastPlace.ts';
import type { RuntimeConfig } from './config/runtimeConfig.ts';

export type AccountClient = {
  deps: Pick<
    Deps,
    | 'api'
    | 'extras'
    | 'attachmentClient'
    | 'batching'
    | 'outbox'
    | 'replicaStore'
    | 'firstPaint'
    | 'events'
    | 'pause'
    | 'capabilities'
  >;
  /** Closes the account's database. */
  close: () => void;
};

type Input = {
  account: Account;
  clock: Clock;
  settings: RuntimeConfig;
  getToken: (options: { refresh: boolean }) => Promise<string>;
};

/** Opens the account's stores on this device and prepares its remote client, without a request. */
export async function openAccountClient({ account, clock, settings, getToken }: Input): Promise<AccountClient> {
  const ports = browserPorts();
  const newId = () => ports.newId();
  const pause = createObservable<Instant | null>(null);
  const options = {
    base: settings.apiBase,
    fetch: (...request: Parameters<TransportOptions['fetch']>) => fetch(...request),
    getToken,
    sleep: (ms: number) => ports.sleep(ms),
    newId,
    clock,
    onPause: pause.set,
  };
  const { dialect, extras: hasExtras } = settings;
  const can = serverCapabilities(dialect, hasExtras);
  // The first paint needs no server, so the remote client is loaded with the first request.
  const modules = loadOnce(() => import('../api/remoteClient.ts'));
  let created: RemoteClient | null = null;
  const remote = loadOnce(
    async () => (created = (await modules()).createRemoteClient({ ...options, dialect, can, hasExtras })),
  );
  const api = lazyModule(async () => (await remote()).api, { can, repeats: () => created?.api.repeats() ?? hasExtras });
  const extras = hasExtras ? lazyModule(async () => (await remote()).extras) : null;
  const channel = ports.channel(`threefold:${account.key}:outbox`);
  const address = location.pathname === '/' ? lastPlace(account.key) : location.pathname;
  const [outbox, [copy, first]] = await Promise.all([
    openOutbox({
      account: account.key,
      clock,
      newId,
      channel,
      draftLog: createDraftLog(localStorage, account.key),
    }),
    openReplicaStore(account.key).then(
      async (opened) => [opened, await loadFirstPaint(opened.store, recordKeyAt(address))] as const,
    ),
  ]);
  requestPersistence(outbox);
  const attaching = loadOnce(async () => {
    const [{ createAttachmentClient }, { dialects }] = await Promise.all([
      import('../api/attachments/attachmentClient.ts'),
      modules(),
    ]);
    return createAttachmentClient(dialects[dialect], options);
  });
  const events = hasExtras ? lazyModule(async () => (await remote()).events) : null;
  const batching = async () => (await remote()).batching;
  return {
    deps: {
      api,
      extras,
      attachmentClient: attaching,
      batching,
      outbox,
      replicaStore: copy.store,
      firstPaint: first,
      events,
      pause,
      capabilities: can,
    },
    close() {
      copy.close();
      outbox.close();
    },
  };
}

/** Asks the browser for persistent storage once there is an unsent change to lose. */
function requestPersistence(outbox: Outbox): void {
  // Missing in some browsers, and on pages that are not secure.
  const storage = navigator.storage as StorageManager | undefined;
  const stop = outbox.subscribe(() => {
    if (outbox.ops().length === 0) return;
    stop();
    // Best effort: without it the browser may evict the data under pressure.
    void storage?.persist?.().catch(() => undefined);
  });
}
