import { useEffect, useEffectEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useTask } from '../../data/tasks/useTasks.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { useReminderActions } from '../../features/reminders/useReminderActions.ts';
import type { ReminderRequest } from './reminderRequest.ts';

/** Does what was pressed on a reminder, as soon as the task is here. Draws nothing. */
export function ReminderActionRunner({ request, onDone }: { request: ReminderRequest; onDone: () => void }) {
  const actions = useReminderActions();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { task, isPending } = useTask(request.taskId, request.folderId);
  // Once for each press: what the task becomes by it is no reason to do it again.
  const settle = useEffectEvent(() => {
    const address = appUrls.task({ mailbox: 'me', id: request.folderId }, request.taskId);
    if (request.action === 'complete' && task !== undefined && task.status !== 'completed') actions.complete(task);
    if (request.action === 'snooze' && task !== undefined) actions.snooze(task, 'tenMinutes');
    onDone();
    // A task that is gone says so itself, in its place.
    if ((request.action === 'open' || task === undefined) && pathname !== address) void navigate(address);
  });
  const isSettled = task !== undefined || !isPending;
  useEffect(() => {
    if (isSettled) settle();
  }, [isSettled]);
  return null;
}
