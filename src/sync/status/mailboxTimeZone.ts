import { ApiError } from '../../api/apiError.ts';
import type { ExtrasApi } from '../../api/extras/extrasApi.ts';
import { canonicalZone } from '../../domain/time/time.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { createObservable } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';

const textKey = 'zone';

export type MailboxTimeZone = Observable<string> & {
  /** Rejects with ApiError when the server does not take it; the old zone stays. */
  set: (zone: string) => Promise<void>;
  /** Asks the server, until it has answered once. Never fails for what the server does. */
  load: () => Promise<void>;
};

/**
 * The mailbox's zone (docs/architecture.md#time-and-recurrence): the server's setting, which the first browser fills
 * in. Without one, and until it answers, the zone stored on this device, and at first the browser's own.
 */
export function createMailboxTimeZone(
  extras: ExtrasApi | null,
  { preferences }: Outbox,
  browserZone: string,
): MailboxTimeZone {
  const zone = createObservable(canonicalZone(preferences.get(textKey) ?? '') ?? canonicalZone(browserZone) ?? 'UTC');
  let isLoaded = extras === null;
  const keep = (name: string) => {
    preferences.set(textKey, name);
    zone.set(name);
  };
  return {
    subscribe: zone.subscribe,
    current: zone.current,
    async set(name) {
      if (extras !== null) await extras.updateSettings({ timeZone: name });
      keep(name);
    },
    async load() {
      if (isLoaded || extras === null) return;
      try {
        const { timeZone } = await extras.settings();
        const serverZone = timeZone === null ? undefined : canonicalZone(timeZone);
        if (serverZone === undefined) await extras.updateSettings({ timeZone: zone.current() });
        keep(serverZone ?? zone.current());
        isLoaded = true;
      } catch (error) {
        // Not worth holding up the tasks: what this device kept serves until the next round asks again.
        if (!(error instanceof ApiError)) throw error;
      }
    },
  };
}
