import { useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { useCompleteTask, useDeleteTask, useReopenTask, useUpdateTask } from '../../../data/tasks/useTasks.ts';
import { useUndo } from '../../../data/tasks/useUndo.ts';
import { useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import type { UndoableAction } from '../../../data/tasks/useBulkActions.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { Importance, Mailbox, Task, TaskPatch } from '../../../domain/task/task.ts';
import { zonedDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { nextOccurrenceDay } from '../../../domain/changes/completion.ts';
import { shortDay } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';

export type TaskActions = {
  /** `onUndo` is called when the completion is undone, by any control or key. */
  complete: (task: Task, onUndo: () => void) => void;
  /** Undoes a recent completion. */
  undoComplete: (task: Task) => void;
  reopen: (task: Task) => void;
  remove: (task: Task) => void;
  setDue: (task: Task, day: Day | null) => void;
  setImportance: (task: Task, importance: Importance) => void;
  /** Undoes the last action; false when there is none. */
  undo: () => boolean;
};

const cycle: Readonly<Record<Importance, Importance>> = { normal: 'high', high: 'low', low: 'normal' };

/** The next importance, for the key that cycles through them (docs/design.md#components). */
export function nextImportance(importance: Importance): Importance {
  return cycle[importance];
}

/** Commands of one task in the list. All are optimistic; completing and deleting show a toast with an undo. */
export function useTaskActions(mailbox: Mailbox): TaskActions {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const completing = useCompleteTask(mailbox);
  const reopening = useReopenTask(mailbox);
  const updating = useUpdateTask(mailbox);
  const deleting = useDeleteTask(mailbox);
  const undoing = useUndo();
  const bulkActions = useBulkActions();
  /** The undo of each recent action, by task id. */
  const entries = useRef(new Map<string, UndoableAction>());

  const reportNotSaved = () => {
    toasts.show({ kind: 'error', text: t`Not saved. This device refused to keep the change.` });
  };

  /** Shows a toast with an undo, which Mod+Z also runs. */
  const offerUndo = (taskId: string, text: string, undo: () => Promise<void>) => {
    const run = () => {
      bulkActions.removeUndo(entry);
      entries.current.delete(taskId);
      toasts.close(toast);
      undo().catch(reportNotSaved);
    };
    const toast = toasts.show({ text, action: { label: t`Undo`, keys: 'Mod+Z', onAction: run } });
    const entry: UndoableAction = { undo: run };
    bulkActions.pushUndo(entry);
    entries.current.set(taskId, entry);
  };

  const update = (task: Task, patch: TaskPatch) => updating.mutate({ task, patch }, { onError: reportNotSaved });

  const complete = (task: Task, onUndo: () => void) => {
    const saved = completing.mutateAsync({ task });
    saved.catch(reportNotSaved);
    const next = nextOccurrenceDay(task, zonedDay(today, zone));
    const message =
      next === null
        ? t`Completed “${truncateName(task.subject)}”`
        : t`Completed “${truncateName(task.subject)}”, next: ${shortDay(next, today, locale)}`;
    offerUndo(task.id, message, async () => {
      onUndo();
      await undoing.mutateAsync(await saved);
    });
  };

  const remove = (task: Task) => {
    const saved = deleting.mutateAsync({ task });
    saved.catch(reportNotSaved);
    offerUndo(task.id, t`Deleted “${truncateName(task.subject)}”`, async () => {
      if (await undoing.mutateAsync(await saved)) return;
      toasts.show({ text: t`“${truncateName(task.subject)}” is deleted on the service already.` });
    });
  };

  const reopen = (task: Task) => reopening.mutate({ task }, { onError: reportNotSaved });

  return {
    complete,
    undoComplete: (task) => entries.current.get(task.id)?.undo(),
    reopen,
    remove,
    setDue: (task, day) => bulkActions.enqueue({ kind: 'due', mailbox, tasks: [task], day }),
    setImportance: (task, importance) => update(task, { importance }),
    undo: bulkActions.undoLast,
  };
}
