import * as v from 'valibot';
import type { BinItem } from '../../domain/task/binItem.ts';
import type { Instant } from '../../domain/time/time.ts';
import { StorageError } from '../../sync/storage/database.ts';
import { readableOf, readableOr } from '../../sync/storage/readableRecords.ts';
import type { ReplicaStore } from '../../sync/storage/replicaStore.ts';
import { instant } from '../../sync/storage/storedChange.ts';

const storedBin = { key: 'bin', format: 1 };

const binItemSchema: v.GenericSchema<BinItem> = v.object({
  id: v.string(),
  kind: v.picklist(['task', 'folder']),
  name: v.string(),
  folderId: v.nullable(v.string()),
  folderName: v.nullable(v.string()),
  taskCount: v.number(),
  deletedAt: instant,
  keptUntil: instant,
});
const isBinItem = (value: unknown): value is BinItem => v.is(binItemSchema, value);

/** The bin as it was last listed on this device; null when it was not, or is not readable. */
export async function loadStoredBin(store: ReplicaStore): Promise<readonly BinItem[] | null> {
  const stored = await ignoringStorageErrors(() => store.firstPaint(storedBin.key));
  if (stored?.format !== storedBin.format) return null;
  const items = readableOr('bin', stored.content, Array.isArray);
  return items === undefined ? null : readableOf('bin', items, isBinItem);
}

export const saveStoredBin = (store: ReplicaStore, content: readonly BinItem[], at: Instant) =>
  ignoringStorageErrors(() => store.saveFirstPaint(storedBin.key, { format: storedBin.format, at, content }));

/** A device that keeps nothing has no bin offline. The outbox meets the same refusal, and says so. */
async function ignoringStorageErrors<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return undefined;
  }
}
