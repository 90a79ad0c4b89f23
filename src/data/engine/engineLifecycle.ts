import { onlineManager } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { Ports } from '../../sync/platform/ports.ts';
import type { ChangeStream } from '../../sync/pull/changeStream.ts';
import type { Sender } from '../../sync/send/sender.ts';
import type { ConnectionMonitor } from '../../sync/status/connectionStatus.ts';
import type { MailboxTimeZone } from '../../sync/status/mailboxTimeZone.ts';
import type { Today } from '../../sync/status/today.ts';
import { pollVisible } from './pollVisible.ts';
import type { PullScheduler } from './pullScheduler.ts';
import type { ReplicaBridge } from './replicaBridge.ts';
import type { TaskViews } from './taskView.ts';

type Input = {
  client: QueryClient;
  ports: Ports;
  bridge: ReplicaBridge;
  views: TaskViews;
  pullScheduler: PullScheduler;
  sender: Sender;
  changeStream: ChangeStream;
  connection: ConnectionMonitor;
  today: Today;
  zone: MailboxTimeZone;
  /** Resolves after the first paint. */
  painted: () => Promise<void>;
  /** Loads the code of commands that are not part of the first paint. */
  loadCommands: () => Promise<unknown>;
  /** Starts what else runs with the engine; each returns a function that stops it. */
  startOthers: readonly (() => () => void)[];
};

/**
 * The lifecycle of an engine: load from this device, pull, then follow the server, the network and the page until it is
 * stopped.
 */
export type EngineLifecycle = {
  start: () => () => void;
  /** Retries now what waits for the server. */
  wake: () => void;
  /** Resolves when the replica on this device is loaded, after `start`. */
  loaded: () => Promise<void>;
};

export function createEngineLifecycle(input: Input): EngineLifecycle {
  const { client, ports, bridge, views, pullScheduler, sender, changeStream, connection, today, zone, painted } = input;
  let loaded = Promise.resolve();
  let isLoaded = false;

  /** Loads from this device, then pulls: what changed since the last event, or every folder. */
  async function loadThenPull(signal: AbortSignal) {
    loaded = painted()
      .then(() => bridge.loadAll(signal))
      .then(() => views.markLoaded());
    await Promise.all([loaded, changeStream.ready()]);
    isLoaded = true;
    if (signal.aborted) return;
    await pullScheduler.pullAll();
    // Loaded ahead for use offline; if this fails, the first use tries again.
    await input.loadCommands().catch(() => undefined);
    if (!signal.aborted) await views.prebuild({ today: today.current(), zone: zone.current() }, ports.pause);
  }

  function wake() {
    pullScheduler.wake();
    sender.wake();
    changeStream.wake();
    if (isLoaded) void pullScheduler.pullAll();
  }

  return {
    loaded: () => loaded,
    wake,
    start() {
      const stopped = pullScheduler.start();
      onlineManager.setOnline(ports.isOnline());
      const stops = [
        bridge.start(),
        ...input.startOthers.map((start) => start()),
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
      void pollVisible({ client, ports, isLive: changeStream.isLive.current }, stopped.signal);
      return () => {
        stopped.abort();
        for (const stop of stops) stop();
        void client.cancelQueries();
      };
    },
  };
}
