import { useLingui } from '@lingui/react/macro';
import { useNavigate } from 'react-router';
import { useDeps } from '../../data/deps.tsx';
import { useToday } from '../../data/settings.ts';
import { useCompleteTask, useUndoDelete, useUpdateTask } from '../../data/tasks.ts';
import { addressOf } from '../../domain/place.ts';
import { snoozedTo } from '../../domain/reminder.ts';
import type { Snooze } from '../../domain/reminder.ts';
import type { Task, TaskPatch } from '../../domain/task.ts';
import { dayLabel, timeLabel } from '../../ui/dates.ts';
import { useDateLocale } from '../../ui/locale.ts';
import { nameInWords } from '../../ui/names.ts';
import { toasts } from '../../ui/toast.tsx';
import type { Day } from '../../domain/time.ts';

/** What can be done about a reminder. Snoozing moves it, dismissing switches it off: on every device (decision 0032). */
export function useReminderActions() {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { clock } = useDeps();
  const { today, zone } = useToday();
  const updating = useUpdateTask();
  const completing = useCompleteTask();
  const undoing = useUndoDelete();
  const navigate = useNavigate();

  const failed = () => {
    toasts.show({ kind: 'error', text: t`Not saved. This device refused to keep the change.` });
  };
  const update = (task: Task, patch: TaskPatch) => updating.mutate({ task, patch }, { onError: failed });

  return {
    open: (task: Task) => void navigate(addressOf.task({ mailbox: 'me', id: task.folderId }, task.id)),
    dismiss: (task: Task) => update(task, { isReminderOn: false }),
    snooze(task: Task, snooze: Snooze) {
      const at = snoozedTo(snooze, clock.now(), zone);
      update(task, { reminder: { local: `${at}:00.000`, zone }, isReminderOn: true });
      const day = dayLabel(at.slice(0, 10) as Day, today, locale);
      const time = timeLabel(at.slice(11), locale);
      toasts.show({ text: t`“${nameInWords(task.subject)}” comes back ${day}, ${time}` });
    },
    complete(task: Task) {
      const saved = completing.mutateAsync({ task });
      saved.catch(failed);
      const toast = toasts.show({
        text: t`Completed “${nameInWords(task.subject)}”`,
        action: {
          label: t`Undo`,
          onAction: () => {
            toasts.close(toast);
            saved.then((change) => undoing.mutateAsync(change)).catch(failed);
          },
        },
      });
    },
  };
}

export type ReminderActions = ReturnType<typeof useReminderActions>;
