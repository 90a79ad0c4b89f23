import { useSyncExternalStore } from 'react';
import { browserNotifier } from '../../sync/platform/notifier.ts';
import type { NoticePermission, Notifier } from '../../sync/platform/notifier.ts';
import { useDeps } from '../dataProvider.tsx';
import { createCell } from '../../sync/platform/observable.ts';

/** `asking`: worth explaining and asking for; `later`: the person did not want to be asked now. */
export type Notifications = {
  state: NoticePermission | 'later';
  /** Asks the browser; call it from a press. */
  ask: () => Promise<NoticePermission>;
  /** Not asked again on this device. */
  decline: () => void;
};

const declined = 'reminders:notAsked';
const permission = createCell<NoticePermission>('unsupported');
const answered = createCell(0);

let made: Notifier | undefined;
/** The browser's own, made when it is first needed. */
export function notifierHere(): Notifier {
  if (made === undefined) {
    made = browserNotifier();
    permission.set(made.permission());
  }
  return made;
}

/** Whether the system may show reminders (docs/decisions/0032-reminders.md). */
export function useNotifications(): Notifications {
  const { texts } = useDeps().outbox;
  notifierHere();
  const now = useSyncExternalStore(permission.subscribe, permission.current);
  useSyncExternalStore(answered.subscribe, answered.current);
  return {
    state: now === 'default' && texts.get(declined) !== undefined ? 'later' : now,
    async ask() {
      const answer = await notifierHere().ask();
      permission.set(answer);
      return answer;
    },
    decline() {
      texts.set(declined, 'yes');
      answered.set(answered.current() + 1);
    },
  };
}
