import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useTaskCommands } from '../../data/tasks/useTaskCommands.ts';
import type { AppliedChange, TaskCommand } from '../../data/tasks/useTaskCommands.ts';
import type { Mailbox } from '../../domain/task/task.ts';

/** A batch in progress; `stop` is null where it cannot be stopped. */
export type BatchProgress = { label: string; done: number; total: number; stop: (() => void) | null };

export type BatchJob<Item> = {
  items: readonly Item[];
  /** The command of one item; null where it needs none. */
  commandOf: (item: Item) => TaskCommand | null;
  /** Shown while it runs: 'Moving 500 tasks'. */
  progressLabel: string;
  /** Shown after it instead of the command's own words, for the number of changed items. */
  message?: (count: number) => string;
  /** Called after each item with the number of changed items. */
  onProgress?: (count: number) => void;
  /** Stops and takes back what goes on after the batch. */
  beforeUndo?: () => Promise<void>;
  /** Called after the whole batch was undone. */
  onUndone?: () => void;
};

/** Runs one command for many items, with progress, a way to stop, and one undo for all of them. */
export function useBatchJob(mailbox: Mailbox) {
  const { t } = useLingui();
  const { runMany } = useTaskCommands(mailbox);
  const [progress, setProgress] = useState<BatchProgress | null>(null);

  async function run<Item>(job: BatchJob<Item>): Promise<readonly AppliedChange[]> {
    const { items, progressLabel, onProgress } = job;
    const abort = new AbortController();
    const total = items.length;
    const show = (done: number) => {
      setProgress({ label: progressLabel, done, total, stop: () => abort.abort() });
      if (done > 0) onProgress?.(done);
    };
    show(0);
    try {
      return await runMany({
        ...job,
        signal: abort.signal,
        onProgress: show,
        onUndoProgress(done, total) {
          if (total > 1) setProgress({ label: t`Undoing`, done, total, stop: null });
        },
        onUndoEnd: () => setProgress(null),
      });
    } finally {
      setProgress(null);
    }
  }

  return { run, progress, setProgress };
}

export type RunBatch = ReturnType<typeof useBatchJob>['run'];
