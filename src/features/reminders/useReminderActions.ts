import { useLingui } from '@lingui/react/macro';
import { useNavigate } from 'react-router';
import { useDeps } from '../../data/dataProvider.tsx';
import { useBulkActions } from '../../data/tasks/useBulkActions.ts';
import type { UndoableAction } from '../../data/tasks/useBulkActions.ts';
import { useToday } from '../../data/account/useTimeZone.ts';
import { useCompleteTask, useUpdateTask } from '../../data/tasks/useTasks.ts';
import { useUndo } from '../../data/tasks/useUndo.ts';
import { nextOccurrenceDay } from '../../domain/changes/completion.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { snoozeTime } from '../../domain/task/reminderTimes.ts';
import type { SnoozeOption } from '../../domain/task/reminderTimes.ts';
import type { Task, TaskPatch } from '../../domain/task/task.ts';
import { toDay, zonedDay } from '../../domain/time/time.ts';
import { dayLabel, shortDay, timeLabel } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';

/** Commands of a reminder, which change the task on every device (docs/decisions/0032-reminders.md). */
export function useReminderActions() {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { clock } = useDeps();
  const { today, zone } = useToday();
  const updating = useUpdateTask();
  const completing = useCompleteTask();
  const undoing = useUndo();
  const bulkActions = useBulkActions();
  const navigate = useNavigate();

  const reportNotSaved = () => {
    toasts.show({ kind: 'error', text: t`Not saved. This device refused to keep the change.` });
  };
  const update = (task: Task, patch: TaskPatch) => updating.mutate({ task, patch }, { onError: reportNotSaved });

  return {
    open: (task: Task) => void navigate(appUrls.task({ mailbox: 'me', id: task.folderId }, task.id)),
    dismiss: (task: Task) => bulkActions.enqueue({ kind: 'reminderOff', mailbox: 'me', tasks: [task] }),
    /** One change for each task, and one undo for all. */
    dismissAll: (tasks: readonly Task[]) => bulkActions.enqueue({ kind: 'reminderOff', mailbox: 'me', tasks }),
    snooze(task: Task, snooze: SnoozeOption) {
      const at = snoozeTime(snooze, clock.now(), zone);
      update(task, { reminder: { local: `${at}:00.000`, zone }, isReminderOn: true });
      const day = dayLabel(toDay(at), today, locale);
      const time = timeLabel(at.slice(11), locale);
      toasts.show({ text: t`“${truncateName(task.subject)}” comes back ${day}, ${time}` });
    },
    complete(task: Task) {
      const saved = completing.mutateAsync({ task });
      saved.catch(reportNotSaved);
      const subject = truncateName(task.subject);
      const next = nextOccurrenceDay(task, zonedDay(today, zone));
      const run = () => {
        bulkActions.removeUndo(entry);
        toasts.close(toast);
        saved.then((change) => undoing.mutateAsync(change)).catch(reportNotSaved);
      };
      const text =
        next === null ? t`Completed “${subject}”` : t`Completed “${subject}”, next: ${shortDay(next, today, locale)}`;
      const toast = toasts.show({ text, action: { label: t`Undo`, keys: 'Mod+Z', onAction: run } });
      const entry: UndoableAction = { undo: run };
      bulkActions.pushUndo(entry);
    },
  };
}

export type ReminderActions = ReturnType<typeof useReminderActions>;
