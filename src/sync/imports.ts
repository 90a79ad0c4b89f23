import type { Change } from '../domain/change.ts';
import { openAccountDatabase } from './database.ts';
import type { StoredImport } from './database.ts';
import { pieceKey } from './storage.ts';

export type { StoredImport } from './database.ts';
export type { ImportStep } from './storage.ts';
export { StorageError } from './database.ts';

/** Files that are being taken in, on this device. Every method rejects with StorageError and nothing else. */
export type ImportStore = {
  /** The oldest first. */
  all: () => Promise<readonly StoredImport[]>;
  /** Whole: it may begin. */
  save: (record: StoredImport) => Promise<void>;
  /** Saves the record with the changes of its last piece, and files under the keys that these name. */
  keep: (record: StoredImport, changes: readonly Change[], files: ReadonlyMap<string, Blob>) => Promise<void>;
  /** Undefined once it is in the outbox. */
  piece: (importId: string, piece: number) => Promise<readonly Change[] | undefined>;
  /** With everything of it that is not in the outbox. */
  remove: (record: StoredImport) => Promise<void>;
  close: () => void;
};

/**
 * The imports of an account. Loaded when there is one to make or to go on with, so they have a connection of their own.
 * @throws StorageError where nothing can be stored: a file that would be half taken in after a reload is not begun.
 */
export async function openImportStore(account: string): Promise<ImportStore> {
  const database = await openAccountDatabase(account);
  return {
    all: () =>
      database.use(async (db) =>
        (await db.getAll('imports')).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
      ),
    save: (record) =>
      database.use(async (db) => {
        const tx = db.transaction('imports', 'readwrite', { durability: 'strict' });
        await Promise.all([tx.store.put(record, record.id), tx.done]);
      }),
    keep: (record, changes, files) =>
      database.use(async (db) => {
        const tx = db.transaction(['imports', 'blobs'], 'readwrite');
        const blobs = tx.objectStore('blobs');
        const text = new Blob([JSON.stringify(changes)], { type: 'application/json' });
        await Promise.all([
          tx.objectStore('imports').put(record, record.id),
          blobs.put({ blob: text }, pieceKey(record.id, record.pieces.length - 1)),
          ...[...files].map(([key, blob]) => blobs.put({ blob }, key)),
          tx.done,
        ]);
      }),
    piece: (importId, piece) =>
      database.use(async (db) => {
        const kept = await db.get('blobs', pieceKey(importId, piece));
        return kept === undefined ? undefined : (JSON.parse(await kept.blob.text()) as readonly Change[]);
      }),
    remove: (record) =>
      database.use(async (db) => {
        const tx = db.transaction(['imports', 'blobs'], 'readwrite', { durability: 'strict' });
        const { id, pieces } = record;
        // How far it came is what the disk says: its files from there on are nobody's yet.
        const next = (await tx.objectStore('imports').get(id))?.next ?? pieces.length;
        const left = pieces.flatMap(({ files }, piece) => (piece < next ? [] : [pieceKey(id, piece), ...files]));
        await Promise.all([
          tx.objectStore('imports').delete(id),
          ...left.map((key) => tx.objectStore('blobs').delete(key)),
          tx.done,
        ]);
      }),
    close: database.close,
  };
}
