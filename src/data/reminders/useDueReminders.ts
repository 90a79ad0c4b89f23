import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Task } from '../../domain/task/task.ts';
import type { SystemNotification } from '../../sync/platform/notifier.ts';
import { createReminderLog } from '../../sync/storage/reminderLog.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { currentNotifier } from './useNotifications.ts';
import { createReminderScheduler } from '../../sync/reminders/reminderScheduler.ts';

/**
 * Runs the reminders of this account for as long as it is mounted; once in a page. Answers those that are due and are to be
 * said inside the app. `noticeOf` stays the same function while the words stay the same.
 */
export function useDueReminders(noticeOf: (task: Task) => SystemNotification): readonly Task[] {
  const { clock, session } = useDeps();
  const { views, ports } = useSyncEngine();
  const account = session.account.key;
  const reminders = useMemo(
    () =>
      createReminderScheduler({
        account,
        followRows: views.followRows,
        clock,
        ports,
        notifier: currentNotifier(),
        log: createReminderLog(localStorage, account),
        notificationOf: noticeOf,
      }),
    [account, views, clock, ports, noticeOf],
  );
  useEffect(() => reminders.start(), [reminders]);
  return useSyncExternalStore(reminders.subscribe, reminders.current);
}
