import { useEffect, useSyncExternalStore } from 'react';

type State<T> = { value: T } | { error: unknown } | undefined;

/**
 * A part of the app that is fetched after the first paint. Unlike `lazy` it does not suspend: React would hold an
 * already loaded dialog back for 300 ms (ui-library.md). A part that could not be fetched is asked for again when it is
 * next needed; the error reaches the nearest boundary.
 */
export function later<T>(load: () => Promise<T>) {
  let state: State<T>;
  let running: Promise<void> | undefined;
  const listeners = new Set<() => void>();

  function preload(): Promise<void> {
    if (state !== undefined && 'value' in state) return Promise.resolve();
    running ??= load()
      .then((value) => void (state = { value }))
      .catch((error: unknown) => void (state = { error }))
      .finally(() => {
        running = undefined;
        for (const listener of listeners) listener();
      });
    return running;
  }

  /** Trying again after an error asks again. */
  function forget() {
    state = undefined;
  }

  /** The part, once it is here and wanted. */
  function useIt(isWanted = true): T | undefined {
    const now = useSyncExternalStore(
      (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      () => state,
    );
    useEffect(() => {
      if (isWanted) void preload();
    }, [isWanted]);
    if (!isWanted || now === undefined) return undefined;
    if ('value' in now) return now.value;
    forget();
    throw now.error;
  }

  return { preload, useIt };
}
