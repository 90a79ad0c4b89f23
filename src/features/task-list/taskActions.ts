import { useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { useCompleteTask, useDeleteTask, useReopenTask, useUndoDelete, useUpdateTask } from '../../data/tasks.ts';
import { useToday } from '../../data/settings.ts';
import type { Importance, Place, Task, TaskPatch } from '../../domain/task.ts';
import { zonedDay } from '../../domain/time.ts';
import type { Day } from '../../domain/time.ts';
import { toasts } from '../../ui/toast.tsx';

export type TaskActions = {
  complete: (task: Task) => void;
  reopen: (task: Task) => void;
  remove: (task: Task) => void;
  setDue: (task: Task, day: Day | null) => void;
  setImportance: (task: Task, importance: Importance) => void;
  /** Takes the last of these back, once; false when there is nothing to take back. */
  undo: () => boolean;
};

const next: Readonly<Record<Importance, Importance>> = { normal: 'high', high: 'low', low: 'normal' };

/** The importance that follows, for the key that cycles (design.md §5). */
export function importanceAfter(importance: Importance): Importance {
  return next[importance];
}

/** What can be done to a task from the list. Each shows at once; complete and delete say so and can be taken back. */
export function useTaskActions(mailbox: Place['mailbox']): TaskActions {
  const { t } = useLingui();
  const { zone } = useToday();
  const completing = useCompleteTask(mailbox);
  const reopening = useReopenTask(mailbox);
  const updating = useUpdateTask(mailbox);
  const deleting = useDeleteTask(mailbox);
  const undoing = useUndoDelete();
  const last = useRef<{ undo: () => void; toast: number } | null>(null);

  const failed = () => {
    toasts.show({ kind: 'error', text: t`Not saved. This device refused to keep the change.` });
  };

  /** Says what happened and offers the way back, as a button and as Mod+Z. */
  const offerUndo = (text: string, undo: () => void) => {
    const step = {
      undo: () => {
        if (last.current === step) last.current = null;
        undo();
      },
      toast: 0,
    };
    step.toast = toasts.show({ text, action: { label: t`Undo`, keys: 'Mod+Z', onAction: step.undo } });
    last.current = step;
  };

  const update = (task: Task, patch: TaskPatch) => updating.mutate({ task, patch }, { onError: failed });

  const reopen = (task: Task) => {
    if (last.current !== null) toasts.close(last.current.toast);
    reopening.mutate({ task }, { onError: failed });
  };

  return {
    complete: (task) => {
      const saved = completing.mutateAsync({ task });
      saved.catch(failed);
      const takeBack = async () => {
        // Not sent yet: the change is dropped, series and all. Sent already: a plain task is opened again.
        if (await undoing.mutateAsync(await saved)) return;
        if (task.recurrence === null) reopening.mutate({ task: { ...task, status: 'completed' } }, { onError: failed });
        else toasts.show({ text: t`“${task.subject}” has moved on to its next date already.` });
      };
      offerUndo(t`Completed “${task.subject}”`, () => void takeBack().catch(failed));
    },
    reopen,
    remove: (task) => {
      const saved = deleting.mutateAsync({ task });
      saved.catch(failed);
      const takeBack = async () => {
        if (!(await undoing.mutateAsync(await saved)))
          toasts.show({ text: t`“${task.subject}” has left this device already.` });
      };
      offerUndo(t`Deleted “${task.subject}”`, () => void takeBack().catch(failed));
    },
    setDue: (task, day) => update(task, { due: day === null ? null : zonedDay(day, zone) }),
    setImportance: (task, importance) => update(task, { importance }),
    undo: () => {
      const step = last.current;
      if (step === null) return false;
      toasts.close(step.toast);
      step.undo();
      return true;
    },
  };
}
