import { QueryClient } from '@tanstack/react-query';

/** Snapshots older than this are read again when somebody looks. */
export const staleTimeMs = 30_000;

/**
 * The reactive face of one account's snapshots. Retries live in `transport` alone; snapshots are kept as long as the page
 * lives, because counts and smart views are selected from all of them.
 */
export function createQueryClient(isLive: () => boolean = () => false): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        // While changes are told, nothing gets old by itself.
        staleTime: () => (isLive() ? Infinity : staleTimeMs),
        gcTime: Infinity,
        refetchOnWindowFocus: true,
        refetchOnReconnect: true,
      },
      mutations: { retry: false, gcTime: 0 },
    },
  });
}
