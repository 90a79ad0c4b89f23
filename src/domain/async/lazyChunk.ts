import { createObservable } from './observable.ts';
import type { Observable } from './observable.ts';

/**
 * A part of the app that is loaded on demand, once; the next `load` or `get` retries a failed load. It is also an
 * observable for components.
 */
export type LazyChunk<T> = Observable<LazyState<T>> & {
  /** Starts loading; the state reports the result. */
  load: () => void;
  /**
   * The loaded part.
   * @throws ChunkError when it cannot be loaded.
   */
  get: () => Promise<T>;
};

export type LazyState<T> = { state: 'waiting' | 'failed' } | { state: 'here'; part: T };

/** A part of the app is not on this device and cannot be fetched. */
export class ChunkError extends Error {
  constructor(cause: unknown) {
    super('A part of the app could not be loaded', { cause });
    this.name = 'ChunkError';
  }
}

/**
 * The only way to load code on demand (docs/decisions/0054-one-way-to-do-each-thing.md). `load` is a dynamic import.
 */
export function createLazyChunk<T>(load: () => Promise<T>): LazyChunk<T> {
  const state = createObservable<LazyState<T>>({ state: 'waiting' });
  let loading: Promise<T> | null = null;

  async function start(): Promise<T> {
    if (state.current().state === 'failed') state.set({ state: 'waiting' });
    try {
      // Within a promise, so that a loader that throws fails like one that rejects.
      const part = await (async () => load())();
      state.set({ state: 'here', part });
      return part;
    } catch (error) {
      loading = null;
      state.set({ state: 'failed' });
      throw error instanceof ChunkError ? error : new ChunkError(error);
    }
  }
  const get = () => (loading ??= start());

  return {
    ...state,
    get,
    load: () => void get().catch(() => {}),
  };
}
