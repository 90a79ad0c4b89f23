import { failureKindOf } from '../../api/apiError.ts';
import { createEmitter } from '../../domain/async/observable.ts';
import { isLocalId } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import { msBetween } from '../../domain/time/time.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import type { Ports } from '../platform/ports.ts';
import type { FirstRows } from './firstRows.ts';
import { targetKey } from './pullTarget.ts';
import type { PullTarget } from './pullTarget.ts';

/** How much of a target is on this device. */
export type PullExtent = 'none' | 'partial' | 'whole';

/** Reads targets from the server into the replica. */
export type PullSource = {
  extentOf: (target: PullTarget) => PullExtent;
  /** @throws ApiError */
  pull: (target: PullTarget, signal: AbortSignal) => Promise<void>;
  /** Removes from this device what the server does not have any more. */
  drop: (target: PullTarget) => Promise<void>;
};

/** How the last pull of a target went. `isPaused` while one waits for the network. */
export type PullOutcome = { failure: FailureKind | null; isPaused: boolean };

/** A pull that ended because the engine stopped or the folder was dropped. */
export class PullCancelled extends Error {}

/** What was pulled when, what is being pulled, and what is shown and therefore kept up to date. */
export type PullLedger = {
  /** Pulls the target; waits for the network. Joins a running pull that nothing was reported since. @throws ApiError, PullCancelled */
  pull: (target: PullTarget) => Promise<void>;
  /** The same, unless the target is fresh. */
  pullIfStale: (target: PullTarget) => Promise<void>;
  /** The server reported changes: the targets are stale until a pull that begins after this. */
  report: (targets: Iterable<PullTarget>) => void;
  /** Pulls the target now if it is stale, and counts it among `watched` until the returned function is called. */
  watch: (target: PullTarget) => () => void;
  watched: () => readonly PullTarget[];
  /** Pulls what is watched and stale, of these targets or of all. Failures are in the outcomes. */
  refreshWatched: (targets?: readonly PullTarget[]) => void;
  outcomeOf: (target: PullTarget) => PullOutcome;
  /** Notifies of every new outcome. */
  onChange: (listener: (target: PullTarget) => void) => () => void;
  /** The target is no longer on this device: a pull that nobody watches ends. */
  drop: (target: PullTarget) => void;
  cancelAll: () => void;
};

type Running = { done: Promise<void>; controller: AbortController; covers: number };
type Entry = {
  target: PullTarget;
  pulledAt: Instant | null;
  /** How many changes were reported, and how many of them the last pull covers. */
  reports: number;
  covered: number;
  outcome: PullOutcome;
  running: Running | null;
  watchers: number;
};

type Input = {
  source: PullSource;
  ports: Pick<Ports, 'isOnline' | 'onNetwork'>;
  clock: Pick<Clock, 'now'>;
  firstRows: Pick<FirstRows, 'hasArrived' | 'arrived'>;
  /** While change events arrive, nothing becomes stale by itself. */
  isLive: () => boolean;
};

/** Without change events, what was pulled longer ago is pulled again when it is used. Milliseconds. */
const freshMs = 30_000;
const noOutcome: PullOutcome = { failure: null, isPaused: false };

export function createPullLedger({ source, ports, clock, firstRows, isLive }: Input): PullLedger {
  const entries = new Map<string, Entry>();
  const outcomes = createEmitter<[target: PullTarget]>();

  function at(target: PullTarget): Entry {
    const key = targetKey(target);
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = { target, pulledAt: null, reports: 0, covered: 0, outcome: noOutcome, running: null, watchers: 0 };
      entries.set(key, entry);
    }
    return entry;
  }

  function setOutcome(entry: Entry, outcome: PullOutcome) {
    const { failure, isPaused } = entry.outcome;
    if (failure === outcome.failure && isPaused === outcome.isPaused) return;
    entry.outcome = outcome;
    outcomes.emit(entry.target);
  }

  function isStale({ target, pulledAt, reports, covered, outcome }: Entry): boolean {
    if (covered < reports || outcome.failure !== null || source.extentOf(target) !== 'whole') return true;
    return !isLive() && (pulledAt === null || msBetween(pulledAt, clock.now()) >= freshMs);
  }

  /** A pull failed. Its caller hears why, also when this drops the target. */
  async function end(entry: Entry, error: unknown): Promise<void> {
    const { target } = entry;
    entry.running = null;
    const isCancelled = error instanceof PullCancelled;
    const failure = isCancelled ? entry.outcome.failure : failureKindOf(error);
    if (!isCancelled && failure === 'missing') await source.drop(target);
    const isNewer = entry.running !== null || entries.get(targetKey(target)) !== entry;
    if (!isNewer) setOutcome(entry, { failure, isPaused: false });
  }

  function begin(entry: Entry): Promise<void> {
    const { target } = entry;
    const controller = new AbortController();
    const covers = entry.reports;
    const isCurrent = () => entry.running?.controller === controller;
    if (source.extentOf(target) === 'none') setOutcome(entry, noOutcome);
    const run = async () => {
      try {
        if (!ports.isOnline()) {
          setOutcome(entry, { ...entry.outcome, isPaused: true });
          await untilOnline(ports, controller.signal);
        }
        await unlessAborted(source.pull(target, controller.signal), controller.signal);
      } catch (error) {
        if (isCurrent()) await end(entry, error);
        throw error;
      }
      if (!isCurrent()) return;
      entry.running = null;
      entry.covered = covers;
      entry.pulledAt = clock.now();
      setOutcome(entry, noOutcome);
    };
    const running: Running = { done: Promise.resolve(), controller, covers };
    entry.running = running;
    running.done = run();
    return running.done;
  }

  async function pull(target: PullTarget): Promise<void> {
    const entry = at(target);
    const { running } = entry;
    if (running === null) return begin(entry);
    if (running.covers === entry.reports) return running.done;
    // It asked before the last report.
    await running.done.catch((error: unknown) => {
      if (error instanceof PullCancelled) throw error;
    });
    return pull(target);
  }

  async function pullIfStale(target: PullTarget): Promise<void> {
    const entry = at(target);
    if (entry.running !== null || isStale(entry)) await pull(target);
  }

  const watched = () => [...entries.values()].flatMap(({ target, watchers }) => (watchers > 0 ? [target] : []));
  /** The failure is in the outcome. */
  const refresh = (target: PullTarget) => void inTurn(target, firstRows, pullIfStale).catch(() => undefined);

  return {
    pull,
    pullIfStale,
    report(targets) {
      for (const target of targets) at(target).reports += 1;
    },
    watch(target) {
      // A folder that exists only here is not pulled.
      if (target.kind === 'tasks' && isLocalId(target.id)) return () => {};
      const entry = at(target);
      entry.watchers += 1;
      refresh(target);
      let isWatching = true;
      return () => {
        if (isWatching) entry.watchers -= 1;
        isWatching = false;
      };
    },
    watched,
    refreshWatched: (targets = watched()) => targets.filter((target) => at(target).watchers > 0).forEach(refresh),
    outcomeOf: (target) => entries.get(targetKey(target))?.outcome ?? noOutcome,
    onChange: outcomes.subscribe,
    drop(target) {
      const entry = entries.get(targetKey(target));
      if (entry === undefined || entry.watchers > 0) return;
      entries.delete(targetKey(target));
      entry.running?.controller.abort();
    },
    cancelAll: () => entries.forEach(({ running }) => running?.controller.abort()),
  };
}

/** Groups wait for the first rows, which do not need them. */
function inTurn(
  target: PullTarget,
  firstRows: Input['firstRows'],
  pull: (target: PullTarget) => Promise<void>,
): Promise<void> {
  const mayPull = target.kind !== 'groups' || firstRows.hasArrived();
  return mayPull ? pull(target) : firstRows.arrived().then(() => pull(target));
}

async function untilOnline({ isOnline, onNetwork }: Input['ports'], signal: AbortSignal): Promise<void> {
  let stop = () => {};
  const isBack = new Promise<void>((resolve) => {
    stop = onNetwork(() => isOnline() && resolve());
  });
  await unlessAborted(isBack, signal).finally(stop);
}

/** Rejects with PullCancelled as soon as the signal fires, whatever becomes of the work. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new PullCancelled());
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
