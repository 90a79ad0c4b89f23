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

  return async ({ folderId, patches, folderName, onNotSaved }: AddTasksAction) => {
    const unsaved = (saved: number) => patches.slice(0, patches.length - saved);
    const startedAt = clock.now();
    const applied = await run({
      // Newer tasks stand above, so the last line comes first: the first line is the newest.
      items: patches.map((patch, index) => ({ patch, at: addMs(startedAt, patches.length - index) })).toReversed(),
      commandOf: ({ patch, at }) => ({ kind: 'createTask', folderId, patch, at }),
      progressLabel: t`${plural(patches.length, { one: 'Adding # task', other: 'Adding # tasks' })}`,
      message(count) {
        const added = t`${plural(count, { one: 'Added # task', other: 'Added # tasks' })}`;
        return folderName === undefined ? added : t`${added} to ${folderName}`;
      },
      onProgress: (saved) => onNotSaved(unsaved(saved), false),
      onUndone: () => onNotSaved(patches, true),
    });
    onNotSaved(unsaved(applied.length), true);
  };
}
