import { useSyncExternalStore } from 'react';
import { browserNotifier } from '../../sync/platform/notifier.ts';
import type { NotificationPermissionState, Notifier } from '../../sync/platform/notifier.ts';
import { useDeps } from '../dataProvider.tsx';
import { createObservable } from '../../domain/async/observable.ts';

/** `asking`: permission may be explained and requested; `later`: the person postponed it. */
export type Notifications = {
  state: NotificationPermissionState | 'later';
  /** Requests permission; call it from a click. */
  request: () => Promise<NotificationPermissionState>;
  /** Not asked again on this device. */
  decline: () => void;
};

const declined = 'reminders:notAsked';
const permission = createObservable<NotificationPermissionState>('unsupported');
const answered = createObservable(0);

let made: Notifier | undefined;
/** The browser's own, made when it is first needed. */
export function currentNotifier(): Notifier {
  if (made === undefined) {
    made = browserNotifier();
    permission.set(made.permission());
  }
  return made;
}

/** Whether the system may show reminders (docs/decisions/0032-reminders.md). */
export function useNotifications(): Notifications {
  const { preferences } = useDeps().outbox;
  currentNotifier();
  const now = useSyncExternalStore(permission.subscribe, permission.current);
  useSyncExternalStore(answered.subscribe, answered.current);
  return {
    state: now === 'default' && preferences.get(declined) !== undefined ? 'later' : now,
    async request() {
      const answer = await currentNotifier().ask();
      permission.set(answer);
      return answer;
    },
    decline() {
      preferences.set(declined, 'yes');
      answered.set(answered.current() + 1);
    },
  };
}
