import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useDeps } from '../data/deps.tsx';
import { useZone } from '../data/settings.ts';
import { useCompleteTask, useTask, useUpdateTask } from '../data/tasks.ts';
import { addressOf } from '../domain/place.ts';
import type { Task } from '../domain/task.ts';
import { addMs, localOf } from '../domain/time.ts';
import { nameInWords } from '../ui/names.ts';
import { toasts } from '../ui/toast.tsx';
import type { ReminderRequest } from './reminderRequest.ts';

/** How long a reminder is put off from its notification. */
const snoozeMinutes = 10;

/** Does what was pressed on a reminder, as soon as the task is here. Draws nothing. */
export function ReminderTask({ request, onDone }: { request: ReminderRequest; onDone: () => void }) {
  const { t } = useLingui();
  const { clock } = useDeps();
  const { zone } = useZone();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { task, isPending } = useTask(request.taskId, request.folderId);
  const completing = useCompleteTask();
  const updating = useUpdateTask();

  /** This component is gone before the change is saved, so what follows is the promise's business, not the hook's. */
  function tell(saving: Promise<unknown>, text: string) {
    saving.then(
      () => toasts.show({ text }),
      () => toasts.show({ kind: 'error', text: t`This was not saved. This device refused to keep it.` }),
    );
  }
  function act(found: Task) {
    const subject = nameInWords(found.subject);
    if (request.action === 'complete' && found.status !== 'completed') {
      tell(completing.mutateAsync({ task: found }), t`Completed “${subject}”`);
    }
    if (request.action === 'snooze') {
      const local = localOf(addMs(clock.now(), snoozeMinutes * 60_000), zone);
      const patch = { isReminderOn: true, reminder: { local, zone } };
      tell(updating.mutateAsync({ task: found, patch }), t`“${subject}” comes back in ${snoozeMinutes} minutes`);
    }
  }
  // Once for each press: what the task becomes by it is no reason to do it again.
  const settle = useEffectEvent(() => {
    const address = addressOf.task({ mailbox: 'me', id: request.folderId }, request.taskId);
    if (task !== undefined) act(task);
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
