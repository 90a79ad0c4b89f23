/**
 * A value that reports its changes, as useSyncExternalStore requires: `current` returns the same object until it
 * changes.
 */
export type Observable<T> = { subscribe: (listener: () => void) => () => void; current: () => T };

/** Listeners of an event. `emit` calls them in the order of subscription and returns their results. */
export type Emitter<Args extends readonly unknown[] = [], Result = void> = {
  subscribe: (listener: (...args: Args) => Result) => () => void;
  emit: (...args: Args) => Result[];
  hasListeners: () => boolean;
};

/** A value with listeners. */
export function createObservable<T>(initial: T): Observable<T> & { set: (value: T) => void } {
  let value = initial;
  const { subscribe, emit } = createEmitter();
  return {
    subscribe,
    current: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      emit();
    },
  };
}

export function createEmitter<Args extends readonly unknown[] = [], Result = void>(): Emitter<Args, Result> {
  const listeners = new Set<(...args: Args) => Result>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    emit(...args) {
      const results: Result[] = [];
      for (const listener of listeners) results.push(listener(...args));
      return results;
    },
    hasListeners: () => listeners.size > 0,
  };
}
