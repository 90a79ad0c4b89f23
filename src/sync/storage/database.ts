import { deleteDB, openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import { createEmitter } from '../../domain/async/observable.ts';
import type { Attachment } from '../../domain/task/attachment.ts';
import type { Task, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { Op } from './op.ts';

/** Why storing failed. `outdated`: a newer version of the app uses the database, and this one must be reloaded. */
export type StorageErrorKind = 'refused' | 'full' | 'outdated';

const messages: Record<StorageErrorKind, string> = {
  refused: 'This device does not let the app store anything',
  full: 'The storage of this device is full',
  outdated: 'A newer version of the app has changed what is stored on this device',
};

/** A write failed on this device; nothing of it was stored. */
export class StorageError extends Error {
  readonly kind: StorageErrorKind;

  constructor(trouble: StorageErrorKind, cause: unknown) {
    super(messages[trouble], { cause });
    this.name = 'StorageError';
    this.kind = trouble;
  }
}

/** How far the replica of one folder has been pulled, stored with its rows (docs/architecture.md#local-replica). */
export type StoredPlace = {
  /** Where the next pull resumes; null to start over. */
  cursor: string | null;
  /** False during the first pull: there are more rows than these. */
  isComplete: boolean;
  /** When the server last answered; empty for a folder that was created here and never pulled. */
  at: Instant;
  /** The cursor is in the middle of a pull. */
  isMid?: boolean;
  /**
   * Rows added by answers to own changes and not confirmed by a pull. The server does not report one that is deleted
   * before the next pull (docs/protocol.md#sync); its absence from that pull shows it.
   */
  ahead?: readonly string[];
};

/** The first rows and the counts of one place (docs/architecture.md#local-replica). Its writer defines the shape. */
export type StoredFirstPaint = { format: number; at: Instant; content: unknown };

/** The groups or folders of a mailbox. */
export type StoredList = { items: readonly (TaskGroup | TaskFolder)[]; cursor: string | null; at: Instant };

/** A task's attachments, without content. Deleted with the task's folder. */
export type StoredAttachments = { mailbox: string; folderId: string; items: readonly Attachment[]; at: Instant };

/** A file on its way to the server. */
export type StoredBlob = { blob: Blob; name?: string; contentType?: string; savedAt?: Instant };

/**
 * An import in progress (docs/decisions/0036-import-and-export.md): its changes wait in pieces (`blobs`) and enter the
 * outbox one piece at a time, in one transaction with `next`, so that a reload or another tab can resume. A finished
 * piece is replaced by what it created, for undo.
 */
export type StoredImport = {
  id: string;
  /** Of the file. */
  name: string;
  at: Instant;
  /** False until all of it is on disk. */
  isReady: boolean;
  /** The number of tasks in each piece, and the keys of its files. */
  pieces: readonly { tasks: number; files: readonly string[] }[];
  /** The first piece that is not in the outbox yet. */
  next: number;
  /** The import ended. What it created is kept as long as it can be undone. */
  end?: { state: 'done' | 'stopped'; at: Instant };
};

/** [mailbox, folder id, task id] */
export type RowKey = [mailbox: string, folderId: string, id: string];

/** One account's database. Stored shapes grow by optional fields only; the version changes only with new stores. */
export type AccountSchema = DBSchema & {
  ops: { key: number; value: Op };
  ids: { key: string; value: string };
  texts: { key: string; value: string };
  rows: { key: RowKey; value: Task };
  places: { key: [mailbox: string, folderId: string]; value: StoredPlace };
  firstScreens: { key: string; value: StoredFirstPaint };
  lists: { key: [kind: 'groups' | 'folders', mailbox: string]; value: StoredList };
  blobs: { key: string; value: StoredBlob };
  imports: { key: string; value: StoredImport };
  attachments: {
    key: [mailbox: string, taskId: string];
    value: StoredAttachments;
    indexes: { places: [mailbox: string, folderId: string] };
  };
};

export const storeNames = [
  'ops',
  'ids',
  'texts',
  'rows',
  'places',
  'firstScreens',
  'lists',
  'blobs',
  'imports',
  'attachments',
] as const;

const databaseVersion = 4;
const markKey = 'mark';
const databaseOf = (account: string) => `threefold:${account}`;

/** An open database, reopened when the browser closes it after an eviction or a disk error. */
export type AccountDatabase = {
  /**
   * Runs `work`, which writes in one transaction; once more in a reopened database when the old one was closed. Rejects
   * with StorageError only.
   */
  use: <T>(work: (db: IDBPDatabase<AccountSchema>) => Promise<T>) => Promise<T>;
  /** The browser deleted the database: those who hold its data write it again before anything else. */
  onLost: (restore: (db: IDBPDatabase<AccountSchema>) => Promise<void>) => () => void;
  /** Another tab runs a newer version of the app: nothing can be stored here until the page is reloaded. */
  onOutdated: (listener: () => void) => () => void;
  close: () => void;
};

/**
 * Opens an account's database.
 * @throws StorageError when the browser denies storage (some private windows, or site data switched off), or when a
 * newer version of the app was here.
 */
export async function openAccountDatabase(account: string): Promise<AccountDatabase> {
  let opening: Promise<IDBPDatabase<AccountSchema>> | null = null;
  /** Why it must not be reopened: it was closed on purpose. */
  let end: StorageErrorKind | null = null;
  /** Distinguishes a database from a recreated one of the same name. */
  let mark: string | null = null;
  const lost = createEmitter<[db: IDBPDatabase<AccountSchema>], Promise<void>>();
  const outdated = createEmitter();

  function finish(trouble: StorageErrorKind) {
    end = trouble;
    opening?.then(
      (db) => db.close(),
      () => undefined,
    );
    if (trouble === 'outdated') outdated.emit();
  }

  async function open(): Promise<IDBPDatabase<AccountSchema>> {
    const db = await openDB<AccountSchema>(databaseOf(account), databaseVersion, {
      upgrade,
      // Another tab erases the database at sign-out, or has a newer version: an open connection would block it.
      blocking: (_current, blocked) => finish(blocked === null ? 'refused' : 'outdated'),
      terminated: () => (opening = null),
    });
    const now = await markOf(db);
    if (mark !== null && mark !== now) await Promise.all(lost.emit(db));
    // Set last, so that a failed restore is repeated at the next opening.
    mark = now;
    return db;
  }

  function current(): Promise<IDBPDatabase<AccountSchema>> {
    if (end !== null) throw new StorageError(end, undefined);
    if (opening !== null) return opening;
    const mine = open();
    opening = mine;
    mine.catch(() => opening === mine && (opening = null));
    return mine;
  }

  async function use<T>(work: (db: IDBPDatabase<AccountSchema>) => Promise<T>): Promise<T> {
    const db = await guarded(current);
    try {
      return await guarded(() => work(db));
    } catch (error) {
      if (end !== null || !(error instanceof StorageError) || !isClosed(error.cause)) throw error;
      // An uncommitted write left nothing, so repeating it writes once.
      opening = null;
      return guarded(async () => work(await current()));
    }
  }

  await guarded(current);
  return {
    use,
    onLost: lost.subscribe,
    onOutdated: outdated.subscribe,
    close: () => finish('refused'),
  };
}

async function markOf(db: IDBPDatabase<AccountSchema>): Promise<string> {
  const tx = db.transaction('firstScreens', 'readwrite');
  const known = (await tx.store.get(markKey))?.at;
  const mark = known ?? crypto.randomUUID();
  if (known === undefined) await tx.store.put({ format: 0, at: mark, content: null }, markKey);
  await tx.done;
  return mark;
}

type Writable = { commit: () => void; abort: () => void; done: Promise<void> };
type Writes<T extends readonly unknown[]> = readonly [...{ [K in keyof T]: () => T[K] | Promise<T[K]> }];

/**
 * Does all of these writes or none: any failure aborts the transaction. Resolves once it is on disk.
 * @param isLast nothing follows, and the transaction commits without waiting for its events.
 */
export async function writeTogether<T extends readonly unknown[]>(
  tx: Writable,
  writes: Writes<T>,
  isLast = false,
): Promise<T> {
  const requests: unknown[] = [];
  try {
    for (const write of writes) requests.push(write());
    if (isLast) tx.commit();
    const [results] = await Promise.all([Promise.all(requests), tx.done]);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each result is that of the write in its place
    return results as unknown as T;
  } catch (error) {
    undo(tx);
    await Promise.allSettled([...requests, tx.done]);
    throw error;
  }
}

function undo(tx: Writable): void {
  try {
    tx.abort();
  } catch (error) {
    // The browser has already ended it.
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
  }
}

function upgrade(db: IDBPDatabase<AccountSchema>, from: number) {
  if (from < 1) {
    db.createObjectStore('ops', { keyPath: 'seq', autoIncrement: true });
    db.createObjectStore('ids');
    db.createObjectStore('texts');
  }
  if (from < 2) {
    for (const name of ['rows', 'places', 'firstScreens', 'lists', 'blobs'] as const) db.createObjectStore(name);
  }
  if (from < 3) db.createObjectStore('imports');
  if (from < 4) db.createObjectStore('attachments').createIndex('places', ['mailbox', 'folderId']);
}

/** Deletes everything this device keeps of an account. Close its database first. */
export async function eraseAccountStore(account: string): Promise<void> {
  await guarded(() => deleteDB(databaseOf(account)));
}

/** A closed connection rejects new transactions, and closing aborts running ones. */
function isClosed(cause: unknown): boolean {
  return cause instanceof DOMException && (cause.name === 'InvalidStateError' || cause.name === 'AbortError');
}

async function guarded<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(kindOf(error), error);
  }
}

function kindOf(error: unknown): StorageErrorKind {
  if (!(error instanceof DOMException)) return 'refused';
  if (error.name === 'QuotaExceededError') return 'full';
  return error.name === 'VersionError' ? 'outdated' : 'refused';
}
