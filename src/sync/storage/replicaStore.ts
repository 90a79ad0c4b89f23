import type { IDBPDatabase, IDBPObjectStore, IDBPTransaction } from 'idb';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import { updateAttachmentList } from './attachmentListUpdate.ts';
import { openAccountDatabase, StorageError, writeTogether } from './database.ts';
import type {
  AccountDatabase,
  AccountSchema,
  RowKey,
  StoredAttachments,
  storeNames,
  StoredList,
  StoredPlace,
  StoredFirstPaint,
} from './database.ts';
import { readableOr, readableOf } from './readableRecords.ts';
import type { ServerResult } from './serverResult.ts';
import { isAttachments, isFirstPaintRecord, isPlace, listOf } from './storedRecords.ts';
import { isStoredTask } from './storedTask.ts';
import { updateFolders, updateGroups, isNewer } from './placeUpdates.ts';

/** One step of a pull: rows and progress, stored together or not at all. */
export type PullStep = {
  /** The cursor that this step continues; undefined for a new place. */
  from: string | null | undefined;
  puts: readonly Task[];
  removed: readonly string[];
  /** Without `ahead`, which the store maintains. */
  place: Omit<StoredPlace, 'ahead'>;
  /** Rows that a pull has named, or should have: they are no longer ahead. */
  confirmed: ReadonlySet<string>;
  /** Rows that an answer to an own change may have made newer than this step. */
  contested: ReadonlySet<string>;
};

export type StoredRows = { rows: readonly Task[]; next: string | null; isDamaged: boolean };

/**
 * The replica on disk (docs/architecture.md#local-replica). Every method rejects with StorageError and nothing else.
 */
export type ReplicaStore = {
  place: (folder: Place) => Promise<StoredPlace | undefined>;
  /**
   * At most `limit` rows by id, after `after`; `next` continues, and is null at the end. After an unreadable row the
   * folder's pull starts over: then `isDamaged`, and the place has changed.
   */
  rows: (folder: Place, after: string | null, limit: number) => Promise<StoredRows>;
  /** Rows by id, and the place as it was when they were read. */
  rowsById: (folder: Place, ids: readonly string[]) => Promise<{ rows: (Task | undefined)[]; place?: StoredPlace }>;
  /** False when the place has changed meanwhile: nothing was stored. */
  save: (folder: Place, step: PullStep) => Promise<boolean>;
  /** The stored folders of a mailbox. */
  knownFolders: (mailbox: Mailbox) => Promise<readonly string[]>;
  /** Removes a folder and everything in it. */
  drop: (folder: Place) => Promise<void>;
  list: (kind: 'groups' | 'folders', mailbox: Mailbox) => Promise<StoredList | undefined>;
  saveList: (kind: 'groups' | 'folders', mailbox: Mailbox, list: StoredList) => Promise<void>;
  /** A task's attachments, as last read. */
  attachments: (task: Place) => Promise<StoredAttachments | undefined>;
  /** The number of attachments by task. */
  attachmentCounts: (mailbox: Mailbox) => Promise<ReadonlyMap<string, number>>;
  saveAttachments: (taskId: string, attachments: StoredAttachments) => Promise<void>;
  firstPaint: (key: string) => Promise<StoredFirstPaint | undefined>;
  saveFirstPaint: (key: string, screen: StoredFirstPaint) => Promise<void>;
};

type Attachments = IDBPObjectStore<AccountSchema, (typeof storeNames)[number][], 'attachments', 'readwrite'>;

/** A transaction over at least these stores. */
type Writing = IDBPTransaction<AccountSchema, (typeof storeNames)[number][], 'readwrite'>;

const rowKey = ({ mailbox, id }: Place, taskId: string): RowKey => [mailbox, id, taskId];
const placeKey = ({ mailbox, id }: Place): [string, string] => [mailbox, id];
/** Every row of a folder: an array sorts after every text. */
const rowsOf = (folder: Place, after: string | null) =>
  after === null
    ? IDBKeyRange.bound([...placeKey(folder), ''], [...placeKey(folder), []])
    : IDBKeyRange.bound(rowKey(folder, after), [...placeKey(folder), []], true);

const readablePlace = (value: unknown) => readableOr('places', value, isPlace);
const readableRow = (value: unknown) => readableOr('rows', value, isStoredTask);
const readableAttachments = (value: unknown) => readableOr('attachments', value, isAttachments);

// Lost replica data is pulled again, so writes need no flush.
const writing = { durability: 'relaxed' } as const;

export function createReplicaStore(database: AccountDatabase): ReplicaStore {
  return {
    place: (folder) => database.use(async (db) => readablePlace(await db.get('places', placeKey(folder)))),
    rows: (folder, after, limit) =>
      database.use(async (db) => {
        const stored = await db.getAll('rows', rowsOf(folder, after), limit);
        const rows = readableOf('rows', stored, isStoredTask);
        if (rows.length === stored.length)
          return { rows, next: stored.length < limit ? null : (rows.at(-1)?.id ?? null), isDamaged: false };
        const keys = await db.getAllKeys('rows', rowsOf(folder, after), limit);
        const last = keys.at(-1);
        await restartPull(db, folder, keys);
        return { rows, next: stored.length < limit ? null : (last?.[2] ?? null), isDamaged: true };
      }),
    rowsById: (folder, ids) =>
      database.use(async (db) => {
        const tx = db.transaction(['rows', 'places']);
        const [stored, found] = await Promise.all([
          tx.objectStore('places').get(placeKey(folder)),
          Promise.all(ids.map((id) => tx.objectStore('rows').get(rowKey(folder, id)))),
        ]);
        const [place, rows] = [readablePlace(stored), found.map(readableRow)];
        return place === undefined ? { rows } : { rows, place };
      }),
    save: (folder, { from, puts, removed, place, confirmed, contested }) =>
      database.use(async (db) => {
        const tx = db.transaction(['rows', 'places', 'attachments'], 'readwrite', writing);
        const [rows, places] = [tx.objectStore('rows'), tx.objectStore('places')];
        const put = async (task: Task) => {
          const key = rowKey(folder, task.id);
          if (!contested.has(task.id) || !isNewer(readableRow(await rows.get(key)), task)) await rows.put(task, key);
        };
        const write = async () => {
          const stored = readablePlace(await places.get(placeKey(folder)));
          if (stored?.cursor !== from) return false;
          const ahead = stored?.ahead?.filter((id) => !confirmed.has(id));
          const putPlace = async () => places.put(withAhead(place, ahead), placeKey(folder));
          await Promise.all([
            ...puts.map(put),
            ...removed.map((id) => rows.delete(rowKey(folder, id))),
            ...removed.map((id) => forgetAttachments(tx.objectStore('attachments'), folder, id)),
            putPlace(),
          ]);
          return true;
        };
        const [isSaved] = await writeTogether(tx, [write]);
        return isSaved;
      }),
    knownFolders: (mailbox) =>
      database.use(async (db) => {
        const keys = await db.getAllKeys('places', IDBKeyRange.bound([mailbox], [mailbox, []]));
        return keys.map(([, folderId]) => folderId);
      }),
    drop: (folder) =>
      database.use(async (db) => {
        const tx = db.transaction(['rows', 'places', 'firstScreens', 'attachments'], 'readwrite', writing);
        await writeTogether(tx, [
          () => forgetAllAttachments(tx.objectStore('attachments'), folder),
          () => tx.objectStore('rows').delete(rowsOf(folder, null)),
          () => tx.objectStore('places').delete(placeKey(folder)),
          () => tx.objectStore('firstScreens').delete(folderRecordKey(folder)),
        ]);
      }),
    list: (kind, mailbox) => database.use(async (db) => listOf(await db.get('lists', [kind, mailbox]))),
    saveList: (kind, mailbox, list) =>
      database.use(async (db) => {
        await db.put('lists', list, [kind, mailbox]);
      }),
    attachments: ({ mailbox, id }) =>
      database.use(async (db) => readableAttachments(await db.get('attachments', [mailbox, id]))),
    attachmentCounts: (mailbox) =>
      database.use(async (db) => {
        const { store } = db.transaction('attachments');
        const all = IDBKeyRange.bound([mailbox], [mailbox, []]);
        const [keys, storedRows] = await Promise.all([store.getAllKeys(all), store.getAll(all)]);
        return new Map(keys.map(([, id], at) => [id, readableAttachments(storedRows[at])?.items.length ?? 0]));
      }),
    saveAttachments: (taskId, attachments) =>
      database.use(async (db) => {
        await db.put('attachments', attachments, [attachments.mailbox, taskId]);
      }),
    firstPaint: (key) =>
      database.use(async (db) => readableOr('firstScreens', await db.get('firstScreens', key), isFirstPaintRecord)),
    saveFirstPaint: (key, screen) =>
      database.use(async (db) => {
        await db.put('firstScreens', screen, key);
      }),
  };
}

/**
 * The folder is no longer stored completely: the next pull starts over. Unreadable rows among `keys` are removed, as
 * one that the server no longer has would start the pull over each time.
 */
async function restartPull(db: IDBPDatabase<AccountSchema>, folder: Place, keys: readonly RowKey[]): Promise<void> {
  const tx = db.transaction(['rows', 'places'], 'readwrite', writing);
  const [rows, places] = [tx.objectStore('rows'), tx.objectStore('places')];
  const restart = async () => {
    const place = readablePlace(await places.get(placeKey(folder)));
    if (place !== undefined) await places.put({ ...place, cursor: null, isComplete: false }, placeKey(folder));
  };
  const forget = async (key: RowKey) => {
    if (!isStoredTask(await rows.get(key))) await rows.delete(key);
  };
  const removals = keys.map((key) => () => forget(key));
  await writeTogether<readonly unknown[]>(tx, [restart, ...removals]);
}

/** Opens the account's replica; one in memory where storage is denied. */
export async function openReplicaStore(account: string): Promise<{ store: ReplicaStore; close: () => void }> {
  try {
    const database = await openAccountDatabase(account);
    return { store: createReplicaStore(database), close: database.close };
  } catch (error) {
    // The outbox meets the same error and reports it.
    if (error instanceof StorageError) return { store: emptyReplicaStore, close: () => {} };
    throw error;
  }
}

/** The key of a folder's first paint. */
export const folderRecordKey = ({ mailbox, id }: Place) => `folder\n${mailbox}\n${id}`;

/** Where nothing can be stored, the replica lives in memory alone. */
export const emptyReplicaStore: ReplicaStore = {
  place: () => Promise.resolve(undefined),
  rows: () => Promise.resolve({ rows: [], next: null, isDamaged: false }),
  rowsById: (_folder, ids) => Promise.resolve({ rows: ids.map(() => undefined) }),
  save: () => Promise.resolve(true),
  knownFolders: () => Promise.resolve([]),
  drop: () => Promise.resolve(),
  list: () => Promise.resolve(undefined),
  saveList: () => Promise.resolve(),
  attachments: () => Promise.resolve(undefined),
  attachmentCounts: () => Promise.resolve(new Map()),
  saveAttachments: () => Promise.resolve(),
  firstPaint: () => Promise.resolve(undefined),
  saveFirstPaint: () => Promise.resolve(),
};

/**
 * Applies a server's answers to the replica in the transaction that removes the changes: after a reload there is either
 * the change or its result (docs/architecture.md#order-after-a-success). Folders that were never read stay unread.
 */
export async function writeEffects(
  tx: Writing,
  effects: readonly { effect: ServerResult; at: Instant }[],
): Promise<void> {
  for (const { effect, at } of effects)
    if (effect.change.kind === 'createFolder') await writeNewFolders(tx, effect, at);
  await writeRows(
    tx,
    effects.flatMap(({ effect: { mailbox, tasks } }) => tasks.map((task) => ({ mailbox, task }))),
  );
  for (const { effect, at } of effects) await writeRest(tx, effect, at);
}

/** Created here, so it is known to be empty; its first pull starts over all the same. */
async function writeNewFolders(tx: Writing, { mailbox, folders }: ServerResult, at: Instant): Promise<void> {
  const places = tx.objectStore('places');
  for (const { id } of folders)
    if ((await places.getKey([mailbox, id])) === undefined)
      await places.put({ cursor: null, isComplete: true, at }, [mailbox, id]);
}

/** Each place is read and written once, for all its answered rows. */
async function writeRows(tx: Writing, answers: readonly { mailbox: Mailbox; task: Task }[]): Promise<void> {
  const [rows, places] = [tx.objectStore('rows'), tx.objectStore('places')];
  const byPlace = new Map<string, { key: [string, string]; tasks: Task[] }>();
  for (const { mailbox, task } of answers) {
    const name = `${mailbox}\n${task.folderId}`;
    const known = byPlace.get(name);
    if (known === undefined) byPlace.set(name, { key: [mailbox, task.folderId], tasks: [task] });
    else known.tasks.push(task);
  }
  for (const { key, tasks } of byPlace.values()) {
    const place = readablePlace(await places.get(key));
    if (place === undefined) continue;
    const ahead: string[] = [];
    const write = async (task: Task) => {
      const rowKey: RowKey = [...key, task.id];
      const known = readableRow(await rows.get(rowKey));
      if (isNewer(known, task)) return;
      if (known === undefined) ahead.push(task.id);
      await rows.put(task, rowKey);
    };
    await Promise.all(tasks.map(write));
    if (ahead.length > 0) await places.put(withAhead(place, [...(place.ahead ?? []), ...ahead]), key);
  }
}

async function writeRest(tx: Writing, effect: ServerResult, at: Instant): Promise<void> {
  const { mailbox } = effect;
  const [rows, places] = [tx.objectStore('rows'), tx.objectStore('places')];
  const attachments = tx.objectStore('attachments');
  for (const { id, folderId } of effect.goneTasks) {
    await rows.delete([mailbox, folderId, id]);
    // A moved task keeps its attachments.
    if (!effect.tasks.some((task) => task.id === id)) await attachments.delete([mailbox, id]);
  }
  if ('taskId' in effect.change) {
    const key: [string, string] = [mailbox, effect.change.taskId];
    const known = readableAttachments(await attachments.get(key));
    if (known !== undefined)
      await attachments.put({ ...known, items: updateAttachmentList(known.items, effect, at) }, key);
  }
  if (effect.goneFolder !== null) {
    await forgetAllAttachments(attachments, { mailbox, id: effect.goneFolder });
    await rows.delete(rowsOf({ mailbox, id: effect.goneFolder }, null));
    await places.delete([mailbox, effect.goneFolder]);
  }
  await writeLists(listsOf(tx), effect);
}

/** Of a task that left the folder; one moved elsewhere keeps them. */
async function forgetAttachments(store: Attachments, { mailbox, id: folderId }: Place, taskId: string): Promise<void> {
  const known = await store.get([mailbox, taskId]);
  if (known?.folderId === folderId) await store.delete([mailbox, taskId]);
}

async function forgetAllAttachments(store: Attachments, { mailbox, id }: Place): Promise<void> {
  const keys = await store.index('places').getAllKeys([mailbox, id]);
  await Promise.all(keys.map((key) => store.delete(key)));
}

function withAhead({ ahead: _before, ...place }: StoredPlace, ahead: readonly string[] | undefined): StoredPlace {
  return ahead === undefined || ahead.length === 0 ? place : { ...place, ahead };
}

async function writeLists(lists: ReturnType<typeof listsOf>, effect: ServerResult): Promise<void> {
  const { mailbox, goneGroup, goneFolder } = effect;
  const change = async (kind: 'groups' | 'folders', after: (items: StoredList['items']) => StoredList['items']) => {
    const stored = listOf(await lists.get([kind, mailbox]));
    if (stored !== undefined) await lists.put({ ...stored, items: after(stored.items) }, [kind, mailbox]);
  };
  if (effect.groups.length > 0 || goneGroup !== null) await change('groups', (items) => updateGroups(items, effect));
  if (effect.folders.length > 0 || goneFolder !== null || goneGroup !== null)
    await change('folders', (items) => updateFolders(items, effect));
}

const listsOf = (tx: Writing) => tx.objectStore('lists');
