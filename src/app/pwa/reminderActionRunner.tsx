import { useEffect, useEffectEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useTask } from '../../data/tasks/useTasks.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { useReminderActions } from '../../features/reminders/useReminderActions.ts';
import type { ReminderRequest } from './reminderRequest.ts';

/** Carries out a notification action once the task is loaded. Draws nothing. */
export function ReminderActionRunner({ request, onDone }: { request: ReminderRequest; onDone: () => void }) {
  const actions = useReminderActions();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { task, isPending } = useTask(request.taskId, request.folderId);
  // Runs once: the change it makes to the task must not run it again.
  const runAction = useEffectEvent(() => {
    const address = appUrls.task({ mailbox: 'me', id: request.folderId }, request.taskId);
    if (request.action === 'complete' && task !== undefined && task.status !== 'completed') actions.complete(task);
    if (request.action === 'snooze' && task !== undefined) actions.snooze(task, 'tenMinutes');
    onDone();
    // The editor reports a task that is gone.
    if ((request.action === 'open' || task === undefined) && pathname !== address) void navigate(address);
  });
  const isLoaded = task !== undefined || !isPending;
  useEffect(() => {
    if (isLoaded) runAction();
  }, [isLoaded]);
  return null;
}
