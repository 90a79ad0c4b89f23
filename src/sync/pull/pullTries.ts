import { ApiError, failureKindOf } from '../../api/apiError.ts';
import { createBackoff } from '../../domain/async/backoff.ts';
import { createConcurrencyLimit } from '../../domain/async/concurrencyLimit.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Ports } from '../platform/ports.ts';
import { PullCancelled } from './pullLedger.ts';
import type { PullLedger } from './pullLedger.ts';
import { targetKey } from './pullTarget.ts';
import type { PullTarget } from './pullTarget.ts';

/** Why a pull failed. `waitMs`: the server asks to wait so long. */
export type PullFailure = { kind: FailureKind; waitMs: number };

/**
 * How one try ended. `read`: the target is up to date, or is gone from the server or from this device. `stopped`: the
 * engine stopped.
 */
export type PullTry = 'read' | 'stopped' | PullFailure;

export type Tried = { target: PullTarget; outcome: PullTry };

export const isFailure = (outcome: PullTry): outcome is PullFailure => typeof outcome !== 'string';

/** Pulls of single targets: each fails, waits and is tried again by itself. */
export type PullTries = {
  /** Pulls the target unless it is fresh: at once where it is watched, else in turn. Never rejects. */
  tryOne: (target: PullTarget) => Promise<Tried>;
  /**
   * Tries again after a temporary failure, until it is read or not wanted any more. Resolves with whether it was read;
   * joins a running retry.
   */
  retry: (target: PullTarget, failure: PullFailure, isWanted?: () => boolean) => Promise<boolean>;
  /** Waits before another try of anything: with each call longer, until `wake`. */
  pause: (waitMs: number, signal: AbortSignal) => Promise<void>;
  /** Ends the waits: tries again now. */
  wake: () => void;
  /** Later tries end with the returned controller's `abort`. */
  start: () => AbortController;
  /** Fires when the engine stops. */
  signal: () => AbortSignal;
};

type Input = {
  ledger: Pick<PullLedger, 'pullIfStale' | 'watched'>;
  ports: Pick<Ports, 'sleep'>;
  /** The outcome of a try, when it fails and when it is the first to succeed after a failure; null for success. */
  onOutcome: (failure: FailureKind | null) => void;
};

export const retryBackoff = { firstMs: 5_000, longestMs: 60_000 };
/** Folders pulled at a time: more would delay what the person opens next. */
export const atOnce = 3;

/** The server is unreachable or busy: it is asked again. */
export const isTemporary = ({ kind }: Pick<PullFailure, 'kind'>) => kind === 'offline' || kind === 'busy';

export function createPullTries({ ledger, ports, onOutcome }: Input): PullTries {
  let stopped = new AbortController();
  let wakeController = new AbortController();
  let hasFailed = false;
  const inTurn = createConcurrencyLimit(atOnce);
  const running = new Map<string, { now: Promise<PullTry>; next: Promise<PullTry> | null }>();
  const retries = new Map<string, { signal: AbortSignal; done: Promise<boolean> }>();

  async function pull(target: PullTarget, signal: AbortSignal): Promise<PullTry> {
    if (signal.aborted) return 'stopped';
    try {
      await ledger.pullIfStale(target);
    } catch (error) {
      if (signal.aborted) return 'stopped';
      const kind = failureKindOf(error);
      if (error instanceof PullCancelled || kind === 'missing') return 'read';
      hasFailed = true;
      onOutcome(kind);
      return { kind, waitMs: error instanceof ApiError ? (error.retryAfter ?? 0) : 0 };
    }
    if (hasFailed) onOutcome(null);
    hasFailed = false;
    return 'read';
  }

  /** Who asks during a try shares the next one with others: a target never takes more than one turn. */
  function tryOnce(target: PullTarget): Promise<PullTry> {
    const key = targetKey(target);
    const underWay = running.get(key);
    if (underWay !== undefined) return (underWay.next ??= underWay.now.then(() => tryOnce(target)));
    const { signal } = stopped;
    const isWatched = ledger.watched().some((one) => targetKey(one) === key);
    const now = (isWatched ? pull(target, signal) : inTurn(() => pull(target, signal))).finally(() =>
      running.delete(key),
    );
    running.set(key, { now, next: null });
    return now;
  }

  async function retryUntilRead(target: PullTarget, first: PullFailure, isWanted: () => boolean): Promise<boolean> {
    const { signal } = stopped;
    const backoff = createBackoff(retryBackoff);
    for (let failure = first; ;) {
      await sleep(Math.max(backoff.next(), failure.waitMs), signal);
      if (signal.aborted || !isWanted()) return false;
      const outcome = await tryOnce(target);
      if (outcome === 'read') return true;
      if (outcome === 'stopped' || !isTemporary(outcome)) return false;
      failure = outcome;
    }
  }

  const sleep = (ms: number, signal: AbortSignal) => ports.sleep(ms, AbortSignal.any([signal, wakeController.signal]));

  return {
    tryOne: async (target) => ({ target, outcome: await tryOnce(target) }),
    retry(target, failure, isWanted = () => true) {
      const key = targetKey(target);
      const { signal } = stopped;
      const known = retries.get(key);
      if (known?.signal === signal) return known.done;
      const retry = {
        signal,
        done: retryUntilRead(target, failure, isWanted).finally(() => {
          if (retries.get(key) === retry) retries.delete(key);
        }),
      };
      retries.set(key, retry);
      return retry.done;
    },
    pause: sleep,
    wake() {
      const before = wakeController;
      wakeController = new AbortController();
      before.abort();
    },
    start: () => (stopped = new AbortController()),
    signal: () => stopped.signal,
  };
}
