import { useEffect, useSyncExternalStore } from 'react';
import type { LazyChunk, LazyState } from '../../domain/async/lazyChunk.ts';
import { runWhenIdle } from './idleLoading.ts';

/**
 * The chunk's state. It loads at once if `isWanted`, else when the browser is idle. Not `lazy` and `Suspense`: React delays
 * their reveal by about 300 ms, even for a loaded module.
 */
export function useLazyChunk<T>(chunk: LazyChunk<T>, isWanted: boolean): LazyState<T> {
  useEffect(() => (isWanted ? chunk.load() : runWhenIdle(chunk.load)), [chunk, isWanted]);
  return useSyncExternalStore(chunk.subscribe, chunk.current);
}
