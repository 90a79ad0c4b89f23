import type { FailureKind } from '../../domain/failureKind.ts';
import { msBetween } from '../../domain/time/time.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import type { StorageErrorKind } from '../storage/accountStore.ts';
import { createObservable } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';

export type ConnectionStatus = {
  isOnline: boolean;
  signInNeeded: boolean;
  waiting: number;
  parked: number;
  /** When the server last answered. */
  lastSynced: Instant | null;
  storage: StorageErrorKind | null;
  /** The server is too busy and is left alone until then; null when it may be asked. */
  pausedUntil: Instant | null;
};

/** How it stands with the server and with this device's storage: the one line that screens draw. */
export type ConnectionMonitor = {
  status: Observable<ConnectionStatus>;
  /** Something it is made of changed. */
  refresh: () => void;
  /** How the last attempt to reach the server went: null when it answered. */
  reportOutcome: (failure: FailureKind | null) => void;
  /** The server wants to be left alone until then. The longest of such wishes counts. */
  reportPause: (until: Instant | null) => void;
};

type Input = {
  outbox: Outbox;
  clock: Clock;
  ports: Pick<Ports, 'isOnline' | 'sleep'>;
  /** What the copy of the server's data could not keep. */
  replicaError: () => StorageErrorKind | null;
};

export function createConnectionMonitor({ outbox, clock, ports, replicaError }: Input): ConnectionMonitor {
  let failure: FailureKind | null = null;
  let lastSynced: Instant | null = null;
  let pausedUntil: Instant | null = null;

  function now(): ConnectionStatus {
    const ops = outbox.ops();
    const parked = ops.filter((op) => op.parked !== null).length;
    return {
      isOnline: ports.isOnline() && failure !== 'offline',
      signInNeeded: failure === 'signIn',
      waiting: ops.length - parked,
      parked,
      lastSynced,
      storage: outbox.storageError() ?? replicaError(),
      pausedUntil,
    };
  }
  const status = createObservable(now());
  const show = () => status.set(now());

  async function endPause(until: Instant) {
    await ports.sleep(msBetween(clock.now(), until));
    if (pausedUntil !== until) return;
    pausedUntil = null;
    show();
  }

  return {
    status,
    refresh: show,
    reportOutcome(next) {
      failure = next === 'offline' || next === 'signIn' ? next : null;
      if (next === null) lastSynced = clock.now();
      show();
    },
    reportPause(until) {
      if (until === null || (pausedUntil !== null && until <= pausedUntil)) return;
      pausedUntil = until;
      show();
      void endPause(until);
    },
  };
}
