import type { QueryClient } from '@tanstack/react-query';
import type { Clock } from '../../domain/time/time.ts';
import type { CategoryStore } from '../../sync/categories/categoryStore.ts';
import type { ServerResult } from '../../sync/storage/serverResult.ts';
import { updateAttachmentCache } from '../attachments/attachmentCache.ts';
import { invalidatedKeys } from '../invalidation.ts';
import type { ReplicaBridge } from './replicaBridge.ts';

type Input = {
  client: QueryClient;
  clock: Pick<Clock, 'now'>;
  bridge: Pick<ReplicaBridge, 'applyResults'>;
  categories: Pick<CategoryStore, 'applyResult'>;
};

/** Applies the server's results of accepted changes to replica, categories and query cache, and invalidates the rest. */
export function createServerResultHandler({ client, clock, bridge, categories }: Input) {
  return (results: readonly ServerResult[]) => {
    bridge.applyResults(results);
    for (const result of results) {
      categories.applyResult(result);
      updateAttachmentCache(client, result, clock.now());
    }
    const keys = results.flatMap(({ change }) => invalidatedKeys(change));
    for (const queryKey of new Map(keys.map((key) => [JSON.stringify(key), key])).values())
      void client.invalidateQueries({ queryKey, exact: true });
  };
}
