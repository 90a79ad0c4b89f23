import { useEffect, useSyncExternalStore } from 'react';

/** A part of the app in a file of its own: not asked for yet, on its way, here, or failed (asked for again next time). */
export type LazyChunk<T> = {
  load: () => void;
  current: () => LazyState<T>;
  subscribe: (listener: () => void) => () => void;
};

export type LazyState<T> = { state: 'waiting' | 'failed' } | { state: 'here'; part: T };

/**
 * Loads without `lazy` and `Suspense`: React holds back their reveal for about 300 ms, even when the file is already here.
 * `load` is a dynamic import.
 */
export function createLazyChunk<T>(load: () => Promise<T>): LazyChunk<T> {
  let now: LazyState<T> = { state: 'waiting' };
  let isLoading = false;
  const listeners = new Set<() => void>();

  function become(next: LazyState<T>): void {
    now = next;
    for (const listener of listeners) listener();
  }

  function settle(next: LazyState<T>): void {
    isLoading = false;
    become(next);
  }

  return {
    load() {
      if (isLoading || now.state === 'here') return;
      isLoading = true;
      if (now.state === 'failed') become({ state: 'waiting' });
      load().then(
        (part) => settle({ state: 'here', part }),
        () => settle({ state: 'failed' }),
      );
    },
    current: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The chunk as it stands. It loads at once while `isWanted`, else when the browser is idle. */
export function useLazyChunk<T>(chunk: LazyChunk<T>, isWanted: boolean): LazyState<T> {
  useEffect(() => (isWanted ? chunk.load() : runWhenIdle(chunk.load)), [chunk, isWanted]);
  return useSyncExternalStore(chunk.subscribe, chunk.current);
}

/** Runs it when the browser is idle. Returns what calls it off. Safari has no idle callback; two seconds after the first paint are idle enough. */
export function runWhenIdle(run: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const id = window.requestIdleCallback(run, { timeout: 10_000 });
    return () => window.cancelIdleCallback(id);
  }
  const id = setTimeout(run, 2000);
  return () => clearTimeout(id);
}
