import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Task } from '../../domain/task/task.ts';
import type { Notice } from '../../sync/platform/notifier.ts';
import { createReminderRecord } from '../../sync/storage/reminderLog.ts';
import { useDeps, useEngine } from '../dataProvider.tsx';
import { notifierHere } from './useNotifications.ts';
import { createReminders } from '../../sync/reminders/reminderScheduler.ts';

/**
 * Runs the reminders of this account for as long as it is mounted; once in a page. Answers those that are due and are to be
 * said inside the app. `noticeOf` stays the same function while the words stay the same.
 */
export function useDueReminders(noticeOf: (task: Task) => Notice): readonly Task[] {
  const { clock, session } = useDeps();
  const { screen, ports } = useEngine();
  const account = session.account.key;
  const reminders = useMemo(
    () =>
      createReminders({
        account,
        follow: screen.follow,
        clock,
        ports,
        notifier: notifierHere(),
        record: createReminderRecord(localStorage, account),
        noticeOf,
      }),
    [account, screen, clock, ports, noticeOf],
  );
  useEffect(() => reminders.start(), [reminders]);
  return useSyncExternalStore(reminders.subscribe, reminders.current);
}
