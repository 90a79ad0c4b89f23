import { ApiError, failureOf } from '../../api/apiError.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import { addMs, msBetween } from '../../domain/time/time.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import type { Effect } from '../storage/serverResult.ts';
import { planOf } from './schedule.ts';
import type { Op, Parking } from '../storage/op.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import { Parked, send } from './sendChange.ts';
import type { Known, Server } from './sendChange.ts';
import { createSendingSide } from './sendQueue.ts';
import { StorageError } from '../storage/accountStore.ts';

export type DrainOptions = {
  account: string;
  server: Server;
  outbox: Outbox;
  clock: Clock;
  ports: Pick<Ports, 'sleep' | 'withLock' | 'isOnline'>;
  known: Known;
  /** How the last attempt to reach the server went: null when it answered. */
  onContact: (failure: FailureKind | null) => void;
  /** The server is too busy, did not say for how long, and is left alone until then. */
  onPause: (until: Instant) => void;
};

export type Drain = {
  /** Sends from now on, whenever there is something; call the answer to stop. */
  start: () => () => void;
  /** Look again now: something was added, the network is back, the person signed in. */
  wake: () => void;
  /** Resolves when there is nothing that could be sent now, also because it was stopped. */
  settled: () => Promise<void>;
};

/** A server that fails this often over one change is not busy: the change is parked. */
const maxAttempts = 5;
const firstDelayMs = 1_000;
const longestDelayMs = 60_000;
/** Requests at a time. The service writes one after the other; more would only wait there, and hold up what a person reads. */
const atOnce = 4;

/** How sending one op went: on with the others, or leave the server alone for so long. */
type Turn = 'next' | { waitMs: number } | 'backOff' | 'busy';

/**
 * Sends the oldest changes first, independent ones in parallel. One tab does: each run holds the lock
 * `threefold:<account>`, and no database transaction, across its requests
 * (docs/architecture.md#sending-holds-a-lock-not-a-transaction).
 */
export function createDrain({ account, server, outbox, clock, ports, known, onContact, onPause }: DrainOptions): Drain {
  const sending = createSendingSide(outbox.state, clock);
  let failures = 0;
  let woken = new AbortController();
  let isPaused = true;
  let isStopped = false;
  const waiters = new Set<() => void>();
  /** What is being sent, and how to give it up. */
  const stops = new Map<string, AbortController>();
  /** Found on a server without keys, and taken for one of ours: no second op may take it too. */
  const claimed = new Set<string>();
  const isOurs = (id: string) => claimed.has(id) || known.isOurs(id);

  async function run(stopped: AbortSignal) {
    while (!stopped.aborted) {
      isPaused = false;
      const ms = await ports.withLock(`threefold:${account}`, () => sendAll(stopped));
      isPaused = true;
      if (!woken.signal.aborted || stopped.aborted) for (const waiter of waiters) waiter();
      await pause(ms, AbortSignal.any([woken.signal, stopped]));
    }
  }

  async function pause(ms: number, signal: AbortSignal) {
    if (ms !== Infinity) return ports.sleep(ms, signal);
    await aborted(signal);
  }

  /** Until nothing can be sent now; answers how long to wait. */
  async function sendAll(stopped: AbortSignal): Promise<number> {
    woken = new AbortController();
    const running = new Map<string, Promise<void>>();
    /** How long to leave the server alone; null while it may be asked. */
    let waitMs: number | null = null;
    const never = new Promise<void>(() => {});
    let resting = never;
    let rests = 0;

    /** A long upload goes on meanwhile, and must not hold up the rest for longer than the server asked. */
    function rest(ms: number) {
      waitMs = ms;
      rests += 1;
      if (ms !== Infinity) resting = endRest(ms, rests);
    }
    async function endRest(ms: number, which: number) {
      await ports.sleep(ms);
      if (which !== rests) return;
      resting = never;
      waitMs = null;
    }

    async function sendOne(op: Op) {
      try {
        const turn = await attempt(op);
        // What fails together fails once: the delay grows with each round, not with each request.
        if (turn === 'backOff' || turn === 'busy') {
          if (waitMs !== null) return;
          const ms = backOff();
          rest(ms);
          if (turn === 'busy') onPause(addMs(clock.now(), ms));
        } else if (turn !== 'next') rest(Math.max(turn.waitMs, waitMs ?? backOff()));
      } finally {
        running.delete(op.id);
      }
    }
    try {
      await sending.reload();
      for (;;) {
        // Whatever woke us before this look at the queue is seen by it.
        woken = new AbortController();
        if (waitMs === null && !stopped.aborted) {
          const idleMs = await begin((op) => running.set(op.id, sendOne(op)));
          if (idleMs !== null && running.size === 0) return idleMs;
        }
        if (running.size === 0) return waitMs ?? Infinity;
        await Promise.race([...running.values(), aborted(woken.signal), resting]);
        // Nobody but the person ends a wait without an end, by signing in.
        if (waitMs === Infinity && woken.signal.aborted) waitMs = null;
      }
    } catch (error) {
      // The disk refuses. The outbox has said so; nothing may be sent that is not written down first.
      await Promise.allSettled(running.values());
      if (!(error instanceof StorageError)) throw error;
      return backOff();
    }
  }

  /** Begins what may be sent now; answers how long there will be nothing more, null when one should look again. */
  async function begin(start: (op: Op) => void): Promise<number | null> {
    const now = clock.now();
    const plan = planOf(sending.ops(), now, sending.busy(), atOnce);
    if (plan.cancel.length > 0) await sending.cancel(plan.cancel);
    for (const op of plan.orphaned) await sending.park(op, { kind: 'missing', message: 'What it was made in is gone' });
    if (plan.cancel.length + plan.orphaned.length > 0) return begin(start);
    if (!ports.isOnline()) return Infinity;
    for (const op of plan.send) start(op);
    if (plan.send.length > 0) return null;
    return plan.notBefore === null ? Infinity : Math.max(0, msBetween(now, plan.notBefore));
  }

  async function attempt(op: Op): Promise<Turn> {
    const begun = await sending.begin(op);
    if (begun === undefined) return 'next';
    const stop = new AbortController();
    stops.set(op.id, stop);
    try {
      const given = { ...server, known: { ...known, isOurs }, files: sending, signal: stop.signal };
      const effect = await send(begun, op.firstSentAt !== null, given);
      for (const [, id] of effect.ids) claimed.add(id);
      if (isGivenUp(op)) await takeBack(begun, effect);
      else await sending.settle(begun, effect, answerOf(begun, effect));
      failures = 0;
      onContact(null);
      return 'next';
    } catch (error) {
      return afterFailure(begun, error);
    } finally {
      stops.delete(op.id);
    }
  }

  /** The task as the server has it now. */
  function answerOf({ change }: Op, { tasks }: Effect) {
    const id = 'taskId' in change ? change.taskId : change.id;
    return tasks.find((task) => task.id === id) ?? tasks[0];
  }

  /** Files only: the person need not wait for a long upload to end before calling it off. */
  const isGivenUp = (op: Op) => op.change.kind === 'addAttachment' && !outbox.ops().some(({ id }) => id === op.id);

  /** It arrived in the moment it was given up: it is taken off again. */
  async function takeBack(op: Op, effect: Effect) {
    const [made] = effect.ids;
    await sending.settle(op, effect, answerOf(op, effect));
    if (made === undefined || op.change.kind !== 'addAttachment') return;
    const { mailbox, taskId, folderId, draft, subject } = op.change;
    const change = {
      kind: 'removeAttachment',
      mailbox,
      id: made[1],
      taskId,
      folderId,
      name: draft.name,
      subject,
    } as const;
    await outbox.add(change);
  }

  /** Sorts a failure once: a temporary one is retried, a permanent one parks the change, nothing is dropped. */
  async function afterFailure(op: Op, error: unknown): Promise<Turn> {
    if (error instanceof StorageError) throw error;
    if (isGivenUp(op)) {
      await sending.postpone(op, null);
      return 'next';
    }
    if (error instanceof Parked) return park(op, error.parking);
    const kind = failureOf(error);
    onContact(kind === 'offline' || kind === 'signIn' ? kind : null);
    if (kind === 'signIn') {
      await sending.postpone(op, null);
      return { waitMs: Infinity };
    }
    if (kind === 'offline' || kind === 'busy') {
      await sending.postpone(op, null);
      const asked = error instanceof ApiError ? error.retryAfter : undefined;
      if (asked !== undefined) return { waitMs: asked };
      return kind === 'busy' ? 'busy' : 'backOff';
    }
    if (kind === 'broken' && op.attempts + 1 < maxAttempts && error instanceof ApiError) {
      await sending.postpone(op, addMs(clock.now(), firstDelayMs * 2 ** op.attempts));
      return 'next';
    }
    return park(op, parkingOf(kind, error));
  }

  async function park(op: Op, parking: Parking): Promise<Turn> {
    failures = 0;
    await sending.park(op, parking);
    return 'next';
  }

  /** Twice as long each time, to a minute. */
  function backOff(): number {
    failures += 1;
    return Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
  }

  function stopGivenUp() {
    if (stops.size === 0) return;
    const there = new Set(outbox.ops().map(({ id }) => id));
    for (const [id, stop] of stops) if (!there.has(id)) stop.abort();
  }

  const wake = () => woken.abort();
  return {
    wake,
    start() {
      const stopped = new AbortController();
      isStopped = false;
      // Other tabs tell of their changes. While the server cannot be reached that is no reason to try: two tabs would
      // keep waking each other.
      const stopWork = sending.onWork((isOwn) => {
        if (isOwn || failures === 0) wake();
      });
      const stopWatching = outbox.subscribe(stopGivenUp);
      void run(stopped.signal);
      return () => {
        stopWork();
        stopWatching();
        stopped.abort();
        isStopped = true;
        // Nobody else would tell those who wait, and a pull that waits holds the lock of its folder.
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
