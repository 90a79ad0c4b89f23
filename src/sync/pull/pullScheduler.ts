import { failureKindOf } from '../../api/apiError.ts';
import { createBackoff } from '../../domain/async/backoff.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Ports } from '../platform/ports.ts';
import type { PlaceLists } from '../replica/placeLists.ts';
import type { RemoteChange } from './changeStream.ts';
import type { FirstRows } from './firstRows.ts';
import { PullCancelled } from './pullLedger.ts';
import type { PullLedger } from './pullLedger.ts';
import { targetKey, tasksTarget } from './pullTarget.ts';
import type { PullTarget } from './pullTarget.ts';

/** The only door to pulls of the whole account: one round at a time, retried while the server is unreachable. */
export type PullScheduler = {
  /** Pulls what is stale; joins a running round. Resolves with whether everything was read. Never rejects. */
  pullAll: () => Promise<boolean>;
  /** Pulls all of the own mailbox, also what is fresh, after a running round, which may have asked too early. */
  pullAnew: () => Promise<boolean>;
  /** Pulls the tasks of every folder of the own mailbox in the same way. */
  pullTasksAnew: () => Promise<boolean>;
  pullRemoteChange: (change: RemoteChange) => Promise<boolean>;
  /** Retries now. */
  wake: () => void;
  /** Later rounds end with the returned controller's `abort`. */
  start: () => AbortController;
};

type Input = {
  ledger: PullLedger;
  lists: Pick<PlaceLists, 'folders'>;
  ports: Pick<Ports, 'sleep'>;
  firstRows: Pick<FirstRows, 'arrived' | 'report'>;
  /** Reads what belongs to the account and is in no folder. Never fails for what the server does. */
  readAccount: () => Promise<void>;
  /** Everything was read. */
  onRead: () => Promise<void>;
  /** The outcome of a round: null when the server answered. */
  onOutcome: (failure: FailureKind | null) => void;
  /** Other folders than before are shared. */
  onAccessChange: () => void;
  /** Resolves when the replica is loaded: a round before that would read what it holds. */
  loaded: () => Promise<void>;
};

const retryBackoff = { firstMs: 5_000, longestMs: 60_000 };
/** Folders pulled at a time: more would delay what the person opens next. */
const atOnce = 3;

const groupsTarget: PullTarget = { kind: 'groups', mailbox: 'me' };
const foldersTarget: PullTarget = { kind: 'folders', mailbox: 'me' };

export function createPullScheduler(input: Input): PullScheduler {
  const { ledger, lists, ports, firstRows, readAccount, onRead, onOutcome, onAccessChange, loaded } = input;
  let stopped = new AbortController();
  let wakeController = new AbortController();
  let round: { signal: AbortSignal; done: Promise<boolean> } | null = null;

  const ownFolders = () => (lists.folders('me') ?? []).map(({ id }) => tasksTarget({ mailbox: 'me', id }));

  /** A folder that was deleted since the list was read, or dropped from this device, does not end the round. */
  async function pullFolder(target: PullTarget, signal: AbortSignal): Promise<void> {
    try {
      await ledger.pullIfStale(target);
    } catch (error) {
      const isDropped = error instanceof PullCancelled && !signal.aborted;
      if (!isDropped && failureKindOf(error) !== 'missing') throw error;
    }
  }

  /** Folders, and every stale one of them: open ones first, then three at a time. One failure ends the round. */
  async function pullFolders(signal: AbortSignal): Promise<void> {
    await ledger.pullIfStale(foldersTarget);
    const folders = ownFolders();
    const watched = new Set(ledger.watched().map(targetKey));
    const isOpen = (target: PullTarget) => watched.has(targetKey(target));
    await Promise.all(folders.filter(isOpen).map((target) => pullFolder(target, signal)));
    const rest = folders.filter((target) => !isOpen(target)).values();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const target of rest) {
          if (signal.aborted) return;
          await pullFolder(target, signal);
        }
      }),
    );
  }

  async function read(signal: AbortSignal): Promise<void> {
    const others = async () => {
      await firstRows.arrived();
      await Promise.all([readAccount(), ledger.pullIfStale(groupsTarget)]);
    };
    await Promise.all([others(), pullFolders(signal).finally(firstRows.report)]);
    onOutcome(null);
    await onRead();
  }

  /** The failure shows in its view and in the status. */
  async function pullRound(signal: AbortSignal): Promise<boolean> {
    const backoff = createBackoff(retryBackoff);
    while (!signal.aborted) {
      try {
        await read(signal);
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        const kind = failureKindOf(error);
        onOutcome(kind);
        if (kind !== 'offline' && kind !== 'busy') return false;
      }
      await ports.sleep(backoff.next(), AbortSignal.any([signal, wakeController.signal]));
    }
    return false;
  }

  function pullAll(): Promise<boolean> {
    const { signal } = stopped;
    if (round !== null && round.signal === signal) return round.done;
    const newRound = { signal, done: pullRound(signal).finally(() => round === newRound && (round = null)) };
    round = newRound;
    return newRound.done;
  }

  async function pullAfterRound(targets: () => readonly PullTarget[]): Promise<boolean> {
    await Promise.all([loaded(), ledger.settled()]);
    for (let running = round; running !== null; running = round) await running.done;
    // Not before: a start would read twice what it is about to show.
    ledger.report(targets());
    return pullAll();
  }

  return {
    pullAll,
    pullTasksAnew: () => pullAfterRound(ownFolders),
    pullAnew: () => pullAfterRound(() => [groupsTarget, foldersTarget, ...ownFolders()]),
    async pullRemoteChange(change) {
      if (change.kind === 'change') {
        const folders = change.folders.map((id) => tasksTarget({ mailbox: 'me', id }));
        return pullAfterRound(() => (change.structure ? [groupsTarget, foldersTarget, ...folders] : folders));
      }
      const shared = change.mailboxes.flatMap(({ address, folders }) =>
        folders.map((id) => tasksTarget({ mailbox: address, id })),
      );
      ledger.report(shared);
      ledger.refreshWatched(shared);
      if (change.access) onAccessChange();
      return true;
    },
    wake() {
      const before = wakeController;
      wakeController = new AbortController();
      before.abort();
    },
    start: () => (stopped = new AbortController()),
  };
}
