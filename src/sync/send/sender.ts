import type { Batching } from '../../api/batching.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import { addMs, msBetween } from '../../domain/time/time.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import { room, unitsOf } from './batchPlan.ts';
import type { Unit } from './batchPlan.ts';
import { sendTogether } from './batchSender.ts';
import type { Outcome } from './batchSender.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import { scheduleSends } from './schedule.ts';
import { firstDelayMs, judge, nothing } from './sendFailures.ts';
import type { Turn } from './sendFailures.ts';
import type { Op } from '../storage/op.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import { sendChange } from './sendChange.ts';
import type { KnownRows, ServerApis } from './sendChange.ts';
import { createSendQueue } from './sendQueue.ts';
import { StorageError } from '../storage/accountStore.ts';

export type SenderOptions = {
  account: string;
  server: ServerApis;
  outbox: Outbox;
  clock: Clock;
  ports: Pick<Ports, 'sleep' | 'withLock' | 'isOnline'>;
  known: KnownRows;
  /** How the last attempt to reach the server went: null when it answered. */
  onContact: (failure: FailureKind | null) => void;
  /** The server is too busy, did not say for how long, and is left alone until then. */
  onPause: (until: Instant) => void;
};

export type Sender = {
  /** Sends from now on, whenever there is something; call the answer to stop. */
  start: () => () => void;
  /** Look again now: something was added, the network is back, the person signed in. */
  wake: () => void;
  /** Resolves when there is nothing that could be sent now, also because it was stopped. */
  settled: () => Promise<void>;
};

const longestDelayMs = 60_000;
/**
 * Sends the oldest changes first, independent ones in parallel. One tab does: each run holds the lock
 * `threefold:<account>`, and no database transaction, across its requests
 * (docs/architecture.md#sending-holds-a-lock-not-a-transaction).
 */
export function createSender({
  account,
  server,
  outbox,
  clock,
  ports,
  known,
  onContact,
  onPause,
}: SenderOptions): Sender {
  const sending = createSendQueue(outbox.state, clock);
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
  /** By op id: what a batch did not get through goes by itself. */
  const alone = new Set<string>();
  /** Null until it was needed. */
  let batching: Batching | null = null;

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
    const running = new Map<Unit, Promise<void>>();
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

    function take(turn: Turn) {
      // What fails together fails once: the delay grows with each round, not with each request.
      if (turn === 'backOff' || turn === 'busy') {
        if (waitMs !== null) return;
        const ms = backOff();
        rest(ms);
        if (turn === 'busy') onPause(addMs(clock.now(), ms));
      } else if (turn !== 'next') rest(Math.max(turn.waitMs, waitMs ?? backOff()));
    }

    async function sendUnit(unit: Unit) {
      const [op, ...others] = unit;
      try {
        if (op !== undefined && others.length === 0) take(await attempt(op));
        else await attemptAll(unit, take);
      } finally {
        running.delete(unit);
      }
    }
    try {
      await sending.reload();
      for (;;) {
        // Whatever woke us before this look at the queue is seen by it.
        woken = new AbortController();
        if (waitMs === null && !stopped.aborted) {
          const idleMs = await begin([...running.keys()], (unit) => running.set(unit, sendUnit(unit)));
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
  async function begin(units: readonly Unit[], start: (unit: Unit) => void): Promise<number | null> {
    const now = clock.now();
    const underWay = { units: units.length, batches: units.filter((unit) => unit.length > 1).length };
    const busy = sending.busy();
    const plan = scheduleSends(sending.ops(), now, busy, busy.size + room(underWay));
    if (plan.cancel.length > 0) await sending.cancel(plan.cancel);
    for (const op of plan.orphaned) await sending.park(op, { kind: 'missing', message: 'What it was made in is gone' });
    if (plan.cancel.length + plan.orphaned.length > 0) return begin(units, start);
    if (!ports.isOnline()) return Infinity;
    for (const unit of unitsOf(plan.send, underWay, mayShare)) start(unit);
    if (plan.send.length > 0) return null;
    return plan.notBefore === null ? Infinity : Math.max(0, msBetween(now, plan.notBefore));
  }

  /** Where there are no keys, one looks for what may have arrived before it is sent again: each by itself. */
  function mayShare(op: Op): boolean {
    return !alone.has(op.id) && (op.firstSentAt === null || server.api.repeats()) && batching?.areTaken() !== false;
  }

  async function attemptAll(ops: readonly Op[], take: (turn: Turn) => void): Promise<void> {
    const repeats = new Set(ops.flatMap(({ id, firstSentAt }) => (firstSentAt === null ? [] : [id])));
    const begun = await sending.beginAll(ops);
    const settle = async (outcomes: readonly Outcome[]) => (await settleAll(outcomes)).forEach(take);
    try {
      batching ??= await server.batching();
    } catch (error) {
      return settle(begun.map((op) => ({ op, error })));
    }
    const { signal } = new AbortController();
    const sendOne = (op: Op, { api, extras }: Pick<ServerApis, 'api' | 'extras'>) => {
      const given = { api, extras: server.extras && extras, attaching: server.attaching };
      return sendChange(op, repeats.has(op.id), { ...given, known: { ...known, isOurs }, files: sending, signal });
    };
    await sendTogether(begun, batching, sendOne, settle);
  }

  async function settleAll(outcomes: readonly Outcome[]): Promise<readonly Turn[]> {
    const taken = outcomes.flatMap((one) => ('effect' in one ? [one] : []));
    const failed = outcomes.flatMap((one) => ('error' in one ? [one] : []));
    try {
      for (const { effect } of taken) for (const [, id] of effect.ids) claimed.add(id);
      if (taken.length > 0) {
        await sending.settleAll(taken.map(({ op, effect }) => ({ op, effect, answer: answerOf(op, effect) })));
        failures = 0;
        onContact(null);
      }
    } finally {
      for (const { op } of failed) alone.add(op.id);
    }
    return afterFailures(failed);
  }

  async function attempt(op: Op): Promise<Turn> {
    const begun = await sending.begin(op);
    if (begun === undefined) return 'next';
    const stop = new AbortController();
    stops.set(op.id, stop);
    try {
      const given = { ...server, known: { ...known, isOurs }, files: sending, signal: stop.signal };
      const effect = await sendChange(begun, op.firstSentAt !== null, given);
      for (const [, id] of effect.ids) claimed.add(id);
      if (isGivenUp(op)) await takeBack(begun, effect);
      else await sending.settle(begun, effect, answerOf(begun, effect));
      alone.delete(op.id);
      failures = 0;
      onContact(null);
      return 'next';
    } catch (error) {
      const [turn = 'next'] = await afterFailures([{ op: begun, error }]);
      return turn;
    } finally {
      stops.delete(op.id);
    }
  }

  /** The task as the server has it now. */
  function answerOf({ change }: Op, { tasks }: ServerResult) {
    const id = 'taskId' in change ? change.taskId : change.id;
    return tasks.find((task) => task.id === id) ?? tasks[0];
  }

  /** Files only: the person need not wait for a long upload to end before calling it off. */
  const isGivenUp = (op: Op) => op.change.kind === 'addAttachment' && !outbox.ops().some(({ id }) => id === op.id);

  /** It arrived in the moment it was given up: it is taken off again. */
  async function takeBack(op: Op, effect: ServerResult) {
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

  /** Sorts each failure once: a temporary one is retried, a permanent one parks the change, nothing is dropped. */
  async function afterFailures(failed: readonly Extract<Outcome, { error: unknown }>[]): Promise<readonly Turn[]> {
    const free = new Set(failed.map(({ op }) => op));
    const turns: Turn[] = [];
    try {
      for (const { op, error } of failed) {
        if (error instanceof StorageError) throw error;
        const { turn, contact, retryMs, parking } = isGivenUp(op) ? nothing : judge(op, error);
        if (contact !== undefined) onContact(contact);
        turns.push(turn);
        if (retryMs === undefined && parking === undefined) continue;
        free.delete(op);
        if (parking !== undefined) failures = 0;
        await (parking === undefined
          ? sending.postpone(op, addMs(clock.now(), retryMs ?? 0))
          : sending.park(op, parking));
      }
    } finally {
      sending.release([...free]);
    }
    return turns;
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
