import { openDB, type DBSchema } from 'idb';

/** What was shared with the app from elsewhere, kept on this device until it is a task or was discarded. */
export type StoredShare = {
  id: string;
  title: string;
  text: string;
  url: string;
  files: readonly File[];
  /** The folder it was told to go to: from then on it is being added, also after a reload. Absent while it waits to be asked about. */
  to?: string;
};

type Shape = DBSchema & { shares: { key: string; value: StoredShare } };

/** Belongs to no account: at the moment of sharing it is open who will take it. */
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
  all: () => withShares((db) => db.getAll('shares')),
  read: (id: string) => withShares((db) => db.get('shares', id)),
  remove: (id: string) => withShares((db) => db.delete('shares', id)),
} as const;
