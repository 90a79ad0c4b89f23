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
  /** `onUndo` hears of it when the completion is taken back, by whatever way. */
  complete: (task: Task, onUndo: () => void) => void;
  /** Takes a completion of a moment ago back. */
  takeBack: (task: Task) => void;
  reopen: (task: Task) => void;
  remove: (task: Task) => void;
  setDue: (task: Task, day: Day | null) => void;
  setImportance: (task: Task, importance: Importance) => void;
  /** Takes the last of these back, once; false when there is nothing to take back. */
  undo: () => boolean;
};

const cycle: Readonly<Record<Importance, Importance>> = { normal: 'high', high: 'low', low: 'normal' };

/** The next importance, for the key that cycles through them (docs/design.md#components). */
export function nextImportance(importance: Importance): Importance {
  return cycle[importance];
}

/** What can be done to a task from the list. Each shows at once; complete and delete say so and can be taken back. */
export function useTaskActions(mailbox: Mailbox): TaskActions {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const completing = useCompleteTask(mailbox);
  const reopening = useReopenTask(mailbox);
  const updating = useUpdateTask(mailbox);
  const deleting = useDeleteTask(mailbox);
  const undoing = useUndo();
  const errands = useBulkActions();
  /** The way back from each completion of a moment ago. */
  const steps = useRef(new Map<string, UndoableAction>());

  const failed = () => {
    toasts.show({ kind: 'error', text: t`Not saved. This device refused to keep the change.` });
  };

  /** Says what happened and offers the way back, as a button and as Mod+Z. */
  const offerUndo = (taskId: string, text: string, undo: () => Promise<void>) => {
    const run = () => {
      errands.removeUndo(step);
      steps.current.delete(taskId);
      toasts.close(toast);
      undo().catch(failed);
    };
    const toast = toasts.show({ text, action: { label: t`Undo`, keys: 'Mod+Z', onAction: run } });
    const step: UndoableAction = { undo: run };
    errands.pushUndo(step);
    steps.current.set(taskId, step);
  };

  const update = (task: Task, patch: TaskPatch) => updating.mutate({ task, patch }, { onError: failed });

  const finish = (task: Task, onUndo: () => void) => {
    const saved = completing.mutateAsync({ task });
    saved.catch(failed);
    const next = nextOccurrenceDay(task, zonedDay(today, zone));
    const said =
      next === null
        ? t`Completed “${truncateName(task.subject)}”`
        : t`Completed “${truncateName(task.subject)}”, next: ${shortDay(next, today, locale)}`;
    offerUndo(task.id, said, async () => {
      onUndo();
      await undoing.mutateAsync(await saved);
    });
  };

  const remove = (task: Task) => {
    const saved = deleting.mutateAsync({ task });
    saved.catch(failed);
    offerUndo(task.id, t`Deleted “${truncateName(task.subject)}”`, async () => {
      if (await undoing.mutateAsync(await saved)) return;
      toasts.show({ text: t`“${truncateName(task.subject)}” is deleted on the service already.` });
    });
  };

  const reopen = (task: Task) => reopening.mutate({ task }, { onError: failed });

  return {
    complete: finish,
    takeBack: (task) => steps.current.get(task.id)?.undo(),
    reopen,
    remove,
    setDue: (task, day) => errands.enqueue({ kind: 'due', mailbox, tasks: [task], day }),
    setImportance: (task, importance) => update(task, { importance }),
    undo: errands.undoLast,
  };
}
