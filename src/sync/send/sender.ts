import { createBackoff } from '../../domain/async/backoff.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import { msBetween } from '../../domain/time/time.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import { reportFault } from '../platform/reportFault.ts';
import { StorageError } from '../storage/accountStore.ts';
import { room, underWayOf, unitsOf } from './batchPlan.ts';
import type { Unit } from './batchPlan.ts';
import { scheduleSends } from './schedule.ts';
import type { KnownRows, ServerApis } from './sendChange.ts';
import { createSendQueue } from './sendQueue.ts';
import { sendBackoff } from './sendFailures.ts';
import { createServerPause } from './serverPause.ts';
import { createUnitSender } from './unitSender.ts';

export type SenderOptions = {
  account: string;
  server: ServerApis;
  outbox: Outbox;
  clock: Clock;
  ports: Pick<Ports, 'sleep' | 'withLock' | 'isOnline'>;
  known: KnownRows;
  /** The outcome of the last request: null when the server answered. */
  onContact: (failure: FailureKind | null) => void;
  /** The server is busy without naming a time, and gets no requests until then. */
  onPause: (until: Instant) => void;
};

export type Sender = {
  /** Sends from now on; call the result to stop. */
  start: () => () => void;
  /** Checks the queue now: an op was added, the network is back, or the person signed in. */
  wake: () => void;
  /** Resolves when nothing can be sent now, also when stopped. */
  settled: () => Promise<void>;
};

/**
 * Sends the oldest changes first, independent ones in parallel. One tab does: each run holds the lock
 * `threefold:<account>`, and no database transaction, across its requests
 * (docs/architecture.md#sending-holds-a-lock-not-a-transaction).
 */
export function createSender(options: SenderOptions): Sender {
  const { account, server, outbox, clock, ports, known, onContact, onPause } = options;
  const sending = createSendQueue(outbox, clock);
  const backoff = createBackoff(sendBackoff);
  const rest = createServerPause({ backoff, clock, sleep: ports.sleep, onPause });
  const units = createUnitSender({ server, outbox, sending, clock, known, onContact, onProgress: backoff.reset });
  let wakeController = new AbortController();
  let isPaused = true;
  let isStopped = false;
  const waiters = new Set<() => void>();

  async function run(stopped: AbortSignal) {
    while (!stopped.aborted) {
      isPaused = false;
      const ms = await sendLocked(stopped);
      isPaused = true;
      if (!wakeController.signal.aborted || stopped.aborted) for (const waiter of waiters) waiter();
      await pause(ms, AbortSignal.any([wakeController.signal, stopped]));
    }
  }

  /** A fault in one change must not end the sending of all others. */
  async function sendLocked(stopped: AbortSignal): Promise<number> {
    try {
      return await ports.withLock(`threefold:${account}`, () => sendAll(stopped));
    } catch (error) {
      reportFault(error);
      return backoff.next();
    }
  }

  async function pause(ms: number, signal: AbortSignal) {
    if (ms !== Infinity) return ports.sleep(ms, signal);
    await aborted(signal);
  }

  /** Sends until nothing can be sent now; returns how long to wait. */
  async function sendAll(stopped: AbortSignal): Promise<number> {
    wakeController = new AbortController();
    const running = new Map<Unit, Promise<void>>();
    const start = (unit: Unit) =>
      running.set(
        unit,
        units.send(unit, rest.onOutcome).finally(() => running.delete(unit)),
      );
    try {
      await sending.reload();
      const askedMs = rest.startRun();
      if (askedMs > 0) return askedMs;
      for (;;) {
        // A wake-up before this check of the queue is covered by it.
        wakeController = new AbortController();
        const mayBegin = rest.waitMs() === null && !stopped.aborted;
        const idleMs = mayBegin ? await begin([...running.keys()], start) : Infinity;
        if (running.size === 0) return rest.waitMs() ?? idleMs;
        // A long upload does not hold up what may be sent in a second.
        const isOver = new AbortController();
        const isDue = pause(idleMs, AbortSignal.any([isOver.signal, wakeController.signal]));
        await Promise.race([...running.values(), isDue, rest.ended()]);
        isOver.abort();
        if (wakeController.signal.aborted) rest.endWithoutEnd();
      }
    } catch (error) {
      // A write failed and was reported; nothing is sent that is not stored.
      await Promise.allSettled(running.values());
      if (!(error instanceof StorageError)) throw error;
      return backoff.next();
    }
  }

  /** Starts what may be sent now; returns how long until more can be, if nothing ends before. */
  async function begin(running: readonly Unit[], start: (unit: Unit) => void): Promise<number> {
    const now = clock.now();
    const underWay = underWayOf(running);
    const busy = sending.busy();
    const keepsOrder = units.takesBatches();
    const plan = scheduleSends(sending.ops(), now, { busy, most: busy.size + room(underWay), keepsOrder });
    if (plan.cancel.length > 0) await sending.cancel(plan.cancel);
    for (const op of plan.orphaned) await sending.park(op, { kind: 'missing', message: 'What it was made in is gone' });
    if (plan.cancel.length + plan.orphaned.length > 0) return begin(running, start);
    if (!ports.isOnline()) return Infinity;
    for (const unit of unitsOf(plan.send, underWay, { mayShare: units.mayShare, keepsOrder })) start(unit);
    return plan.notBefore === null ? Infinity : Math.max(0, msBetween(now, plan.notBefore));
  }

  const wake = () => wakeController.abort();
  return {
    wake,
    start() {
      const stopped = new AbortController();
      isStopped = false;
      // While the server is unreachable, changes of other tabs cause no retry: two tabs would keep waking each other.
      const stopWork = sending.onWork((isOwn) => {
        if (isOwn || !backoff.hasFailed()) wake();
      });
      const stopWatching = outbox.subscribe(units.stopGivenUp);
      void run(stopped.signal);
      return () => {
        stopWork();
        stopWatching();
        stopped.abort();
        isStopped = true;
        // Releases those who wait: a waiting pull holds the lock of its folder.
        if (isPaused) for (const waiter of waiters) waiter();
      };
    },
    settled: () =>
      new Promise((resolve) => {
        if (isStopped && isPaused) return resolve();
        const waiter = () => {
          waiters.delete(waiter);
          resolve();
        };
        waiters.add(waiter);
        if (isPaused) wake();
      }),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
