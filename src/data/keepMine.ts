import { useRenameFolder } from './folders.ts';
import { useRenameGroup } from './groups.ts';
import { useDropChange, usePending } from './pending.ts';
import type { PendingItem } from './pending.ts';
import { useUpdateTask } from './tasks.ts';

/**
 * Sends a change over what was changed elsewhere (architecture.md §8, rule 6). Trying again would compare with the same old
 * base and stop again, so the change is made anew on what the mailbox has now, together with later ones of the same task:
 * each of them would stop for the same reason. Undefined for a change where there is nothing to choose between.
 */
export function useKeepMine(item: PendingItem): (() => Promise<void>) | undefined {
  const { waiting, parked } = usePending();
  const drop = useDropChange();
  const update = useUpdateTask();
  const renameFolder = useRenameFolder();
  const renameGroup = useRenameGroup();
  const { change, failure } = item;
  if (failure?.kind !== 'changed') return undefined;
  const { theirs } = failure;

  // A parked change holds back later ones of the same thing: it goes before the new one comes.
  if (change.kind === 'updateTask' && theirs !== undefined) {
    return async () => {
      const mine = [...parked, ...waiting]
        .filter((other) => other.change.id === change.id && other.state !== 'sending')
        .toSorted((a, b) => (a.madeAt < b.madeAt ? -1 : 1));
      let patch = {};
      for (const { id, change: made } of mine) {
        if (made.kind !== 'updateTask') continue;
        patch = { ...patch, ...made.patch };
        await drop.mutateAsync(id);
      }
      await update.mutateAsync({ task: theirs, patch });
    };
  }
  if (change.kind === 'renameFolder' || change.kind === 'renameGroup') {
    const rename = change.kind === 'renameFolder' ? renameFolder : renameGroup;
    return async () => {
      await drop.mutateAsync(item.id);
      await rename.mutateAsync({ id: change.id, name: change.name });
    };
  }
  return undefined;
}
