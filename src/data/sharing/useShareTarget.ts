import { createAddShare } from '../../sync/commands/addShare.ts';
import { shareStore, type StoredShare } from '../../sync/storage/shareStore.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';

export type { SharedTaskInput } from '../../sync/commands/addShare.ts';
export type { StoredShare } from '../../sync/storage/shareStore.ts';

/** What was shared with the app under this id; undefined when it has become a task already. Rejects when the device refuses. */
export const readShare = (id: string): Promise<StoredShare | undefined> => shareStore.read(id);

/** Everything that was shared and not answered. Rejects when the device refuses. */
export const readAllShares = (): Promise<readonly StoredShare[]> => shareStore.all();

/** Discarded: nothing of it is kept. */
export const deleteShare = (id: string): Promise<void> => shareStore.remove(id);

/** Keeps it again, after it was discarded. */
export const saveShare = (share: StoredShare): Promise<void> => shareStore.put(share);

export function useAddShare() {
  const { outbox } = useDeps();
  const { commands, ports } = useSyncEngine();
  return createAddShare({ outbox, commands, ports });
}
