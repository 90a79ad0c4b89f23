import { useLingui } from '@lingui/react/macro';
import { useCompleteTask, useDeleteTask, useReopenTask, useUpdateTask } from '../../../data/tasks/useTasks.ts';
import { useUndo } from '../../../data/tasks/useUndo.ts';
import { useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import type { UndoableAction } from '../../../data/tasks/useBulkActions.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { nextOccurrenceDay } from '../../../domain/changes/completion.ts';
import type { Mailbox, Task, TaskPatch, TaskStatus } from '../../../domain/task/task.ts';
import { zonedDay } from '../../../domain/time/time.ts';
import { shortDay } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';

/** What the editor does to its task. Everything shows at once; completing and deleting say so and can be taken back. */
export function useTaskEdits(mailbox: Mailbox, task: Task) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const updating = useUpdateTask(mailbox);
  const completing = useCompleteTask(mailbox);
  const reopening = useReopenTask(mailbox);
  const deleting = useDeleteTask(mailbox);
  const undoing = useUndo();
  const bulkActions = useBulkActions();
  const subject = truncateName(task.subject);

  const failed = () => {
    toasts.show({ kind: 'error', text: t`Not saved. This device refused to keep the change.` });
  };

  /** Says what happened and offers the way back, as a button and as Mod+Z. */
  function offerUndo(text: string, undo: () => Promise<void>) {
    const run = () => {
      bulkActions.removeUndo(step);
      toasts.close(toast);
      undo().catch(failed);
    };
    const toast = toasts.show({ text, action: { label: t`Undo`, keys: 'Mod+Z', onAction: run } });
    const step: UndoableAction = { undo: run };
    bulkActions.pushUndo(step);
  }

  function complete() {
    const saved = completing.mutateAsync({ task });
    saved.catch(failed);
    const next = nextOccurrenceDay(task, zonedDay(today, zone));
    const message =
      next === null ? t`Completed “${subject}”` : t`Completed “${subject}”, next: ${shortDay(next, today, locale)}`;
    offerUndo(message, async () => {
      await undoing.mutateAsync(await saved);
    });
  }

  return {
    /** Rejects when this device could not keep the change; `update` says so itself. */
    save: (patch: TaskPatch) => updating.mutateAsync({ task, patch }),
    update: (patch: TaskPatch) => updating.mutate({ task, patch }, { onError: failed }),
    complete,
    reopen: () => reopening.mutate({ task }, { onError: failed }),
    setStatus(status: TaskStatus) {
      if (status === task.status) return;
      if (status === 'completed') complete();
      else if (task.status === 'completed' && status === 'notStarted') reopening.mutate({ task }, { onError: failed });
      else updating.mutate({ task, patch: { status } }, { onError: failed });
    },
    remove() {
      const saved = deleting.mutateAsync({ task });
      saved.catch(failed);
      offerUndo(t`Deleted “${subject}”`, async () => {
        if (await undoing.mutateAsync(await saved)) return;
        toasts.show({ text: t`“${subject}” is deleted on the service already.` });
      });
    },
  };
}

export type TaskEdits = ReturnType<typeof useTaskEdits>;
