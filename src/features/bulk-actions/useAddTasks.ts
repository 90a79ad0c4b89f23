import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../../data/dataProvider.tsx';
import type { AddTasksAction } from '../../data/tasks/useBulkActions.ts';
import { addMs } from '../../domain/time/time.ts';
import type { useBatchJob } from './useBatchJob.tsx';

/** Tasks out of pasted lines, with one way back for all; what is not saved stays with whoever asked. */
export function useAddTasks({ work, steps }: Pick<ReturnType<typeof useBatchJob>, 'work' | 'steps'>) {
  const { t } = useLingui();
  const { clock } = useDeps();

  return async ({ mailbox, folderId, patches, folderName, onNotSaved }: AddTasksAction) => {
    const left = (saved: number) => patches.slice(0, patches.length - saved);
    const begun = clock.now();
    const made = await work({
      // The last line first, each a moment after the one before: what is newer stands above, so the first line ends on top.
      tasks: patches.map((patch, index) => ({ patch, at: addMs(begun, patches.length - index) })).toReversed(),
      stepOf({ patch, at }) {
        const step = steps.create(mailbox, folderId, patch);
        return { ...step, change: { ...step.change, at } };
      },
      doing: t`${plural(patches.length, { one: 'Adding # task', other: 'Adding # tasks' })}`,
      done(count) {
        const added = t`${plural(count, { one: 'Added # task', other: 'Added # tasks' })}`;
        return folderName === undefined ? added : t`${added} to ${folderName}`;
      },
      onProgress: (saved) => onNotSaved(left(saved), false),
      onTakenBack: () => onNotSaved(patches, true),
    });
    onNotSaved(left(made.length), true);
  };
}
