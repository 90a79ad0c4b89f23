import { createClockSkew } from '../api/clockSkew.ts';
import { serverCapabilities } from '../api/serverCapabilities.ts';
import { getForRequest, lazyModule } from '../api/lazyModule.ts';
import type { Account, Deps } from '../data/dataProvider.tsx';
import { createLazyChunk } from '../domain/async/lazyChunk.ts';
import { createObservable } from '../domain/async/observable.ts';
import type { Clock, Instant } from '../domain/time/time.ts';
import { loadFirstPaint, recordKeyAt } from '../sync/views/firstPaint.ts';
import { openReplicaStore } from '../sync/storage/replicaStore.ts';
import { openOutbox } from '../sync/outbox/outbox.ts';
import type { Outbox } from '../sync/outbox/outbox.ts';
import { browserPorts } from '../sync/platform/ports.ts';
import { createDraftLog } from '../sync/storage/draftLog.ts';
import { closableNetwork } from './closableNetwork.ts';
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
    | 'clockSkew'
    | 'capabilities'
  >;
  /** Closes the account's databases; no request begins any more. */
  close: () => void;
};

type Input = {
  account: Account;
  clock: Clock;
  settings: RuntimeConfig;
  getToken: (options: { refresh: boolean }) => Promise<string>;
};

/** The first paint needs no server, so what speaks to it is loaded with the first request. */
const remoteClientChunk = createLazyChunk(() => import('../api/remoteClient.ts'));
const attachmentClientChunk = createLazyChunk(() => import('../api/attachments/attachmentClient.ts'));

/** Opens the account's stores on this device and prepares its remote client, without a request. */
export async function openAccountClient({ account, clock, settings, getToken }: Input): Promise<AccountClient> {
  const ports = browserPorts();
  const newId = () => ports.newId();
  const pause = createObservable<Instant | null>(null);
  const network = closableNetwork({ fetch: (...request) => fetch(...request), getToken });
  const options = {
    base: settings.apiBase,
    fetch: network.fetch,
    getToken: network.getToken,
    sleep: (ms: number) => ports.sleep(ms),
    newId,
    clock,
    skew: createClockSkew(clock),
    onPause: pause.set,
  };
  const { dialect, extras: hasExtras } = settings;
  const can = serverCapabilities(dialect, hasExtras);
  const remote = createLazyChunk(async () =>
    (await remoteClientChunk.get()).createRemoteClient({ ...options, dialect, can, hasExtras }),
  );
  const repeats = () => {
    const loaded = remote.current();
    return loaded.state === 'here' ? loaded.part.api.repeats() : hasExtras;
  };
  const api = lazyModule(
    createLazyChunk(async () => (await remote.get()).api),
    { can, repeats },
  );
  const extras = hasExtras ? lazyModule(createLazyChunk(async () => (await remote.get()).extras)) : null;
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
  const attaching = createLazyChunk(async () => {
    const [{ createAttachmentClient }, { dialects }] = await Promise.all([
      attachmentClientChunk.get(),
      remoteClientChunk.get(),
    ]);
    return createAttachmentClient(dialects[dialect], options);
  });
  const events = hasExtras ? lazyModule(createLazyChunk(async () => (await remote.get()).events)) : null;
  const batching = async () => (await getForRequest(remote)).batching;
  return {
    deps: {
      api,
      extras,
      attachmentClient: () => getForRequest(attaching),
      batching,
      outbox,
      replicaStore: copy.store,
      firstPaint: first,
      events,
      pause,
      clockSkew: options.skew,
      capabilities: can,
    },
    close() {
      network.close();
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
