import type { Listing } from '../../domain/listing/listing.ts';
import type { Mailbox } from '../../domain/task/task.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { ReplicaStore } from '../storage/replicaStore.ts';
import { StorageError } from '../storage/database.ts';
import type { Ports } from '../platform/ports.ts';
import type { Counts } from './countsStore.ts';
import { countsRecordKey, firstPaintCountsOf, firstPaintOf, firstPaintFormat } from './firstPaint.ts';

/** A completely loaded place on the screen. `record` is its key in storage, `key` its listing. */
export type VisibleContent = {
  lists: readonly { record: string; key: string; mailbox: Mailbox; listing: Listing }[];
  counts: Counts | undefined;
};

type Input = {
  visibleContent: () => VisibleContent;
  subscribe: (listener: () => void) => () => void;
  store: ReplicaStore;
  clock: Clock;
  ports: Pick<Ports, 'sleep'>;
  onStorageError: (error: StorageError) => void;
};

/** Changes within this time are written once. Milliseconds. */
const debounceMs = 1_500;

/** Stores what is on the screen for the next start's first paint, shortly after it changes. Call the result to stop. */
export function persistFirstPaint({
  visibleContent,
  subscribe,
  store,
  clock,
  ports,
  onStorageError,
}: Input): () => void {
  const saved = new Map<string, Listing | Counts>();
  const stopped = new AbortController();
  let isDue = false;

  async function save(record: string, shown: Listing | Counts, content: () => unknown) {
    if (saved.get(record) === shown) return;
    saved.set(record, shown);
    await store.saveFirstPaint(record, { format: firstPaintFormat, at: clock.now(), content: content() });
  }
  async function saveAll() {
    await ports.sleep(debounceMs, stopped.signal);
    isDue = false;
    if (stopped.signal.aborted) return;
    const { lists, counts } = visibleContent();
    try {
      for (const { record, key, mailbox, listing } of lists)
        await save(record, listing, () => firstPaintOf(key, listing, mailbox));
      if (counts !== undefined) await save(countsRecordKey, counts, () => firstPaintCountsOf(counts));
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      onStorageError(error);
    }
  }
  const stop = subscribe(() => {
    if (isDue) return;
    isDue = true;
    void saveAll();
  });
  return () => {
    stop();
    stopped.abort();
  };
}
