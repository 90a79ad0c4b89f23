import { createAddShare } from '../../sync/commands/addShare.ts';
import { shareStore, type StoredShare } from '../../sync/storage/shareStore.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';

export type { SharedTaskInput } from '../../sync/commands/addShare.ts';
export type { StoredShare } from '../../sync/storage/shareStore.ts';

/** What was shared with the app under this id; undefined once it is a task. Rejects when storage fails. */
export const readShare = (id: string): Promise<StoredShare | undefined> => shareStore.read(id);

/** All shares without an answer. Rejects when storage fails. */
export const readAllShares = (): Promise<readonly StoredShare[]> => shareStore.all();

/** Discards a share. */
export const deleteShare = (id: string): Promise<void> => shareStore.remove(id);

/** Restores a discarded share. */
export const saveShare = (share: StoredShare): Promise<void> => shareStore.put(share);

export function useAddShare() {
  const { outbox } = useDeps();
  const { commands, ports } = useSyncEngine();
  return createAddShare({ outbox, commands, ports });
}
