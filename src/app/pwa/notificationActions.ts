import { createObservable, type Observable } from '../../domain/async/observable.ts';
import { readReminderMessage, type ReminderRequest } from './reminderRequest.ts';

/** The last notification action that was not carried out yet. */
export type NotificationActions = Observable<ReminderRequest | undefined> & { done: () => void };

type Worker = { addEventListener: (type: 'message', listener: (event: MessageEvent<unknown>) => void) => void };

/**
 * Receives the service worker's messages from the first script of the page on, so that an action waits while the page
 * loads or the user signs in.
 */
export function createNotificationActions(worker: Worker | undefined): NotificationActions {
  const { subscribe, current, set } = createObservable<ReminderRequest | undefined>(undefined);
  worker?.addEventListener('message', ({ data }) => set(readReminderMessage(data) ?? current()));
  return { subscribe, current, done: () => set(undefined) };
}

export const notificationActions = createNotificationActions(
  typeof navigator !== 'undefined' && 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
);
