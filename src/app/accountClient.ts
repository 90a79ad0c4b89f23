import { canOf } from '../api/serverCapabilities.ts';
import { late, lazily } from '../api/lazyModule.ts';
import type { Remote } from '../api/remoteClient.ts';
import type { TransportOptions } from '../api/transport.ts';
import type { Account, Deps } from '../data/dataProvider.tsx';
import type { Clock, Instant } from '../domain/time/time.ts';
import { loadFirst, screenKeyAt } from '../sync/views/firstPaint.ts';
import { createCell } from '../sync/platform/observable.ts';
import { openCopyStore } from '../sync/storage/replicaStore.ts';
import { openOutbox } from '../sync/outbox/outbox.ts';
import type { Outbox } from '../sync/outbox/outbox.ts';
import { browserPorts } from '../sync/platform/ports.ts';
import { createTextJournal } from '../sync/storage/draftLog.ts';
import { lastPlace } from './shell/lastPlace.ts';
import type { Settings } from './config/runtimeConfig.ts';

export type Client = {
  deps: Pick<
    Deps,
    'api' | 'extras' | 'attaching' | 'batching' | 'outbox' | 'copyStore' | 'first' | 'events' | 'pause' | 'can'
  >;
  /** Lets go of the account's database. */
  close: () => void;
};

type Input = {
  account: Account;
  clock: Clock;
  settings: Settings;
  getToken: (options: { refresh: boolean }) => Promise<string>;
};

/** Opens what this device holds of an account, and the way to its server. Nothing is asked of the network yet. */
export async function openClient({ account, clock, settings, getToken }: Input): Promise<Client> {
  const ports = browserPorts();
  const newId = () => ports.newId();
  const pause = createCell<Instant | null>(null);
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
  const can = canOf(dialect, hasExtras);
  // The first paint is drawn from this device: what speaks to the server is fetched when it is first spoken to.
  const modules = lazily(() => import('../api/remoteClient.ts'));
  let spoken: Remote | null = null;
  const remote = lazily(async () => (spoken = (await modules()).createRemote({ ...options, dialect, can, hasExtras })));
  const api = late(async () => (await remote()).api, { can, repeats: () => spoken?.api.repeats() ?? hasExtras });
  const extras = hasExtras ? late(async () => (await remote()).extras) : null;
  const channel = ports.channel(`threefold:${account.key}:outbox`);
  const address = location.pathname === '/' ? lastPlace(account.key) : location.pathname;
  const [outbox, [copy, first]] = await Promise.all([
    openOutbox({
      account: account.key,
      clock,
      newId,
      channel,
      journal: createTextJournal(localStorage, account.key),
    }),
    openCopyStore(account.key).then(
      async (opened) => [opened, await loadFirst(opened.store, screenKeyAt(address))] as const,
    ),
  ]);
  askToKeep(outbox);
  const attaching = lazily(async () => {
    const [{ createAttaching }, { dialects }] = await Promise.all([
      import('../api/attachments/attachmentClient.ts'),
      modules(),
    ]);
    return createAttaching(dialects[dialect], options);
  });
  const events = hasExtras ? late(async () => (await remote()).events) : null;
  const batching = async () => (await remote()).batching;
  return {
    deps: { api, extras, attaching, batching, outbox, copyStore: copy.store, first, events, pause, can },
    close() {
      copy.close();
      outbox.close();
    },
  };
}

/** From the first change on there is something to lose: the browser is asked not to throw it away when it needs room. */
function askToKeep(outbox: Outbox): void {
  // Not every browser has it, and none on a page that is not secure.
  const storage = navigator.storage as StorageManager | undefined;
  const stop = outbox.subscribe(() => {
    if (outbox.ops().length === 0) return;
    stop();
    // A refusal changes nothing: what is thrown away is written again while a page has it.
    void storage?.persist?.().catch(() => undefined);
  });
}
