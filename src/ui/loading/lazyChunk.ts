import { useEffect, useSyncExternalStore } from 'react';

/** A part of the app that is loaded on demand; a failed load is retried by the next `load`. */
export type LazyChunk<T> = {
  load: () => void;
  current: () => LazyState<T>;
  subscribe: (listener: () => void) => () => void;
};

export type LazyState<T> = { state: 'waiting' | 'failed' } | { state: 'here'; part: T };

/**
 * Avoids `lazy` and `Suspense`: React delays their reveal by about 300 ms, even for a loaded module. `load` is a dynamic
 * import.
 */
export function createLazyChunk<T>(load: () => Promise<T>): LazyChunk<T> {
  let now: LazyState<T> = { state: 'waiting' };
  let isLoading = false;
  const listeners = new Set<() => void>();

  function setState(next: LazyState<T>): void {
    now = next;
    for (const listener of listeners) listener();
  }

  function finish(next: LazyState<T>): void {
    isLoading = false;
    setState(next);
  }

  return {
    load() {
      if (isLoading || now.state === 'here') return;
      isLoading = true;
      if (now.state === 'failed') setState({ state: 'waiting' });
      load().then(
        (part) => finish({ state: 'here', part }),
        () => finish({ state: 'failed' }),
      );
    },
    current: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The chunk's state. It loads at once if `isWanted`, else when the browser is idle. */
export function useLazyChunk<T>(chunk: LazyChunk<T>, isWanted: boolean): LazyState<T> {
  useEffect(() => (isWanted ? chunk.load() : runWhenIdle(chunk.load)), [chunk, isWanted]);
  return useSyncExternalStore(chunk.subscribe, chunk.current);
}

/** What waits for the first rows, so that nothing competes with them for the connection; null once they are drawn. */
let waiting: Set<() => void> | null = new Set();

/** The first rows are drawn: what may be needed later loads from now on. */
export function allowIdleLoading(): void {
  const starts = waiting ?? [];
  waiting = null;
  for (const start of starts) start();
}

/** Pages without rows wait no longer than this; ms. */
const longestWaitMs = 10_000;

/** Runs it when the first rows are drawn and the browser is idle; returns a function that cancels it. */
export function runWhenIdle(run: () => void): () => void {
  if (waiting === null) return runInIdlePeriod(run);
  const waits = waiting;
  let cancel = () => {};
  const start = () => {
    clearTimeout(timer);
    waits.delete(start);
    cancel = runInIdlePeriod(run);
  };
  const timer = setTimeout(start, longestWaitMs);
  waits.add(start);
  return () => {
    clearTimeout(timer);
    waits.delete(start);
    cancel();
  };
}

/** Safari has no idle callback and waits two seconds. */
function runInIdlePeriod(run: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const id = window.requestIdleCallback(run, { timeout: 10_000 });
    return () => window.cancelIdleCallback(id);
  }
  const id = setTimeout(run, 2000);
  return () => clearTimeout(id);
}
