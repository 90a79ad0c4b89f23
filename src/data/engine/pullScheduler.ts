import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import { failureKindOf } from '../../api/apiError.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Ports } from '../../sync/platform/ports.ts';
import type { RemoteChange } from '../../sync/pull/changeStream.ts';
import { folderQueries, groupQueries, taskQueries } from '../queries.ts';

/** Runs pulls: one at a time, retried while the server is unreachable. */
export type PullScheduler = {
  /** Pulls what is stale; joins a running pull. Resolves with whether everything was read. Never rejects. */
  pullAll: () => Promise<boolean>;
  /** Pulls what `isChanged` selects, after a running pull, which may have asked too early. */
  pullChanged: (isChanged: (queryKey: QueryKey) => boolean) => Promise<boolean>;
  pullRemoteChange: (change: RemoteChange) => Promise<boolean>;
  /** Retries now. */
  wake: () => void;
  /** Later pulls end with the returned controller's `abort`. */
  start: () => AbortController;
};

type Input = {
  client: QueryClient;
  ports: Pick<Ports, 'sleep'>;
  /** Pulls everything. */
  read: (stopped: AbortSignal) => Promise<void>;
  /** The outcome: null when the server answered. */
  onOutcome: (failure: FailureKind | null) => void;
  /** Resolves when the replica is loaded: what loads later would count as fresh. */
  loaded: () => Promise<void>;
};

/** The first retry delay, doubled each time up to a minute. */
const firstRetryMs = 5_000;
const longestRetryMs = 60_000;

export function createPullScheduler({ client, ports, read, onOutcome, loaded }: Input): PullScheduler {
  let stopped = new AbortController();
  let wakeController = new AbortController();
  let round: { signal: AbortSignal; done: Promise<boolean> } | null = null;

  function pullAll(): Promise<boolean> {
    const { signal } = stopped;
    if (round !== null && round.signal === signal) return round.done;
    const newRound = { signal, done: pullRound(signal).finally(() => round === newRound && (round = null)) };
    round = newRound;
    return newRound.done;
  }

  /** The failure shows in its query and in the status. */
  async function pullRound(signal: AbortSignal): Promise<boolean> {
    for (let wait = firstRetryMs; !signal.aborted; wait = Math.min(longestRetryMs, wait * 2)) {
      try {
        await read(signal);
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        const kind = failureKindOf(error);
        onOutcome(kind);
        if (kind !== 'offline' && kind !== 'busy') return false;
      }
      await ports.sleep(wait, AbortSignal.any([signal, wakeController.signal]));
    }
    return false;
  }

  async function pullAnew(isChanged: (queryKey: QueryKey) => boolean): Promise<boolean> {
    const all = [groupQueries.all, folderQueries.all, taskQueries.all].map(([kind]) => kind as string);
    const predicate = ({ queryKey }: Query) => all.includes(String(queryKey[0])) && isChanged(queryKey);
    // Views fetch outside of rounds. Such a fetch may have asked too early, and its success would end the invalidation.
    const fetching = client.getQueryCache().findAll({ fetchStatus: 'fetching', predicate });
    await Promise.all([loaded(), Promise.allSettled(fetching.flatMap(({ promise }) => promise ?? []))]);
    for (let running = round; running !== null; running = round) await running.done;
    const invalidation = client.invalidateQueries({ predicate, refetchType: 'none' });
    const pull = pullAll();
    await invalidation;
    return pull;
  }

  return {
    pullAll,
    pullChanged: pullAnew,
    async pullRemoteChange(change) {
      if (change.kind === 'shared') {
        for (const { address, folders } of change.mailboxes)
          for (const id of folders) void client.invalidateQueries({ queryKey: [...taskQueries.all, address, id] });
        if (change.access) void client.invalidateQueries({ queryKey: ['sharing'] });
        return true;
      }
      const folders = new Set(change.folders);
      return pullAnew(([kind, mailbox, id]) =>
        mailbox !== 'me' ? false : kind === taskQueries.all[0] ? folders.has(String(id)) : change.structure,
      );
    },
    wake() {
      const before = wakeController;
      wakeController = new AbortController();
      before.abort();
    },
    start: () => (stopped = new AbortController()),
  };
}
