import type { Clock } from '../../domain/time/time.ts';
import type { ImportPlan } from '../../sync/import/importPlan.ts';
import type { Ports } from '../../sync/platform/ports.ts';
import type { ImportStore, StoredImport } from '../../sync/storage/importStore.ts';

type Input = {
  store: Pick<ImportStore, 'save' | 'savePiece' | 'remove'>;
  clock: Pick<Clock, 'now'>;
  ports: Pick<Ports, 'newId' | 'pause'>;
  /** How many tasks are stored so far. */
  onProgress?: ((storedTasks: number) => void) | undefined;
};

/**
 * Stores a plan completely, piece by piece, so that it can be resumed after a reload. Rejects with StorageError; then
 * nothing is stored.
 */
export async function storeImportPlan(
  name: string,
  plan: Pick<ImportPlan, 'pieces'>,
  { store, clock, ports, onProgress }: Input,
): Promise<StoredImport> {
  let record: StoredImport = { id: ports.newId(), name, at: clock.now(), isReady: false, pieces: [], next: 0 };
  try {
    let storedTasks = 0;
    for (const { tasks, changes, files } of plan.pieces()) {
      record = { ...record, pieces: [...record.pieces, { tasks, files: [...files.keys()] }] };
      await store.savePiece(record, changes, files);
      onProgress?.((storedTasks += tasks));
      await ports.pause();
    }
    record = { ...record, isReady: true };
    await store.save(record);
    return record;
  } catch (error) {
    // Best effort: what cannot be removed now is removed when the next import begins.
    await store.remove(record).catch(() => undefined);
    throw error;
  }
}
