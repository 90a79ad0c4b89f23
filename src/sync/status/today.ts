import { addDays, atMidnight, msBetween } from '../../domain/time/time.ts';
import type { Clock, Day } from '../../domain/time/time.ts';
import type { Ports } from '../platform/ports.ts';
import { createObservable } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';

/** A sleeping computer stops its timers: looked at again at least this often. */
const longestMs = 15 * 60_000;

export type Today = ReturnType<typeof createToday>;

/** Today in a zone. It rolls over at that zone's midnight while started, and whenever it is asked to look. */
export function createToday(clock: Clock, zone: Observable<string>, ports: Pick<Ports, 'sleep'>) {
  const day = createObservable<Day>(clock.today(zone.current()));
  const update = () => day.set(clock.today(zone.current()));
  async function run(stopped: AbortSignal) {
    while (!stopped.aborted) {
      const midnight = atMidnight(addDays(day.current(), 1), zone.current());
      await ports.sleep(Math.min(longestMs, Math.max(1_000, msBetween(clock.now(), midnight))), stopped);
      if (!stopped.aborted) update();
    }
  }
  return {
    subscribe: day.subscribe,
    current: day.current,
    look: update,
    start(): () => void {
      const stopped = new AbortController();
      const unsubscribe = zone.subscribe(update);
      update();
      void run(stopped.signal);
      return () => {
        unsubscribe();
        stopped.abort();
      };
    },
  };
}
