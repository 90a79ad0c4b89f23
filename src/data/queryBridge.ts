import { MutationCache, notifyManager, QueryClient } from '@tanstack/react-query';
import type { FetchQueryOptions, MutationOptions, Query, QueryKey } from '@tanstack/react-query';
import type { Attachment } from '../domain/task/attachment.ts';
import type { Clock } from '../domain/time/time.ts';
import type { EngineEvent } from '../sync/engine/engineEvents.ts';
import { staleAfter } from '../sync/engine/staleAfter.ts';
import type { SyncEngine } from '../sync/engine/syncEngine.ts';
import { updateAttachmentList } from '../sync/storage/attachmentListUpdate.ts';
import type { ServerResult } from '../sync/storage/serverResult.ts';
import type { View } from '../sync/views/view.ts';
import { attachmentQueries, binQueries, sharingKey } from './queries.ts';
import { defaultOptions } from './queryDefaults.ts';

/*
 * The only file that writes to the query cache or invalidates it, which lint enforces. Queries and mutations say in their
 * `meta` what they need of it (docs/decisions/0053-query-bridge.md).
 */

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** The data is what this view shows. */
      view?: () => View<unknown>;
      /** What this device last stored, shown until the server has answered; null or undefined where there is nothing. */
      stored?: () => Promise<unknown>;
    };
    mutationMeta: {
      /** Keys of queries that are read again when the mutation is over; it is pending until they are. */
      invalidates?: readonly QueryKey[];
    };
  }
}

// Listeners hear of all that one turn publishes at once, and before the browser paints.
notifyManager.setScheduler(queueMicrotask);

/** A timestamp that makes cached data stale. */
const longAgo = 1;

export type QueryBridge = {
  client: QueryClient;
  /** Stops following the engine, and forgets all queries. */
  close: () => void;
};

/** The query cache of an account: it shows what the engine publishes. */
export function createQueryBridge(
  engine: Pick<SyncEngine, 'subscribe' | 'isLive'>,
  clock: Pick<Clock, 'now'>,
): QueryBridge {
  const client = new QueryClient({
    defaultOptions: defaultOptions(engine.isLive.current),
    mutationCache: new MutationCache({
      async onSettled(_data, _error, _variables, _result, { meta }) {
        const keys = meta?.invalidates ?? [];
        await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
      },
    }),
  });
  const followed = new Map<Query, Followed>();

  function add(query: Query) {
    const { view, stored } = query.meta ?? {};
    if (view !== undefined) followed.set(query, follow(client, query, view()));
    else if (stored !== undefined) void showStored(client, query, stored);
  }

  const stops = [
    client.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'added') add(query);
      else if (type === 'observerAdded' || type === 'observerRemoved') followed.get(query)?.update();
      else if (type === 'removed') {
        followed.get(query)?.stop();
        followed.delete(query);
      }
    }),
    engine.subscribe((event) => apply(client, event, clock)),
  ];

  return {
    client,
    close() {
      for (const stop of stops) stop();
      for (const { stop } of followed.values()) stop();
      followed.clear();
      client.clear();
    },
  };
}

type Followed = {
  /** Observers came or went: what nobody observes is not on the screen. */
  update: () => void;
  stop: () => void;
};

/** Publishes a view's changes as the query's data while the query is cached. */
function follow(client: QueryClient, query: Query, view: View<unknown>): Followed {
  let stopWatching: (() => void) | null = null;
  const unsubscribe = view.subscribe(() => client.setQueryData(query.queryKey, view.current()));
  function unwatch() {
    stopWatching?.();
    stopWatching = null;
  }
  return {
    update() {
      if (query.getObserversCount() === 0) unwatch();
      else stopWatching ??= view.watch();
    },
    stop() {
      unsubscribe();
      unwatch();
    },
  };
}

/** What is shown from this device is stale, also while change events keep other data fresh. */
async function showStored(client: QueryClient, query: Query, stored: () => Promise<unknown>): Promise<void> {
  const data = await stored();
  // Removed meanwhile, and possibly added again and read: what is stored would replace the answer.
  const isRemoved = client.getQueryCache().get(query.queryHash) !== query;
  if (data === undefined || data === null || isRemoved || query.state.data !== undefined) return;
  client.setQueryData(query.queryKey, data, { updatedAt: longAgo });
  await client.invalidateQueries({ queryKey: query.queryKey, exact: true, refetchType: 'none' });
}

function apply(client: QueryClient, event: EngineEvent, clock: Pick<Clock, 'now'>): void {
  if (event.kind === 'accessChanged') return void client.invalidateQueries({ queryKey: sharingKey });
  for (const result of event.results) showAttachments(client, result, clock);
  const keys = event.results.flatMap(staleKeys);
  for (const queryKey of new Map(keys.map((key) => [JSON.stringify(key), key])).values())
    void client.invalidateQueries({ queryKey, exact: true });
}

/** A list shows an answer until it is read again, so that a row never disappears in between. */
function showAttachments(client: QueryClient, result: ServerResult, clock: Pick<Clock, 'now'>): void {
  const { change } = result;
  if (!('taskId' in change)) return;
  client.setQueryData<readonly Attachment[]>(
    [...attachmentQueries.all, change.mailbox, change.taskId],
    (rows) => rows && updateAttachmentList(rows, result, clock.now()),
  );
}

/** The queries among what a change makes stale. */
function staleKeys({ change }: ServerResult): readonly QueryKey[] {
  return staleAfter(change).flatMap((resource): readonly QueryKey[] => {
    if (resource === 'bin') return [binQueries.all];
    const isAboutTask = resource === 'attachments' && 'taskId' in change;
    return isAboutTask ? [[...attachmentQueries.all, change.mailbox, change.taskId]] : [];
  });
}

/** Reads what never changes through the cache, for commands. Rejects with ApiError. */
export const fetchCached = <T, Key extends QueryKey>(
  client: QueryClient,
  options: FetchQueryOptions<T, Error, T, Key>,
): Promise<T> => client.fetchQuery(options);

/** Runs a mutation that no component observes: a command draws nothing but what it changes. */
export const runMutation = <Data, Variables>(
  client: QueryClient,
  options: MutationOptions<Data, Error, Variables>,
  variables: Variables,
): Promise<Data> => client.getMutationCache().build(client, client.defaultMutationOptions(options)).execute(variables);
