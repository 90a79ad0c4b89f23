import { openDB, type DBSchema } from 'idb';
import * as v from 'valibot';
import { readableOf, readableOr } from './readableRecords.ts';

/** Content shared with the app, stored until it is a task or discarded. */
export type StoredShare = {
  id: string;
  title: string;
  text: string;
  url: string;
  files: readonly File[];
  /** The chosen folder: from then on it is being added, also after a reload. Absent before the choice. */
  to?: string;
};

const shareSchema: v.GenericSchema<StoredShare> = v.object({
  id: v.string(),
  title: v.string(),
  text: v.string(),
  url: v.string(),
  files: v.array(v.instance(File)),
  to: v.exactOptional(v.string()),
});
const isShare = (value: unknown): value is StoredShare => v.is(shareSchema, value);

type Shape = DBSchema & { shares: { key: string; value: StoredShare } };

/** Belongs to no account: the account is chosen later. */
const open = () =>
  openDB<Shape>('threefold:shares', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('shares', { keyPath: 'id' });
    },
  });

async function withShares<T>(work: (db: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const db = await open();
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

export const shareStore = {
  /** Resolves once it is on disk. */
  put: (share: StoredShare) =>
    withShares(async (db) => {
      const tx = db.transaction('shares', 'readwrite', { durability: 'strict' });
      await Promise.all([tx.store.put(share), tx.done]);
    }),
  /** In no order. */
  all: () => withShares(async (db) => readableOf('shares', await db.getAll('shares'), isShare)),
  read: (id: string) => withShares(async (db) => readableOr('shares', await db.get('shares', id), isShare)),
  remove: (id: string) => withShares((db) => db.delete('shares', id)),
} as const;
