import { createBackoff } from '../../domain/async/backoff.ts';
import { createSharedRun } from '../../domain/async/sharedRun.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Ports } from '../platform/ports.ts';
import type { PlaceLists } from '../replica/placeLists.ts';
import type { RemoteChange } from './changeStream.ts';
import type { FirstRows } from './firstRows.ts';
import type { PullLedger } from './pullLedger.ts';
import { createPullRound } from './pullRound.ts';
import { foldersTarget, groupsTarget, targetKey, tasksTarget } from './pullTarget.ts';
import type { PullTarget } from './pullTarget.ts';
import { createPullTries, isFailure, isTemporary, retryBackoff } from './pullTries.ts';
import type { PullFailure, Tried } from './pullTries.ts';

/**
 * Pulls of the whole account, one round at a time, and of what changes elsewhere. What the server is too busy for is
 * tried again later by itself, and holds up nothing else.
 */
export type PullScheduler = {
  /** Tries once to pull what is stale; joins a running round. Resolves with whether everything was read. */
  pullAll: () => Promise<boolean>;
  /** Pulls all of the own mailbox, also what is fresh. Resolves when it is read, or false when it cannot be. */
  pullAnew: () => Promise<boolean>;
  /** Pulls the tasks of every folder of the own mailbox in the same way. */
  pullTasksAnew: () => Promise<boolean>;
  /**
   * Pulls what changed, beside other pulls. Resolves when it is read, or refused for good; false when a later connection
   * has to read it.
   */
  pullRemoteChange: (change: RemoteChange) => Promise<boolean>;
  /** A pull of something on the screen failed, whoever asked: retried for a time, while it is there. */
  retryWatched: (target: PullTarget) => void;
  /** Retries now. */
  wake: () => void;
  /** Later pulls end with the returned controller's `abort`. */
  start: () => AbortController;
};

type Input = {
  ledger: PullLedger;
  lists: Pick<PlaceLists, 'folders'>;
  ports: Pick<Ports, 'sleep'>;
  firstRows: Pick<FirstRows, 'arrived' | 'report'>;
  /** Reads what belongs to the account and is in no folder. Never fails for what the server does. */
  readAccount: () => Promise<void>;
  /** The list of folders was read. */
  onFoldersRead: () => Promise<void>;
  /** The outcome of pulls: null when the server answered. */
  onOutcome: (failure: FailureKind | null) => void;
  /** Other folders than before are shared. */
  onAccessChange: () => void;
  /** Resolves when the replica is loaded: a pull before that would read what it holds. */
  loaded: () => Promise<void>;
};

/** `tried`: each target was tried once. `read`: all were read, possibly by later tries. Whether they were. */
type Round = { signal: AbortSignal; tried: Promise<boolean>; read: Promise<boolean> };

export function createPullScheduler(input: Input): PullScheduler {
  const { ledger, lists, ports, firstRows, onFoldersRead, onOutcome, onAccessChange, loaded } = input;
  const tries = createPullTries({ ledger, ports, onOutcome });
  const readAccount = createSharedRun(input.readAccount);
  const roundBackoff = createBackoff(retryBackoff);
  let round: Round | null = null;
  let nextRound: { signal: AbortSignal; read: Promise<boolean> } | null = null;

  const ownFolders = () => (lists.folders('me') ?? []).map(({ id }) => tasksTarget({ mailbox: 'me', id }));
  const tryAll = createPullRound({ ledger, ports, firstRows, tries, readAccount, ownFolders });

  /** Reports what was read at the first try; resolves with whether all of it was. */
  async function report(tried: readonly Tried[]): Promise<boolean> {
    const areFoldersRead = tried.some(({ target, outcome }) => target === foldersTarget && outcome === 'read');
    if (areFoldersRead) await onFoldersRead();
    const isWhole = tried.every(({ outcome }) => outcome === 'read');
    if (isWhole) onOutcome(null);
    return isWhole;
  }

  /** Retries what failed for a time, each target by itself. Resolves with whether all is read, as far as it can be. */
  async function retryFailed(tried: readonly Tried[], signal: AbortSignal): Promise<boolean> {
    const reads = tried.map(async ({ target, outcome }) => {
      if (!isFailure(outcome)) return outcome === 'read';
      // Reading it again would change nothing; the target stays stale, and no later event waits for it.
      if (!isTemporary(outcome)) return outcome.kind === 'missing' || outcome.kind === 'refused';
      const isRead = await tries.retry(target, outcome);
      // The list may name folders that nothing has pulled yet.
      return isRead && target === foldersTarget ? currentRound(signal).read : isRead;
    });
    return (await Promise.all(reads)).every(Boolean);
  }

  /** The round after one that was given up. */
  function laterRound(failures: readonly PullFailure[], signal: AbortSignal): Promise<boolean> {
    if (nextRound?.signal === signal) return nextRound.read;
    const waitMs = Math.max(roundBackoff.next(), Math.min(...failures.map(({ waitMs }) => waitMs)));
    const begin = async () => {
      await tries.pause(waitMs, signal);
      if (nextRound === next) nextRound = null;
      return !signal.aborted && currentRound(signal).read;
    };
    const next = { signal, read: begin() };
    nextRound = next;
    return next.read;
  }

  function currentRound(signal: AbortSignal): Round {
    if (round !== null && round.signal === signal) return round;
    const trying = tryAll(signal);
    const tried = trying.then((all) => report(all.tried));
    const newRound: Round = {
      signal,
      tried: tried.finally(() => round === newRound && (round = null)),
      read: tried.then(async (isWhole) => {
        const { tried, isGivenUp } = await trying;
        const temporary = tried.flatMap(({ outcome }) => (isFailure(outcome) && isTemporary(outcome) ? [outcome] : []));
        if (isGivenUp && temporary.length > 0) return laterRound(temporary, signal);
        roundBackoff.reset();
        return isWhole && !isGivenUp ? true : retryFailed(tried, signal);
      }),
    };
    round = newRound;
    return newRound;
  }

  /** After a running round, which may have asked too early. */
  async function pullReported(targets: () => readonly PullTarget[]): Promise<boolean> {
    const signal = tries.signal();
    await loaded();
    if (signal.aborted) return false;
    const running = round;
    ledger.report(targets());
    await running?.tried;
    return currentRound(signal).read;
  }

  async function pullChange(folders: readonly PullTarget[], changedLists: readonly PullTarget[]): Promise<boolean> {
    const signal = tries.signal();
    await loaded();
    if (signal.aborted) return false;
    ledger.report([...changedLists, ...folders]);
    const account = readAccount();
    const triedLists = await Promise.all(changedLists.map(tries.tryOne));
    const changed = new Set(folders.map(targetKey));
    // Not named are those deleted by now, and new ones without tasks.
    const isNew = (target: PullTarget) => changedLists.length > 0 && ledger.outcomeOf(target).failure === null;
    const own = ownFolders().filter((target) => changed.has(targetKey(target)) || isNew(target));
    const tried = [...triedLists, ...(await Promise.all(own.map(tries.tryOne)))];
    await Promise.all([account, report(tried)]);
    return retryFailed(tried, signal);
  }

  return {
    pullAll: () => currentRound(tries.signal()).tried,
    pullTasksAnew: () => pullReported(ownFolders),
    pullAnew: () => pullReported(() => [groupsTarget, foldersTarget, ...ownFolders()]),
    async pullRemoteChange(change) {
      if (change.kind === 'change') {
        const folders = change.folders.map((id) => tasksTarget({ mailbox: 'me', id }));
        return pullChange(folders, change.structure ? [groupsTarget, foldersTarget] : []);
      }
      const shared = change.mailboxes.flatMap(({ address, folders }) =>
        folders.map((id) => tasksTarget({ mailbox: address, id })),
      );
      ledger.report(shared);
      ledger.refreshWatched(shared);
      if (change.access) onAccessChange();
      return true;
    },
    retryWatched(target) {
      const { failure: kind } = ledger.outcomeOf(target);
      const isShown = () => ledger.watched().some((one) => targetKey(one) === targetKey(target));
      if (kind === null || !isTemporary({ kind }) || !isShown()) return;
      void tries.retry(target, { kind, waitMs: 0 }, () => target.mailbox === 'me' || isShown());
    },
    wake: tries.wake,
    start: tries.start,
  };
}
