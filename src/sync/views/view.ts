import { createEmitter } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';

/** What a part of the screen shows: a new object for each publication. */
export type View<T> = Observable<T> & {
  /** It is on the screen, and kept up to date, until the returned function is called. */
  watch: () => () => void;
};

type Input<T> = {
  compute: () => T;
  isSame: (before: T, after: T) => boolean;
  /** Calls `refresh` after every change of what `compute` reads; runs while the view has subscribers. */
  follow: (refresh: () => void) => readonly (() => void)[];
  watch: () => readonly (() => void)[];
};

/** A view computed of other parts. It notifies only of results that differ. */
export function createView<T>({ compute, isSame, follow, watch }: Input<T>): View<T> {
  const { subscribe, emit, hasListeners } = createEmitter();
  let last = compute();
  let published = last;
  let stops: readonly (() => void)[] = [];

  function current(): T {
    const next = compute();
    if (!isSame(last, next)) last = next;
    return last;
  }
  function refresh() {
    if (current() === published) return;
    published = last;
    emit();
  }
  return {
    current,
    subscribe(listener) {
      if (!hasListeners()) {
        published = current();
        stops = follow(refresh);
      }
      const unsubscribe = subscribe(listener);
      return () => {
        unsubscribe();
        if (hasListeners()) return;
        for (const stop of stops) stop();
        stops = [];
      };
    },
    watch() {
      const watching = watch();
      return () => watching.forEach((stop) => stop());
    },
  };
}

/** The same members, by identity. */
export function isSameMembers<T extends object>(a: T, b: T): boolean {
  const [before, after] = [Object.entries(a), new Map(Object.entries(b))];
  return before.length === after.size && before.every(([name, value]) => Object.is(value, after.get(name)));
}
