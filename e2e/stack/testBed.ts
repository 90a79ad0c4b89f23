import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { buildApp } from '../../server/app.ts';
import type { Principal } from '../../server/identity/bearerAuth.ts';
import { migrate, openDatabase } from '../../server/db/openDatabase.ts';
import { apiScopes } from '../../server/identity/providerSettings.ts';
import { createNewId } from '../../server/config/ids.ts';
import { silentLog } from '../../server/config/log.ts';
import { createMailbox } from '../../server/mailbox/createMailbox.ts';
import { tenantIdOf } from '../../server/db/tenant.ts';
import { limitMailboxes, type MailboxLimits } from '../../server/usage/mailboxUsage.ts';
import { runMaintenance } from '../../server/mailbox/maintenance.ts';
import { createAttachmentClient } from '../../src/api/attachments/attachmentClient.ts';
import { serverCapabilities } from '../../src/api/serverCapabilities.ts';
import { createClockSkew } from '../../src/api/clockSkew.ts';
import { createRemoteClient, dialects } from '../../src/api/remoteClient.ts';
import { createQueryBridge } from '../../src/data/queryBridge.ts';
import { createSyncEngine } from '../../src/sync/engine/syncEngine.ts';
import { createObservable } from '../../src/domain/async/observable.ts';
import type { Deps } from '../../src/sync/accountSession.ts';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import type { FairShare } from '../../server/load/fairShare.ts';
import { addMs, dateOf } from '../../src/domain/time/time.ts';
import { loadFirstPaint } from '../../src/sync/views/firstPaint.ts';
import { openReplicaStore } from '../../src/sync/storage/replicaStore.ts';
import { openOutbox } from '../../src/sync/outbox/outbox.ts';
import { lockPort } from '../../src/sync/platform/ports.ts';
import type { Channel, Ports } from '../../src/sync/platform/ports.ts';
import type { Dialect } from '../../src/wire/dialect.ts';
import { createTestNetwork } from './testNetwork.ts';
import { createTestClock } from './testClock.ts';

export type TestBed = Awaited<ReturnType<typeof createTestBed>>;
/** What answers requests: the service, or a wrapper around it. */
export type Service = Parameters<typeof createTestNetwork>[0];
export type Device = Awaited<ReturnType<TestBed['device']>>;

/** The service over a real database file, and devices that call it without a socket (docs/architecture.md#tests). */
export async function createTestBed(
  start: Instant = '2026-03-18T09:00:00.000Z',
  { share }: { share?: (clock: Clock) => FairShare } = {},
) {
  const time = createTestClock(start);
  const directory = mkdtempSync(join(tmpdir(), 'threefold-stack-'));
  const database = openDatabase({ path: join(directory, 'threefold.db') });
  await migrate(database.db);
  const newId = createNewId(time);
  const principals = new Map<string, Principal>();
  const app = buildApp({
    ...database,
    clock: time,
    newId,
    tenantId: await tenantIdOf(database.db, time),
    // Tokens are checked in server/identity/bearerAuth.test.ts; here a token is a name.
    verify: (bearer) => Promise.resolve(principals.get(bearer)),
    config: { publicUrl: 'http://localhost:4100' },
    log: silentLog,
    ...(share !== undefined && { share: share(time) }),
  });
  const devices: { close(): void }[] = [];

  /** A new account; its token is its key. */
  async function account(name = 'Ada'): Promise<string> {
    const accountId = randomUUID();
    const address = `${accountId}@example.com`;
    await database.db.transaction().execute(async (trx) => {
      const row = {
        id: accountId,
        address,
        name,
        password_hash: null,
        created_at: time.now(),
        tokens_valid_from: time.now(),
      };
      await trx.insertInto('accounts').values(row).execute();
      await createMailbox(trx, accountId, time, newId);
    });
    principals.set(accountId, { accountId, address, name, scopes: new Set(apiScopes) });
    return accountId;
  }

  /**
   * A browser tab of the account. Tabs with the same `browser` share storage, locks and messages; nothing runs before
   * `start()`, so that a test can prepare.
   */
  async function device(
    key: string,
    {
      browser = createTestBrowser(),
      hearsEvents: receivesEvents = false,
      pageSize = 1_000,
      service = app as Service,
      dialect = 'outlookRest' as Dialect['name'],
      clockAheadMs = 0,
    } = {},
  ) {
    const now = () => addMs(time.now(), clockAheadMs);
    const clock: Clock = clockAheadMs === 0 ? time : { now, today: (zone) => dateOf(now(), zone) };
    const network = createTestNetwork(service, time);
    const focusListeners = new Set<() => void>();
    const networkListeners = new Set<() => void>();
    let isVisible = true;
    let releaseLocks = noop;
    const locksReleased = new Promise<void>((resolve) => (releaseLocks = resolve));
    const ports: Ports = {
      sleep: time.sleep,
      pause: () => Promise.resolve(),
      painted: () => Promise.resolve(),
      // A closed tab releases its locks.
      withLock: (lock, work) =>
        new Promise((resolve, reject) => {
          const runWithLock = () => Promise.race([work().then(resolve, reject), locksReleased]);
          browser.withLock(lock, runWithLock).catch(reject);
        }),
      channel: browser.channel,
      isOnline: () => network.isOnline,
      onNetwork: listenTo(networkListeners),
      onFocus: listenTo(focusListeners),
      isVisible: () => isVisible,
      zone: () => 'Europe/Paris',
      weekStart: () => 'monday',
      newId: () => randomUUID(),
    };
    const pause = createObservable<Instant | null>(null);
    const options = {
      base: '',
      fetch: network.fetch,
      getToken: () => Promise.resolve(key),
      sleep: (ms: number) => time.sleep(ms),
      newId: ports.newId,
      clock,
      skew: createClockSkew(clock),
      onPause: pause.set,
    };
    const name = `${browser.id}:${key}`;
    const outbox = await openOutbox({ account: name, clock, newId: ports.newId, channel: browser.channel(name) });
    const replica = await openReplicaStore(name);
    const capabilities = serverCapabilities(dialect, true);
    const { api, extras, events, batching } = createRemoteClient({
      ...options,
      dialect,
      can: capabilities,
      hasExtras: true,
      pageSize,
    });
    const deps: Deps = {
      api,
      extras,
      attachmentClient: () => Promise.resolve(createAttachmentClient(dialects[dialect], options)),
      batching: () => Promise.resolve(batching),
      outbox,
      replicaStore: replica.store,
      firstPaint: await loadFirstPaint(replica.store, ''),
      events: receivesEvents ? events : null,
      pause,
      clockSkew: options.skew,
      clock,
      capabilities: api.can,
      session: {
        account: { key: name, address: 'ada@example.com', name: 'Ada' },
        status: 'signedIn',
        accounts: [],
        signIn: noop,
        signOut: resolveEmpty,
        signOutEverywhere: resolveEmpty,
        addAccount: noop,
        switchTo: noop,
      },
    };
    const engine = createSyncEngine(deps, ports);
    // As the app's provider does.
    const bridge = createQueryBridge(engine, time);
    let stop: (() => void) | undefined;
    const tab = {
      deps,
      ports,
      api,
      outbox,
      engine,
      client: bridge.client,
      network,
      browser,
      start() {
        stop = engine.start();
      },
      focusPage: () => focusListeners.forEach((listener) => listener()),
      setVisible: (next: boolean) => void (isVisible = next),
      setOnline(isOnline: boolean) {
        network.isOnline = isOnline;
        networkListeners.forEach((listener) => listener());
      },
      /** Resolves when everything that can be sent now is sent. */
      sent: () => engine.sender.settled(),
      /** Closes the tab: only what is on disk stays. */
      close() {
        stop?.();
        stop = undefined;
        bridge.close();
        engine.close();
        replica.close();
        outbox.close();
        network.isOnline = false;
        releaseLocks();
      },
    };
    devices.push(tab);
    return tab;
  }

  return {
    time,
    app,
    account,
    device,
    /** Creates many tasks. */
    async fill(key: string, folderId: string, count: number) {
      const { api } = await device(key);
      for (let n = 0; n < count; n += 1)
        await api.createTask({ mailbox: 'me', id: folderId }, { subject: `Task ${n}` });
    },
    /** Runs everything until a condition holds; only the test's timeout ends it. */
    async until(isSo: () => boolean) {
      while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    /** How much each mailbox may keep from now on. */
    limitMailboxes: (limits: MailboxLimits) => limitMailboxes(database.db, limits),
    /** The service's hourly maintenance. */
    runMaintenance: () => runMaintenance({ db: database.db, clock: time, binDays: 30 }),
    async close() {
      for (const each of devices) each.close();
      await database.close();
      rmSync(directory, { recursive: true });
    },
  };
}

const noop = () => {};
const resolveEmpty = () => Promise.resolve();
const listenTo = (all: Set<() => void>) => (listener: () => void) => {
  all.add(listener);
  return () => void all.delete(listener);
};

/** What the tabs of one browser share. */
export function createTestBrowser() {
  const channels = new Map<string, Set<(message: unknown) => void>>();
  function channel(name: string): Channel {
    const peers = channels.get(name) ?? new Set();
    channels.set(name, peers);
    const own = new Set<(message: unknown) => void>();
    return {
      post: (message) => {
        for (const peer of peers) if (!own.has(peer)) peer(structuredClone(message));
      },
      onMessage(listener) {
        own.add(listener);
        peers.add(listener);
        return () => void peers.delete(listener);
      },
      close: () => own.forEach((listener) => peers.delete(listener)),
    };
  }
  return { id: randomUUID(), withLock: lockPort(undefined), channel };
}
