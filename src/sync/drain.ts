import { ApiError, failureOf } from '../api/errors.ts';
import type { TaskApi } from '../api/taskApi.ts';
import type { FailureKind } from '../domain/errors.ts';
import { msBetween } from '../domain/time.ts';
import type { Clock } from '../domain/time.ts';
import { nextToSend, rebased } from './order.ts';
import type { Op, Parking } from './op.ts';
import type { Outbox } from './outbox.ts';
import type { Ports } from './ports.ts';
import { Parked, send } from './send.ts';
import type { Known } from './send.ts';
import { StorageError } from './storage.ts';

export type DrainOptions = {
  account: string;
  api: TaskApi;
  outbox: Outbox;
  clock: Clock;
  ports: Pick<Ports, 'sleep' | 'withLock' | 'isOnline'>;
  known: Known;
  /** How the last attempt to reach the server went: null when it answered. */
  onContact: (failure: FailureKind | null) => void;
};

export type Drain = {
  /** Sends from now on, whenever there is something; call the answer to stop. */
  start: () => () => void;
  /** Look again now: something was added, the network is back, the person signed in. */
  wake: () => void;
  /** Resolves when there is nothing that could be sent now. For tests and for signing out. */
  settled: () => Promise<void>;
};

/** A server that fails this often over one change is not busy: the change is parked. */
const maxAttempts = 5;
const firstDelayMs = 1_000;
const longestDelayMs = 60_000;

type Turn =
  /** The queue moved on. */
  | { kind: 'next' }
  /** Nothing more now: wait this long, or until woken. */
  | { kind: 'wait'; ms: number };

/**
 * Sends the oldest change first. Only one tab does at a time: each run holds the lock `threefold:<account>`, and no database
 * transaction, across its requests (architecture.md §8, rule 3).
 */
export function createDrain({ account, api, outbox, clock, ports, known, onContact }: DrainOptions): Drain {
  let failures = 0;
  let woken = new AbortController();
  let isPaused = true;
  const waiters = new Set<() => void>();

  async function run(stopped: AbortSignal) {
    while (!stopped.aborted) {
      isPaused = false;
      const ms = await ports.withLock(`threefold:${account}`, () => sendAll(stopped));
      isPaused = true;
      if (!woken.signal.aborted) for (const waiter of waiters) waiter();
      await pause(ms, AbortSignal.any([woken.signal, stopped]));
    }
  }

  async function pause(ms: number, signal: AbortSignal) {
    if (ms !== Infinity) return ports.sleep(ms, signal);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Until nothing can be sent now; answers how long to wait. */
  async function sendAll(stopped: AbortSignal): Promise<number> {
    woken = new AbortController();
    try {
      await outbox.sending.reload();
      while (!stopped.aborted) {
        const turn = await sendNext();
        if (turn.kind === 'wait') return turn.ms;
      }
    } catch (error) {
      // The disk refuses. The outbox has said so; nothing may be sent that is not written down first.
      if (!(error instanceof StorageError)) throw error;
      return backOff();
    }
    return Infinity;
  }

  async function sendNext(): Promise<Turn> {
    // Whatever woke us before this look at the queue is seen by it.
    woken = new AbortController();
    const now = clock.now();
    const { op, notBefore } = nextToSend(outbox.sending.ops(), now);
    if (op === null)
      return { kind: 'wait', ms: notBefore === null ? Infinity : Math.max(0, msBetween(now, notBefore)) };
    if (!ports.isOnline()) return { kind: 'wait', ms: Infinity };
    const begun = await outbox.sending.begin(op);
    if (begun === undefined) return { kind: 'next' };
    try {
      const effect = await send(begun, api, known, op.firstSentAt !== null);
      const answer = effect.tasks.find(({ id }) => id === begun.change.id) ?? effect.tasks[0];
      await outbox.sending.settle(
        begun,
        effect,
        answer === undefined ? [] : rebased(outbox.sending.ops(), begun, answer),
      );
      failures = 0;
      onContact(null);
      return { kind: 'next' };
    } catch (error) {
      return afterFailure(begun, error);
    }
  }

  /** Sorts a failure once: what may pass is tried again, what will not is parked, nothing is dropped (style.md §6, 8). */
  async function afterFailure(op: Op, error: unknown): Promise<Turn> {
    if (error instanceof StorageError) throw error;
    if (error instanceof Parked) return park(op, error.parking);
    const kind = failureOf(error);
    onContact(kind === 'offline' || kind === 'signIn' ? kind : null);
    if (kind === 'signIn') {
      await outbox.sending.postpone(op, false);
      return { kind: 'wait', ms: Infinity };
    }
    if (kind === 'offline' || kind === 'busy') {
      await outbox.sending.postpone(op, false);
      return { kind: 'wait', ms: Math.max(backOff(), error instanceof ApiError ? (error.retryAfter ?? 0) : 0) };
    }
    if (kind === 'broken' && op.attempts + 1 < maxAttempts && error instanceof ApiError) {
      await outbox.sending.postpone(op, true);
      return { kind: 'wait', ms: backOff() };
    }
    return park(op, parkingOf(kind, error));
  }

  async function park(op: Op, parking: Parking): Promise<Turn> {
    failures = 0;
    await outbox.sending.park(op, parking);
    return { kind: 'next' };
  }

  /** Twice as long each time, to a minute. */
  function backOff(): number {
    failures += 1;
    return Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
  }

  const wake = () => woken.abort();
  return {
    wake,
    start() {
      const stopped = new AbortController();
      // Other tabs tell of their changes. While the server cannot be reached that is no reason to try: two tabs would
      // keep waking each other.
      const stopWork = outbox.sending.onWork((isOwn) => {
        if (isOwn || failures === 0) wake();
      });
      void run(stopped.signal);
      return () => {
        stopWork();
        stopped.abort();
      };
    },
    settled: () =>
      new Promise((resolve) => {
        const waiter = () => {
          waiters.delete(waiter);
          resolve();
        };
        waiters.add(waiter);
        if (isPaused) wake();
      }),
  };
}

function parkingOf(kind: FailureKind, error: unknown): Parking {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ApiError)) return { kind, message };
  return {
    kind,
    message,
    ...(error.code === undefined ? {} : { code: error.code }),
    ...(error.mayHaveArrived ? { mayHaveArrived: true } : {}),
  };
}
