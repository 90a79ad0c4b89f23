/** Something to look at and to be told about: what useSyncExternalStore wants. `current` answers the same object until it changes. */
export type Observable<T> = { subscribe: (listener: () => void) => () => void; current: () => T };

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

export function createEmitter() {
  const listeners = new Set<() => void>();
  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    emit: () => {
      for (const listener of listeners) listener();
    },
    hasListeners: () => listeners.size > 0,
  };
}
