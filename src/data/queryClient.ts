import { QueryClient } from '@tanstack/react-query';

/** Older data is read again when it is used. */
export const staleTimeMs = 30_000;

/**
 * The query cache of one account. Retries live in `transport` alone; data is never evicted, as counts and smart views
 * are computed from all of it.
 */
export function createQueryClient(isLive: () => boolean = () => false): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        // While change events arrive, no data becomes stale by itself.
        staleTime: () => (isLive() ? Infinity : staleTimeMs),
        gcTime: Infinity,
        refetchOnWindowFocus: true,
        refetchOnReconnect: true,
      },
      mutations: { retry: false, gcTime: 0 },
    },
  });
}
