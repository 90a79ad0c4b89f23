import * as v from 'valibot';
import type { Change } from '../../domain/changes/change.ts';
import { openAccountDatabase, writeTogether } from './database.ts';
import type { StoredImport } from './database.ts';
import { importPieceKey } from './accountStore.ts';
import { readableJson, readableOf, readableOr } from './readableRecords.ts';
import { changeSchema } from './storedChange.ts';
import { isBlobRecord, isChange, isImport } from './storedRecords.ts';
import type { ReadablePart } from './readableRecords.ts';
import type { ImportStep } from './accountStore.ts';

export type { StoredImport } from './database.ts';
export { StorageError } from './database.ts';

/** What a piece of an import created, as far as undo needs it; `uploads` are the changes that attach files to a task. */
export type CreatedByImport = {
  changeId: string;
  change: Extract<Change, { kind: ImportedKind }>;
  uploads?: readonly string[] | undefined;
};
type ImportedKind = 'createTask' | 'createFolder' | 'createGroup';

/** An unused colour is harmless, and attachments that have arrived are deleted with their task. */
export const listCreatedByImport: ImportStep['summarize'] = (ops) => {
  const uploadsOf = (taskId: string) =>
    ops.flatMap(({ id, change }) => (change.kind === 'addAttachment' && change.taskId === taskId ? [id] : []));
  const made = ops.flatMap(({ id, change }): CreatedByImport[] => {
    if (change.kind === 'createFolder' || change.kind === 'createGroup') return [{ changeId: id, change }];
    if (change.kind !== 'createTask') return [];
    const { subject = '' } = change.patch;
    const uploads = uploadsOf(change.id);
    return [{ changeId: id, change: { ...change, patch: { subject } }, ...(uploads.length > 0 && { uploads }) }];
  });
  return new Blob([JSON.stringify(made)], { type: 'application/json' });
};

/** Running and finished imports on this device. Every method rejects with StorageError only. */
export type ImportStore = {
  /** The oldest first. */
  all: () => Promise<readonly StoredImport[]>;
  /** Completely stored: it may run. */
  save: (record: StoredImport) => Promise<void>;
  /** Stores the record with the changes of its last piece, and files under their keys. */
  savePiece: (record: StoredImport, changes: readonly Change[], files: ReadonlyMap<string, Blob>) => Promise<void>;
  /**
   * Undefined after it is stopped; 'unreadable' as a whole when this version of the app cannot read one of its changes,
   * as the import would have a gap.
   */
  piece: (importId: string, piece: number) => Promise<readonly Change[] | 'unreadable' | undefined>;
  /** What an added piece created, and how many items are unreadable; undefined when none is readable. */
  created: (importId: string, piece: number) => Promise<ReadablePart<CreatedByImport> | undefined>;
  /** Ends it: deletes what is left, keeps what it created for undo. Undefined when it is removed or ended already. */
  end: (importId: string, end: NonNullable<StoredImport['end']>) => Promise<StoredImport | undefined>;
  /** Removes everything stored of it. Ops in the outbox stay. */
  remove: (record: StoredImport) => Promise<void>;
  close: () => void;
};

/**
 * The imports of an account, with a connection of their own.
 * @throws StorageError where nothing can be stored: an import that a reload would leave incomplete is not started.
 */
export async function openImportStore(account: string): Promise<ImportStore> {
  const database = await openAccountDatabase(account);
  async function textOf(storedContent: unknown): Promise<string | undefined> {
    return readableOr('blobs', storedContent, isBlobRecord)?.blob.text();
  }
  return {
    all: () =>
      database.use(async (db) =>
        readableOf('imports', await db.getAll('imports'), isImport).toSorted((a, b) =>
          a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
        ),
      ),
    save: (record) =>
      database.use(async (db) => {
        const tx = db.transaction('imports', 'readwrite', { durability: 'strict' });
        await writeTogether(tx, [() => tx.store.put(record, record.id)]);
      }),
    savePiece: (record, changes, files) =>
      database.use(async (db) => {
        const tx = db.transaction(['imports', 'blobs'], 'readwrite');
        const blobs = tx.objectStore('blobs');
        const text = new Blob([JSON.stringify(changes)], { type: 'application/json' });
        await writeTogether<readonly unknown[]>(tx, [
          () => tx.objectStore('imports').put(record, record.id),
          () => blobs.put({ blob: text }, importPieceKey(record.id, record.pieces.length - 1)),
          ...[...files].map(
            ([key, blob]) =>
              () =>
                blobs.put({ blob }, key),
          ),
        ]);
      }),
    async piece(importId, piece) {
      const [stored, storedContent] = await database.use((db) => {
        const tx = db.transaction(['imports', 'blobs']);
        return Promise.all([
          tx.objectStore('imports').get(importId),
          tx.objectStore('blobs').get(importPieceKey(importId, piece)),
        ]);
      });
      const record = readableOr('imports', stored, isImport);
      if (record?.next !== piece || record.end !== undefined) return undefined;
      const text = await textOf(storedContent);
      const part = text === undefined ? undefined : readableJson('imports', text, isChange);
      return part?.unreadable === 0 ? part.items : 'unreadable';
    },
    async created(importId, piece) {
      const text = await textOf(await database.use((db) => db.get('blobs', importPieceKey(importId, piece))));
      return text === undefined ? undefined : readableJson('imports', text, isCreatedByImport);
    },
    end: (importId, end) =>
      database.use(async (db) => {
        const tx = db.transaction(['imports', 'blobs'], 'readwrite', { durability: 'strict' });
        const record = readableOr('imports', await tx.objectStore('imports').get(importId), isImport);
        if (record === undefined || record.end !== undefined) return undefined;
        const ended = { ...record, end };
        await writeTogether<readonly unknown[]>(tx, [
          () => tx.objectStore('imports').put(ended, importId),
          ...keysLeft(record).map((key) => () => tx.objectStore('blobs').delete(key)),
        ]);
        return ended;
      }),
    remove: ({ id, pieces }) =>
      database.use(async (db) => {
        const tx = db.transaction(['imports', 'blobs'], 'readwrite', { durability: 'strict' });
        // The disk knows its progress: files from there on belong to no op.
        const stored = readableOr('imports', await tx.objectStore('imports').get(id), isImport);
        const record = stored ?? { id, pieces, next: pieces.length };
        const addedKeys = pieces.slice(0, record.next).map((_, piece) => importPieceKey(id, piece));
        await writeTogether<readonly unknown[]>(tx, [
          () => tx.objectStore('imports').delete(id),
          ...[...addedKeys, ...keysLeft(record)].map((key) => () => tx.objectStore('blobs').delete(key)),
        ]);
      }),
    close: database.close,
  };
}

const createdSchema = v.object({
  changeId: v.string(),
  change: changeSchema,
  uploads: v.optional(v.array(v.string())),
});

function isCreatedByImport(value: unknown): value is CreatedByImport {
  if (!v.is(createdSchema, value)) return false;
  const { kind } = value.change;
  return kind === 'createTask' || kind === 'createFolder' || kind === 'createGroup';
}

/** Files that are not in the outbox. */
function keysLeft({ id, pieces, next }: Pick<StoredImport, 'id' | 'pieces' | 'next'>): readonly string[] {
  return pieces.flatMap(({ files }, piece) => (piece < next ? [] : [importPieceKey(id, piece), ...files]));
}
