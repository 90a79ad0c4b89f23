import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../../data/dataProvider.tsx';
import type { AddTasksAction } from '../../data/tasks/useBulkActions.ts';
import { addMs } from '../../domain/time/time.ts';
import type { RunBatch } from './useBatchJob.ts';

/** Creates tasks from pasted lines, with one undo for all; the caller hears which are not saved. */
export function useAddTasks(run: RunBatch) {
  const { t } = useLingui();
  const { clock } = useDeps();

  return async ({ folderId, tasks, folderName, onNotSaved }: AddTasksAction) => {
    const unsaved = (saved: number) => tasks.slice(0, tasks.length - saved);
    const startedAt = clock.now();
    const applied = await run({
      // Newer tasks stand above, so the last line comes first: the first line is the newest.
      items: tasks.map((task, index) => ({ ...task, at: addMs(startedAt, tasks.length - index) })).toReversed(),
      commandOf: ({ patch, at, folderId: own = folderId }) => ({ kind: 'createTask', folderId: own, patch, at }),
      progressLabel: t`${plural(tasks.length, { one: 'Adding # task', other: 'Adding # tasks' })}`,
      message(count) {
        const added = t`${plural(count, { one: 'Added # task', other: 'Added # tasks' })}`;
        return folderName === undefined ? added : t`${added} to ${folderName}`;
      },
      onProgress: (saved) => onNotSaved(unsaved(saved), false),
      onUndone: () => onNotSaved(tasks, true),
    });
    onNotSaved(unsaved(applied.length), true);
  };
}
