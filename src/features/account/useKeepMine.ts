import { useRenameFolder } from '../../data/folders.ts';
import { useRenameGroup } from '../../data/groups.ts';
import { useDropChange, type PendingItem } from '../../data/pending.ts';
import { useUpdateTask } from '../../data/tasks.ts';

/**
 * Sends a change over what was changed elsewhere. Trying again would compare with the same old base and stop again, so the
 * change is made anew on what the mailbox has now. Undefined for a change where there is nothing to choose between.
 */
export function useKeepMine({ id, change, failure }: PendingItem): (() => Promise<unknown>) | undefined {
  const drop = useDropChange();
  const update = useUpdateTask();
  const renameFolder = useRenameFolder();
  const renameGroup = useRenameGroup();
  if (failure?.kind !== 'changed') return undefined;
  const { theirs } = failure;
  // A parked change holds back later ones of the same thing: it goes before the new one comes.
  if (change.kind === 'updateTask' && theirs !== undefined) {
    return async () => {
      await drop.mutateAsync(id);
      await update.mutateAsync({ task: theirs, patch: change.patch });
    };
  }
  if (change.kind === 'renameFolder' || change.kind === 'renameGroup') {
    const rename = change.kind === 'renameFolder' ? renameFolder : renameGroup;
    return async () => {
      await drop.mutateAsync(id);
      await rename.mutateAsync({ id: change.id, name: change.name });
    };
  }
  return undefined;
}
