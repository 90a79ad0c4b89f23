import type { Query, QueryClient } from '@tanstack/react-query';
import type { Ports } from '../../sync/platform/ports.ts';
import { folderQueries, groupQueries, taskQueries } from '../queries.ts';

/** How often a server without change events is polled while the page is visible. Milliseconds. */
const pollMs = 60_000;
const polledKinds: ReadonlySet<unknown> = new Set([groupQueries, folderQueries, taskQueries].map(({ all }) => all[0]));

type Input = {
  client: QueryClient;
  ports: Pick<Ports, 'isVisible' | 'sleep'>;
  /** The server notifies of changes. */
  isLive: () => boolean;
};

/** Polls the visible places of a server without change events. Resolves when `stopped` fires. */
export async function pollVisible({ client, ports, isLive }: Input, stopped: AbortSignal): Promise<void> {
  for (;;) {
    await ports.sleep(pollMs, stopped);
    if (stopped.aborted) return;
    if (isLive() || !ports.isVisible()) continue;
    const filters = { type: 'active', predicate: ({ queryKey }: Query) => polledKinds.has(queryKey[0]) } as const;
    // A running pull continues: a large folder on a slow connection would never finish.
    await client.refetchQueries(filters, { cancelRefetch: false });
  }
}
