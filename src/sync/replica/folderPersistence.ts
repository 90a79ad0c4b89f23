import type { Ports } from '../platform/ports.ts';
import { StorageError } from '../storage/database.ts';
import type { StoredPlace } from '../storage/database.ts';
import type { PullStep, ReplicaStore, StoredRows } from '../storage/replicaStore.ts';
import { applyRows, isAnswered, recordDuring, stateOf, withoutStaleRows } from './folderTable.ts';
import type { AnsweredRows, FolderPullState, FolderTable } from './folderTable.ts';
import type { FolderTables } from './folderTables.ts';

/** What the pull hands over; the cursor it goes on from and the contested rows are known here. */
export type PulledStep = Omit<PullStep, 'contested' | 'from'>;

/** Folder tables and their rows on disk. A folder that the disk refuses goes on in memory. */
export type FolderPersistence = {
  /** Runs work on the disk; undefined when the disk refused it. */
  attempt: <T>(table: FolderTable | null, work: () => Promise<T>) => Promise<T | undefined>;
  /** Reads the folder once. Never rejects. */
  load: (table: FolderTable) => Promise<FolderPullState>;
  /** Reads again what another tab has saved, or writes what the browser has evicted. */
  catchUp: (table: FolderTable) => Promise<void>;
  /** Saves the step and applies it to the table. False when another tab has moved the cursor: nothing was saved. */
  save: (table: FolderTable, step: PulledStep, answered: AnsweredRows) => Promise<boolean>;
};

type Options = {
  tables: FolderTables;
  store: ReplicaStore;
  ports: Pick<Ports, 'pause'>;
  onStorageError: (error: StorageError) => void;
};

/** Rows in one read: more at once would block keys and painting (docs/performance.md#local-data). */
const chunkSize = 1_000;

export function createFolderPersistence({ tables, store, ports, onStorageError }: Options): FolderPersistence {
  async function attempt<T>(table: FolderTable | null, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      if (table !== null) table.isDetached = true;
      onStorageError(error);
      return undefined;
    }
  }

  /** Reads every row of the disk, in chunks, and removes the others. */
  async function readAll(table: FolderTable): Promise<void> {
    await recordDuring(table, async (answered) => {
      const unread = new Set(table.rows.keys());
      table.state = { kind: 'loading', at: table.state.at };
      let stored = await store.place(table.place);
      let isDamaged = false;
      for (let after: string | null = null, isLast = stored === undefined; !isLast;) {
        const chunk: StoredRows = await store.rows(table.place, after, chunkSize);
        if (tables.find(table.place) !== table) return;
        for (const { id } of chunk.rows) unread.delete(id);
        const changes = applyRows(table, withoutStaleRows(answered, chunk.rows));
        after = chunk.next;
        isLast = after === null;
        isDamaged ||= chunk.isDamaged;
        tables.notify(table, changes, true);
        if (!isLast) await ports.pause();
      }
      if (isDamaged) stored = await store.place(table.place);
      const removed = [...unread].filter((id) => !isAnswered(answered, id));
      table.stored = stored;
      table.state = stateOf(table);
      tables.notify(table, applyRows(table, [], removed));
    });
  }

  /**
   * Is there room again? Then writes the folder from memory over what the disk has, which is older. Says whether the disk
   * took it.
   */
  async function reattach(table: FolderTable): Promise<boolean> {
    const { stored } = table;
    table.isDetached = false;
    if (stored === undefined) return true;
    const isSaved = await attempt(table, async () => {
      await writeAll(store, ports, table, stored, await store.place(table.place));
      return true;
    });
    return isSaved === true;
  }

  /** The disk knows which rows the pulls of other tabs have confirmed; a row it lacks is known to this tab alone. */
  async function mergeUnconfirmed(table: FolderTable): Promise<void> {
    const before = new Set(table.unconfirmed);
    const onDisk = new Set((await store.place(table.place))?.ahead);
    const own = [...before].filter((id) => !onDisk.has(id));
    const { rows } = own.length === 0 ? { rows: [] } : await store.rowsById(table.place, own);
    const unsaved = own.filter((_id, at) => rows[at] === undefined);
    const added = [...table.unconfirmed].filter((id) => !before.has(id));
    table.unconfirmed = new Set([...onDisk, ...unsaved, ...added]);
  }

  return {
    attempt,
    load: (table) =>
      (table.loading ??= attempt(table, () => readAll(table)).then(() => {
        if (table.state.kind === 'loading') table.state = stateOf(table);
        return table.state;
      })),
    async catchUp(table) {
      if (table.isDetached && !(await reattach(table))) return;
      await attempt(table, async () => {
        const stored = await store.place(table.place);
        if (stored === undefined && table.stored !== undefined) await writeAll(store, ports, table, table.stored);
        else if (stored?.cursor !== table.stored?.cursor) await readAll(table);
        await mergeUnconfirmed(table);
      });
    },
    async save(table, step, answered) {
      const contested = new Set(answered.keys());
      if (!table.isDetached) {
        const from = table.stored?.cursor;
        const isSaved = await attempt(table, () => store.save(table.place, { ...step, from, contested }));
        if (isSaved === false) return false;
      }
      for (const id of step.confirmed) table.unconfirmed.delete(id);
      table.stored = step.place;
      table.state = stateOf(table);
      tables.notify(table, applyRows(table, withoutStaleRows(answered, step.puts), step.removed));
      return true;
    },
  };
}

/** Writes a folder from memory: the browser has evicted it, or has the older state `over`. */
async function writeAll(
  store: ReplicaStore,
  ports: Pick<Ports, 'pause'>,
  table: FolderTable,
  place: StoredPlace,
  over?: StoredPlace,
): Promise<void> {
  const rows = [...table.rows.values()];
  const [contested, none] = [new Set<string>(), new Set<string>()];
  for (let at = 0; at === 0 || at < rows.length; at += chunkSize) {
    await store.save(table.place, {
      from: at === 0 ? over?.cursor : null,
      puts: rows.slice(at, at + chunkSize),
      removed: [],
      // The disk may not say so before all of it is there.
      place: { ...place, cursor: null, isComplete: false },
      confirmed: none,
      contested,
    });
    await ports.pause();
  }
  const removed: string[] = [];
  for (let after: string | null = null, isLast = over === undefined; !isLast; await ports.pause()) {
    const chunk: StoredRows = await store.rows(table.place, after, chunkSize);
    removed.push(...chunk.rows.flatMap(({ id }) => (table.rows.has(id) ? [] : [id])));
    after = chunk.next;
    isLast = after === null;
  }
  // Rows that were confirmed while there was no room.
  const confirmed = new Set(over?.ahead?.filter((id) => !table.unconfirmed.has(id)));
  await store.save(table.place, { from: null, puts: [], removed, place, confirmed, contested });
}
