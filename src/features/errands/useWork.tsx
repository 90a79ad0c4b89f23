import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { useBulk, useErrands } from '../../data/errands.ts';
import type { LastStep, Made } from '../../data/errands.ts';
import type { Step } from '../../data/steps.ts';
import type { Task } from '../../domain/task.ts';
import { announce } from '../../ui/liveRegion.ts';
import { toasts } from '../../ui/toast.tsx';

/** Long work that is under way. */
export type Progress = { label: string; done: number; total: number; stop: (() => void) | null };

export type Work = {
  tasks: readonly Task[];
  stepOf: (task: Task) => Step | null;
  /** What is being done, while it is: 'Moving 500 tasks'. */
  doing: string;
  /** What was done to so many: 'Moved 500 tasks to “Garden”'. */
  done: (count: number) => string;
};

/** Does something to many tasks: seen at once, with a way to stop while it takes long, and one way back for all of it. */
export function useWork() {
  const { t } = useLingui();
  const { bulk, steps } = useBulk();
  const errands = useErrands();
  const [progress, setProgress] = useState<Progress | null>(null);
  const stop = useRef<AbortController>(undefined);

  const notKept = () =>
    toasts.show({
      kind: 'error',
      text: t`Not saved. This device could keep no more changes. Free some space and try again.`,
    });

  async function work({ tasks, stepOf, doing, done }: Work): Promise<readonly Made[]> {
    const stopping = new AbortController();
    stop.current = stopping;
    const show = (count: number) =>
      setProgress({ label: doing, done: count, total: tasks.length, stop: () => stopping.abort() });
    show(0);
    const { made, end } = await bulk.run(tasks, stepOf, { signal: stopping.signal, onProgress: show });
    setProgress(null);
    if (end === 'refused') notKept();
    if (end === 'away') {
      const text = t`Nothing was changed. A part of the app is not on this device yet; try again when the network is back.`;
      toasts.show({ kind: 'error', text });
    }
    const text = done(made.length);
    if (made.length > 0) offerUndo(end === 'stopped' ? t`Stopped. ${text}` : text, made);
    else if (end === 'all') toasts.show({ text: t`Nothing to change.` });
    else if (end === 'stopped') toasts.show({ text: t`Stopped. Nothing was changed.` });
    return made;
  }

  function offerUndo(text: string, made: readonly Made[]) {
    const takeBack = async () => {
      errands.forget(step);
      toasts.close(toast);
      const show = (count: number) =>
        setProgress({ label: t`Taking it back`, done: count, total: made.length, stop: null });
      if (made.length > 1) show(0);
      try {
        const lost = await bulk.undo(made, { onProgress: made.length > 1 ? show : () => {} });
        if (lost === 0) announce(t`Taken back`);
        else
          toasts.show({
            text: t`${plural(lost, { one: '# task has no way back any more.', other: '# tasks have no way back any more.' })}`,
          });
      } catch {
        // Nothing but the device's storage says no here.
        notKept();
      } finally {
        setProgress(null);
      }
    };
    const step: LastStep = { undo: () => void takeBack() };
    const toast = toasts.show({ text, action: { label: t`Undo`, keys: 'Mod+Z', onAction: step.undo } });
    errands.remember(step);
  }

  return { work, offerUndo, progress, setProgress, steps };
}
