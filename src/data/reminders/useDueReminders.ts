import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Task } from '../../domain/task/task.ts';
import type { SystemNotification } from '../../sync/platform/notifier.ts';
import { createReminderLog } from '../../sync/storage/reminderLog.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { currentNotifier } from './useNotifications.ts';
import { createReminderScheduler } from '../../sync/reminders/reminderScheduler.ts';

/**
 * Runs this account's reminders while mounted; use once per page. Returns those to show inside the app. Keep `noticeOf`
 * stable while its texts are.
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
