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

/** A batch in progress; `stop` is null where it cannot be stopped. */
export type BatchProgress = { label: string; done: number; total: number; stop: (() => void) | null };

export type BatchJob<Item> = {
  tasks: readonly Item[];
  /** The change of one item; null where it needs none. */
  planOf: (item: Item) => PlannedChange | null;
  /** Shown while it runs: 'Moving 500 tasks'. */
  progressLabel: string;
  /** Shown after it, for the number of changed items: 'Moved 500 tasks to “Garden”'. */
  doneLabel: (count: number) => string;
  /** Called after each item with the number of changed items. */
  onProgress?: (count: number) => void;
  /** Called after the whole batch was undone. */
  onUndone?: (() => void) | undefined;
};

/** Applies one change to many items: optimistic, with progress, a way to stop, and one undo for all of them. */
export function useBatchJob() {
  const { t, i18n } = useLingui();
  const { bulk, steps } = useBulkCommands();
  const bulkActions = useBulkActions();
  const [progress, setProgress] = useState<BatchProgress | null>(null);
  const current = useRef<AbortController>(undefined);

  const storageMessage = (storage: StorageErrorKind) => i18n._(errorMessage({ storage }));

  async function run<Item>(job: BatchJob<Item>): Promise<readonly AppliedChange[]> {
    const { tasks, planOf, progressLabel, doneLabel, onProgress, onUndone } = job;
    const abort = new AbortController();
    current.current = abort;
    const show = (count: number) => {
      setProgress({ label: progressLabel, done: count, total: tasks.length, stop: () => abort.abort() });
      if (count > 0) onProgress?.(count);
    };
    show(0);
    const { applied, end } = await bulk.run(tasks, planOf, { signal: abort.signal, onProgress: show });
    setProgress(null);
    if (end === 'away') {
      const text = t`Nothing was changed. A part of the app is not on this device yet; try again when the network is back.`;
      toasts.show({ kind: 'error', text });
    } else if (end === 'all' || end === 'stopped') {
      const text = applied.length === 0 ? t`Nothing was changed.` : doneLabel(applied.length);
      if (applied.length > 0) offerUndo(end === 'stopped' ? t`Stopped. ${text}` : text, applied, { onUndone });
      else toasts.show({ text: end === 'stopped' ? t`Stopped. ${text}` : t`Nothing to change.` });
    } else if (applied.length === 0) toasts.show({ kind: 'error', text: t`Not saved. ${storageMessage(end)}` });
    // One toast for both: a second one would replace the first.
    else
      offerUndo(t`${doneLabel(applied.length)}, then no more. ${storageMessage(end)}`, applied, {
        kind: 'error',
        onUndone,
      });
    return applied;
  }

  function offerUndo(
    text: string,
    applied: readonly AppliedChange[],
    { kind = 'info', onUndone }: { kind?: 'info' | 'error'; onUndone?: (() => void) | undefined } = {},
  ) {
    const undoAll = async () => {
      bulkActions.removeUndo(entry);
      toasts.close(toast);
      const show = (count: number) =>
        setProgress({ label: t`Taking it back`, done: count, total: applied.length, stop: null });
      if (applied.length > 1) show(0);
      try {
        const lost = await bulk.undo(applied, { onProgress: applied.length > 1 ? show : () => {} });
        onUndone?.();
        if (lost === 0) announce(t`Taken back`);
        else
          toasts.show({
            text: t`${plural(lost, { one: '# task has no way back any more.', other: '# tasks have no way back any more.' })}`,
          });
      } catch (error) {
        const cause = errorCauseOf(error);
        const why = i18n._(errorMessage(cause));
        toasts.show({ kind: 'error', text: t`Not all of it was taken back. ${why}` });
        // An error without a known cause is a bug: it reaches the error log as well.
        if ('failure' in cause && cause.failure === null) throw error;
      } finally {
        setProgress(null);
      }
    };
    const entry: UndoableAction = { undo: () => void undoAll() };
    const toast = toasts.show({ kind, text, action: { label: t`Undo`, keys: 'Mod+Z', onAction: entry.undo } });
    bulkActions.pushActionUndo(entry);
  }

  return { run, plan: steps, progress, setProgress };
}

/** Runs a batch, and plans the changes it is made of. */
export type BatchRunner = Pick<ReturnType<typeof useBatchJob>, 'run' | 'plan'>;
