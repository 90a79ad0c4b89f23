import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { useBulkCommands, useBulkActions } from '../../data/tasks/useBulkActions.ts';
import type { UndoableAction, AppliedChange, PlannedChange } from '../../data/tasks/useBulkActions.ts';
import { errorCauseOf } from '../../data/errorCause.ts';
import type { StorageErrorKind } from '../../data/errorCause.ts';
import { announce } from '../../ui/feedback/liveRegion.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import { errorMessage } from '../../ui/labels/errorMessages.ts';

/** Long work that is under way. */
export type BatchProgress = { label: string; done: number; total: number; stop: (() => void) | null };

export type BatchJob<Thing> = {
  tasks: readonly Thing[];
  stepOf: (task: Thing) => PlannedChange | null;
  /** What is being done, while it is: 'Moving 500 tasks'. */
  doing: string;
  /** What was done to so many: 'Moved 500 tasks to “Garden”'. */
  done: (count: number) => string;
  /** After each step, of so many things. */
  onProgress?: (count: number) => void;
  /** It was taken back. */
  onTakenBack?: (() => void) | undefined;
};

/** Does something to many tasks: seen at once, with a way to stop while it takes long, and one way back for all of it. */
export function useBatchJob() {
  const { t, i18n } = useLingui();
  const { bulk, steps } = useBulkCommands();
  const errands = useBulkActions();
  const [progress, setProgress] = useState<BatchProgress | null>(null);
  const stop = useRef<AbortController>(undefined);

  const whyNotKept = (storage: StorageErrorKind) => i18n._(errorMessage({ storage }));

  async function work<Thing>(given: BatchJob<Thing>): Promise<readonly AppliedChange[]> {
    const { tasks, stepOf, doing, done, onProgress, onTakenBack } = given;
    const stopping = new AbortController();
    stop.current = stopping;
    const show = (count: number) => {
      setProgress({ label: doing, done: count, total: tasks.length, stop: () => stopping.abort() });
      if (count > 0) onProgress?.(count);
    };
    show(0);
    const { applied, end } = await bulk.run(tasks, stepOf, { signal: stopping.signal, onProgress: show });
    setProgress(null);
    if (end === 'away') {
      const text = t`Nothing was changed. A part of the app is not on this device yet; try again when the network is back.`;
      toasts.show({ kind: 'error', text });
    } else if (end === 'all' || end === 'stopped') {
      const text = applied.length === 0 ? t`Nothing was changed.` : done(applied.length);
      if (applied.length > 0) offerUndo(end === 'stopped' ? t`Stopped. ${text}` : text, applied, { onTakenBack });
      else toasts.show({ text: end === 'stopped' ? t`Stopped. ${text}` : t`Nothing to change.` });
    } else if (applied.length === 0) toasts.show({ kind: 'error', text: t`Not saved. ${whyNotKept(end)}` });
    // One toast for both: a second one would take the place of the first.
    else
      offerUndo(t`${done(applied.length)}, then no more. ${whyNotKept(end)}`, applied, { kind: 'error', onTakenBack });
    return applied;
  }

  function offerUndo(
    text: string,
    made: readonly AppliedChange[],
    { kind = 'info', onTakenBack }: { kind?: 'info' | 'error'; onTakenBack?: (() => void) | undefined } = {},
  ) {
    const takeBack = async () => {
      errands.removeUndo(step);
      toasts.close(toast);
      const show = (count: number) =>
        setProgress({ label: t`Taking it back`, done: count, total: made.length, stop: null });
      if (made.length > 1) show(0);
      try {
        const lost = await bulk.undo(made, { onProgress: made.length > 1 ? show : () => {} });
        onTakenBack?.();
        if (lost === 0) announce(t`Taken back`);
        else
          toasts.show({
            text: t`${plural(lost, { one: '# task has no way back any more.', other: '# tasks have no way back any more.' })}`,
          });
      } catch (error) {
        const trouble = errorCauseOf(error);
        const why = i18n._(errorMessage(trouble));
        toasts.show({ kind: 'error', text: t`Not all of it was taken back. ${why}` });
        // A fault of ours is for whoever looks for faults, too.
        if ('failure' in trouble && trouble.failure === null) throw error;
      } finally {
        setProgress(null);
      }
    };
    const step: UndoableAction = { undo: () => void takeBack() };
    const toast = toasts.show({ kind, text, action: { label: t`Undo`, keys: 'Mod+Z', onAction: step.undo } });
    errands.pushUndo(step);
  }

  return { work, offerUndo, progress, setProgress, steps };
}
