import type { DefaultOptions } from '@tanstack/react-query';

/** Older data is read again when it is used. */
export const staleTimeMs = 30_000;

/**
 * What holds for every query and mutation of an account. Retries live in `transport` alone; what waits for a network is
 * the engine's.
 */
export const defaultOptions = (isLive: () => boolean): DefaultOptions => ({
  queries: {
    networkMode: 'always',
    retry: false,
    // While change events arrive, no data becomes stale by itself.
    staleTime: () => (isLive() ? Infinity : staleTimeMs),
    gcTime: Infinity,
    refetchOnWindowFocus: true,
    refetchOnReconnect: true,
  },
  mutations: { networkMode: 'always', retry: false, gcTime: 0 },
});
