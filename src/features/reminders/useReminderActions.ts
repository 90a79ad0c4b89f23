import { useLingui } from '@lingui/react/macro';
import { useNavigate } from 'react-router';
import { useDeps } from '../../data/dataProvider.tsx';
import { useBulkActions } from '../../data/tasks/useBulkActions.ts';
import { useTaskCommands } from '../../data/tasks/useTaskCommands.ts';
import { useToday } from '../../data/account/useTimeZone.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { snoozeTime } from '../../domain/task/reminderTimes.ts';
import type { SnoozeOption } from '../../domain/task/reminderTimes.ts';
import type { Task } from '../../domain/task/task.ts';
import { toDay } from '../../domain/time/time.ts';
import { dayLabel, timeLabel } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';

/** Commands of a reminder, which change the task on every device (docs/decisions/0032-reminders.md). */
export function useReminderActions() {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { clock } = useDeps();
  const { today, zone } = useToday();
  const { run } = useTaskCommands();
  const { enqueue } = useBulkActions();
  const navigate = useNavigate();

  return {
    open: (task: Task) => void navigate(appUrls.task({ mailbox: 'me', id: task.folderId }, task.id)),
    dismiss: (task: Task) => enqueue({ kind: 'reminderOff', mailbox: 'me', tasks: [task] }),
    /** One change for each task, and one undo for all. */
    dismissAll: (tasks: readonly Task[]) => enqueue({ kind: 'reminderOff', mailbox: 'me', tasks }),
    snooze(task: Task, snooze: SnoozeOption) {
      const at = snoozeTime(snooze, clock.now(), zone);
      const day = dayLabel(toDay(at), today, locale);
      const time = timeLabel(at.slice(11), locale);
      run(
        { kind: 'updateTask', task, patch: { reminder: { local: `${at}:00.000`, zone }, isReminderOn: true } },
        { message: t`“${truncateName(task.subject)}” is snoozed until ${day}, ${time}` },
      );
    },
    complete: (task: Task) => void run({ kind: 'completeTask', task }),
  };
}

export type ReminderActions = ReturnType<typeof useReminderActions>;
