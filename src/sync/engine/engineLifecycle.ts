import type { Ports } from '../platform/ports.ts';
import type { ChangeStream } from '../pull/changeStream.ts';
import { pollWatched } from '../pull/pollWatched.ts';
import type { FirstRows } from '../pull/firstRows.ts';
import type { PullLedger } from '../pull/pullLedger.ts';
import type { PullScheduler } from '../pull/pullScheduler.ts';
import type { Sender } from '../send/sender.ts';
import type { ConnectionMonitor } from '../status/connectionStatus.ts';
import type { MailboxTimeZone } from '../status/mailboxTimeZone.ts';
import type { Today } from '../status/today.ts';
import type { TaskViews } from '../views/taskViews.ts';
import type { ReplicaLoading } from './replicaLoading.ts';

type Input = {
  ports: Ports;
  loading: ReplicaLoading;
  views: Pick<TaskViews, 'prebuild'>;
  ledger: PullLedger;
  scheduler: PullScheduler;
  firstRows: Pick<FirstRows, 'hasArrived' | 'arrived'>;
  sender: Sender;
  changeStream: ChangeStream;
  connection: ConnectionMonitor;
  today: Today;
  zone: MailboxTimeZone;
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
};

export function createEngineLifecycle(input: Input): EngineLifecycle {
  const { ports, loading, views, ledger, scheduler, firstRows, sender } = input;
  const { changeStream, connection, today, zone } = input;
  let isLoaded = false;

  /** Loads from this device, then pulls: what changed since the last event, or every folder. */
  async function loadThenPull(signal: AbortSignal) {
    // A new device needs everything, whatever has changed.
    await Promise.all([loading.start(signal), firstRows.hasArrived() ? changeStream.ready() : undefined]);
    isLoaded = true;
    if (signal.aborted) return;
    await scheduler.pullAll();
    // Loaded ahead for use offline; if this fails, the first use tries again.
    await input.loadCommands().catch(() => undefined);
    if (!signal.aborted) await views.prebuild({ today: today.current(), zone: zone.current() }, ports.pause);
  }

  /** On a new device the stream, which reports everything as changed, waits for the first rows. */
  function followChanges(signal: AbortSignal): () => void {
    const start = () => changeStream.start({ onRemoteChange: scheduler.pullRemoteChange, onGap: scheduler.pullAnew });
    if (firstRows.hasArrived()) return start();
    let stop = () => {};
    const startLater = async () => {
      await firstRows.arrived();
      if (!signal.aborted) stop = start();
    };
    void startLater();
    return () => stop();
  }

  function wake() {
    scheduler.wake();
    sender.wake();
    changeStream.wake();
    if (!isLoaded) return;
    ledger.refreshWatched();
    void scheduler.pullAll();
  }

  return {
    wake,
    start() {
      const stopped = scheduler.start();
      const stops = [
        ...input.startOthers.map((start) => start()),
        today.start(),
        sender.start(),
        ledger.onChange(scheduler.retryWatched),
        followChanges(stopped.signal),
        ports.onNetwork(() => {
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
      void pollWatched({ ledger, ports, isLive: changeStream.isLive.current }, stopped.signal);
      return () => {
        stopped.abort();
        for (const stop of stops) stop();
        ledger.cancelAll();
      };
    },
  };
}
