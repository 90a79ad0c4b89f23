import { isLocalId } from '../../domain/changes/change.ts';
import type { RowChange } from '../../domain/listing/listing.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import type { ReplicaStore, PullStep } from '../storage/replicaStore.ts';
import { StorageError } from '../storage/database.ts';
import type { StoredPlace } from '../storage/database.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { Channel, Ports } from '../platform/ports.ts';
import {
  applyAnswer,
  applyRows,
  createFolderTable,
  isAnswered,
  oncePerRow,
  stateOf,
  withoutStaleRows,
} from './folderTable.ts';
import type { FolderPullState, FolderTable, AnsweredRows } from './folderTable.ts';

/** Told after the rows changed. `state` is null when the folder is forgotten; `isLoading` while more of it follows at once. */
export type ReplicaEvent = {
  place: Place;
  changes: readonly RowChange[];
  state: FolderPullState | null;
  isLoading: boolean;
};

/** What the server last said about every folder, in memory and on this device (docs/architecture.md#local-replica). */
export type Replica = {
  /** The live rows of a folder: the same map as long as the folder is known. */
  rows: (place: Place) => ReadonlyMap<string, Task>;
  state: (place: Place) => FolderPullState;
  onChange: (listener: (event: ReplicaEvent) => void) => () => void;
  /** Rows to draw before the folders they are from are read. */
  preview: (rows: readonly Task[], mailbox: Mailbox) => void;
  /** Reads a folder from this device, once. Never rejects: what cannot be read is read from the server. */
  load: (place: Place) => Promise<FolderPullState>;
  /** Takes answers into memory, each folder told once; on disk they are written with the outbox. */
  applyResults: (effects: readonly ServerResult[]) => void;
  /** The folders of a mailbox that are kept, here or on disk. */
  known: (mailbox: Mailbox) => Promise<readonly string[]>;
  /** Forgets a folder, here and on disk. */
  drop: (place: Place) => Promise<void>;
  /** Resolves when what other tabs have saved so far is here too. */
  broadcastsApplied: () => Promise<void>;
  /** No folder goes on in memory alone because the device refused it. */
  isPersisted: () => boolean;
  reader: ReplicaReader;
  close: () => void;
};

/** For the pull only. */
export type ReplicaReader = {
  table: (place: Place) => FolderTable;
  /** Reads again what another tab has saved, when the disk is ahead of the memory. */
  catchUp: (table: FolderTable) => Promise<void>;
  /** Saves a step and takes it in. False when another tab was quicker: read again, then go on from there. */
  save: (table: FolderTable, step: Omit<PullStep, 'contested' | 'from'>, touched: AnsweredRows) => Promise<boolean>;
  /** What our own answers do to the folder while `readValue` runs. */
  recordDuring: <T>(table: FolderTable, read: (touched: AnsweredRows) => Promise<T>) => Promise<T>;
};

type Options = {
  store: ReplicaStore;
  channel: Channel;
  ports: Pick<Ports, 'pause'>;
  /** The device did not keep what it was given. */
  onStorageError: (error: StorageError) => void;
};

/** Rows in one read: more at once would block keys and painting (docs/performance.md#local-data). */
const pieceSize = 1_000;

type Saved = { kind: 'saved'; place: Place; ids: readonly string[] } | { kind: 'dropped'; place: Place };

export function createReplica({ store, channel, ports, onStorageError }: Options): Replica {
  const tables = new Map<string, FolderTable>();
  const loads = new Map<FolderTable, Promise<FolderPullState>>();
  const listeners = new Set<(event: ReplicaEvent) => void>();

  function tableAt(place: Place): FolderTable {
    const key = placeKey(place);
    let table = tables.get(key);
    if (table === undefined) tables.set(key, (table = createFolderTable({ mailbox: place.mailbox, id: place.id })));
    return table;
  }
  function tell({ place, state }: FolderTable, moves: readonly RowChange[], isLoading = false) {
    for (const listener of listeners) listener({ place, changes: moves, state, isLoading });
  }
  /** False when the disk refused; the folder then goes on in memory. */
  async function kept<T>(table: FolderTable | null, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      if (table !== null) table.isDetached = true;
      onStorageError(error);
      return undefined;
    }
  }

  // ---- From the disk -----------------------------------------------------------------------------------------------------

  async function during<T>(table: FolderTable, read: (touched: AnsweredRows) => Promise<T>): Promise<T> {
    const touched: AnsweredRows = new Map();
    table.readers.add(touched);
    try {
      return await read(touched);
    } finally {
      table.readers.delete(touched);
    }
  }

  /** Reads every row of the disk, in pieces; what was here and is not there goes. */
  async function readAll(table: FolderTable): Promise<void> {
    await during(table, async (touched) => {
      const before = new Set(table.rows.keys());
      table.state = { kind: 'loading', at: table.state.at };
      const stored = await store.place(table.place);
      for (let after: string | null = null, isLast = stored === undefined; !isLast;) {
        const piece: readonly Task[] = await store.rows(table.place, after, pieceSize);
        if (tables.get(placeKey(table.place)) !== table) return;
        for (const { id } of piece) before.delete(id);
        const moves = applyRows(table, withoutStaleRows(touched, piece));
        isLast = piece.length < pieceSize;
        tell(table, moves, true);
        after = piece.at(-1)?.id ?? null;
        if (!isLast) await ports.pause();
      }
      const gone = [...before].filter((id) => !isAnswered(touched, id));
      table.stored = stored;
      table.state = stateOf(table);
      tell(table, applyRows(table, [], gone));
    });
  }

  function load(place: Place): Promise<FolderPullState> {
    const table = tableAt(place);
    let loading = loads.get(table);
    if (loading === undefined) {
      loading = kept(table, () => readAll(table)).then(() => {
        if (table.state.kind === 'loading') table.state = stateOf(table);
        return table.state;
      });
      loads.set(table, loading);
    }
    return loading;
  }

  // ---- Other tabs --------------------------------------------------------------------------------------------------------

  async function hear(message: unknown) {
    if (!isSaved(message)) return;
    const table = tables.get(placeKey(message.place));
    if (table === undefined) return;
    if (message.kind === 'dropped') return forget(table);
    if (!loads.has(table)) return;
    await load(table.place);
    await kept(table, () =>
      during(table, async (touched) => {
        for (;;) {
          const before = table.stored;
          const { rows, place } = await store.rowsById(table.place, message.ids);
          // A step of our own came between: what was read may be older.
          if (before !== table.stored) continue;
          if (place === undefined) return;
          const gone = message.ids.filter((id, at) => rows[at] === undefined && !isAnswered(touched, id));
          for (const id of message.ids) table.unconfirmed.delete(id);
          table.stored = place;
          table.state = stateOf(table);
          return tell(table, applyRows(table, withoutStaleRows(touched, rows.filter(isThere)), gone));
        }
      }),
    );
  }
  let hearing: Promise<void> = Promise.resolve();
  const stopHearing = channel.onMessage((message) => {
    hearing = hearing.then(() => hear(message));
  });
  const post = (message: Saved) => channel.post(message);

  function forget(table: FolderTable) {
    tables.delete(placeKey(table.place));
    loads.delete(table);
    const moves = [...table.rows.values()].map((before) => ({ before, after: undefined }));
    table.rows.clear();
    for (const listener of listeners) listener({ place: table.place, changes: moves, state: null, isLoading: false });
  }

  /** The browser threw the folder away while it was open here, or has an older one: it is written again from memory. */
  async function restore(table: FolderTable, place: StoredPlace, over?: StoredPlace): Promise<void> {
    const rows = [...table.rows.values()];
    const [contested, none] = [new Set<string>(), new Set<string>()];
    for (let at = 0; at === 0 || at < rows.length; at += pieceSize) {
      const puts = rows.slice(at, at + pieceSize);
      const isFirst = at === 0;
      const from = isFirst ? over?.cursor : null;
      await store.save(table.place, {
        from,
        puts,
        removed: [],
        // Not before all of it is there may the disk say so.
        place: { ...place, cursor: null, isComplete: false },
        confirmed: none,
        contested,
      });
      await ports.pause();
    }
    const gone: string[] = [];
    for (let after: string | null = null, isLast = over === undefined; !isLast; await ports.pause()) {
      const piece: readonly Task[] = await store.rows(table.place, after, pieceSize);
      gone.push(...piece.flatMap(({ id }) => (table.rows.has(id) ? [] : [id])));
      isLast = piece.length < pieceSize;
      after = piece.at(-1)?.id ?? null;
    }
    // What was named while there was no room is not waited for any more.
    const settled = new Set(over?.ahead?.filter((id) => !table.unconfirmed.has(id)));
    await store.save(table.place, { from: null, puts: [], removed: gone, place, confirmed: settled, contested });
  }

  /**
   * Is there room again? Then a folder that went on in memory is written anew from there, over what the disk has of it, which is
   * older and has a gap, and is all there is as long as there is no room. Says whether it is.
   */
  async function reattach(table: FolderTable): Promise<boolean> {
    const { stored } = table;
    table.isDetached = false;
    if (stored === undefined) return true;
    const isBack = await kept(table, async () => {
      await restore(table, stored, await store.place(table.place));
      return true;
    });
    return isBack === true;
  }

  /** The disk knows what the rounds of other tabs have named; a row that it does not have is known to this tab alone. */
  async function reconcile(table: FolderTable): Promise<void> {
    const before = new Set(table.unconfirmed);
    const ahead = new Set((await store.place(table.place))?.ahead);
    const own = [...before].filter((id) => !ahead.has(id));
    const { rows } = own.length === 0 ? { rows: [] } : await store.rowsById(table.place, own);
    const loose = own.filter((_id, at) => rows[at] === undefined);
    const since = [...table.unconfirmed].filter((id) => !before.has(id));
    table.unconfirmed = new Set([...ahead, ...loose, ...since]);
  }

  // ---- To the disk -------------------------------------------------------------------------------------------------------

  async function save(
    table: FolderTable,
    step: Omit<PullStep, 'contested' | 'from'>,
    touched: AnsweredRows,
  ): Promise<boolean> {
    const contested = new Set(touched.keys());
    if (!table.isDetached) {
      const from = table.stored?.cursor;
      const isSaved = await kept(table, () => store.save(table.place, { ...step, from, contested }));
      if (isSaved === false) return false;
    }
    for (const id of step.confirmed) table.unconfirmed.delete(id);
    table.stored = step.place;
    table.state = stateOf(table);
    tell(table, applyRows(table, withoutStaleRows(touched, step.puts), step.removed));
    const ids = [...step.puts.map(({ id }) => id), ...step.removed];
    if (!table.isDetached) post({ kind: 'saved', place: table.place, ids });
    return true;
  }

  // ---- Our own answers ---------------------------------------------------------------------------------------------------

  function takeRows(table: FolderTable, { mailbox, tasks, goneTasks }: ServerResult): RowChange[] {
    if (mailbox !== table.place.mailbox) return [];
    const isHere = ({ folderId }: { folderId: string }) => folderId === table.place.id;
    return applyAnswer(
      table,
      tasks.filter(isHere),
      goneTasks.filter(isHere).map(({ id }) => id),
    );
  }

  function takeFolders({ mailbox, change, folders, goneFolder }: ServerResult) {
    for (const { id } of change.kind === 'createFolder' ? folders : []) {
      const table = tableAt({ mailbox, id });
      if (table.state.kind !== 'none') continue;
      // Made just now: known to be empty, with nothing to wait for.
      loads.set(table, Promise.resolve(table.state));
      table.stored = { cursor: null, isComplete: true, at: '' };
      table.state = stateOf(table);
      tell(table, []);
    }
    const table = goneFolder === null ? undefined : tables.get(placeKey({ mailbox, id: goneFolder }));
    if (table !== undefined) forget(table);
  }

  return {
    rows: (place) => tableAt(place).rows,
    state: (place) => tables.get(placeKey(place))?.state ?? { kind: 'none', at: null },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    preview(rows, mailbox) {
      for (const task of rows) {
        const table = tableAt({ mailbox, id: task.folderId });
        if (!loads.has(table) && !isLocalId(task.id)) applyRows(table, [task]);
      }
    },
    load,
    applyResults(effects) {
      const touched = effects.flatMap(({ mailbox, tasks, goneTasks }) =>
        [...tasks, ...goneTasks].map(({ folderId }) => placeKey({ mailbox, id: folderId })),
      );
      // Told before the next folder changes: whoever is told of one looks at them all.
      for (const key of new Set(touched)) {
        const table = tables.get(key);
        const moves = table === undefined ? [] : effects.flatMap((effect) => takeRows(table, effect));
        if (table !== undefined && moves.length > 0) tell(table, oncePerRow(moves));
      }
      for (const effect of effects) takeFolders(effect);
    },
    async known(mailbox) {
      const here = [...tables.values()].filter(({ place }) => place.mailbox === mailbox).map(({ place }) => place.id);
      return [...new Set([...here, ...((await kept(null, () => store.knownFolders(mailbox))) ?? [])])];
    },
    async drop(place) {
      const table = tables.get(placeKey(place));
      if (table !== undefined) forget(table);
      await kept(null, () => store.drop(place));
      post({ kind: 'dropped', place });
    },
    broadcastsApplied: () => hearing,
    isPersisted: () => [...tables.values()].every(({ isDetached }) => !isDetached),
    reader: {
      table: tableAt,
      async catchUp(table) {
        if (table.isDetached && !(await reattach(table))) return;
        await kept(table, async () => {
          const stored = await store.place(table.place);
          if (stored === undefined && table.stored !== undefined) await restore(table, table.stored);
          else if (stored?.cursor !== table.stored?.cursor) await readAll(table);
          await reconcile(table);
        });
      },
      save,
      recordDuring: during,
    },
    close() {
      stopHearing();
      channel.close();
    },
  };
}

export const placeKey = ({ mailbox, id }: Place) => `${mailbox}\n${id}`;

function isThere(task: Task | undefined): task is Task {
  return task !== undefined;
}

/** Only this app posts on the channel; a tab with another version may post what this one does not know. */
function isSaved(message: unknown): message is Saved {
  if (typeof message !== 'object' || message === null || !('kind' in message) || !('place' in message)) return false;
  return message.kind === 'dropped' || (message.kind === 'saved' && 'ids' in message && Array.isArray(message.ids));
}
