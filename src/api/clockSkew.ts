import { msBetween } from '../domain/time/time.ts';
import type { Clock, Instant } from '../domain/time/time.ts';
import { createObservable } from '../domain/async/observable.ts';
import type { Observable } from '../domain/async/observable.ts';

/** How far this device's clock is behind the server's, in milliseconds; negative when it is ahead. */
export type ClockSkew = Pick<Observable<number>, 'subscribe' | 'current'> & {
  /** Takes the `Date` of an answer; undefined where it has none. */
  learn: (serverTime: Instant | undefined) => void;
};

/** A slow answer is no wrong clock, and a header has whole seconds. Milliseconds. */
const toleranceMs = 60_000;

/** Zero until an answer says otherwise. A clock that is set right is noticed with the next answer. */
export function createClockSkew(clock: Clock): ClockSkew {
  const skew = createObservable(0);
  return {
    subscribe: skew.subscribe,
    current: skew.current,
    learn(serverTime) {
      if (serverTime === undefined) return;
      const ms = msBetween(clock.now(), serverTime);
      const next = Math.abs(ms) < toleranceMs ? 0 : ms;
      if (next === 0 ? skew.current() !== 0 : Math.abs(next - skew.current()) >= toleranceMs) skew.set(next);
    },
  };
}
