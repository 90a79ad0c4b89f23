import { createObservable, type Observable } from '../../sync/platform/observable.ts';
import { readReminderMessage, type ReminderRequest } from './reminderRequest.ts';

/** The reminder that was pressed last and not acted on yet. */
export type NotificationActions = Observable<ReminderRequest | undefined> & { done: () => void };

type Worker = { addEventListener: (type: 'message', listener: (event: MessageEvent<unknown>) => void) => void };

/**
 * Hears what the service worker posts from the page's first script on: a press while the page is still being drawn, or while
 * somebody signs in, waits here.
 */
export function createNotificationActions(worker: Worker | undefined): NotificationActions {
  const { subscribe, current, set } = createObservable<ReminderRequest | undefined>(undefined);
  worker?.addEventListener('message', ({ data }) => set(readReminderMessage(data) ?? current()));
  return { subscribe, current, done: () => set(undefined) };
}

export const notificationActions = createNotificationActions(
  typeof navigator !== 'undefined' && 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
);
