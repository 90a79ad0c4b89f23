import { isLocalId } from '../../domain/changes/change.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import type { Channel, Ports } from '../platform/ports.ts';
import type { StorageError } from '../storage/database.ts';
import type { ReplicaStore } from '../storage/replicaStore.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import { applyResultsTo } from './applyResults.ts';
import { createFolderPersistence } from './folderPersistence.ts';
import type { FolderPersistence } from './folderPersistence.ts';
import { applyRows } from './folderTable.ts';
import type { FolderPullState, FolderTable } from './folderTable.ts';
import { createFolderTables } from './folderTables.ts';
import type { FolderTables } from './folderTables.ts';
import { listenToTabs } from './replicaBroadcast.ts';

/** What the server last said about every folder, in memory and on this device (docs/architecture.md#local-replica). */
export type Replica = {
  /** The live rows of a folder: the same map as long as the folder is known. */
  rows: (place: Place) => ReadonlyMap<string, Task>;
  /** The folder that has the task; undefined where none in memory does. */
  folderOf: (mailbox: Mailbox, taskId: string) => string | undefined;
  state: (place: Place) => FolderPullState;
  onChange: FolderTables['onChange'];
  /** Rows to draw before the folders they are from are read. */
  preview: (rows: readonly Task[], mailbox: Mailbox) => void;
  /** Reads a folder from this device, once. Never rejects: what cannot be read is read from the server. */
  load: (place: Place) => Promise<FolderPullState>;
  /** Applies responses in memory, with one event per folder; on disk the outbox writes them. */
  applyResults: (results: readonly ServerResult[]) => void;
  /** The folders of a mailbox that are kept, here or on disk. */
  known: (mailbox: Mailbox) => Promise<readonly string[]>;
  /** Forgets a folder, here and on disk. */
  drop: (place: Place) => Promise<void>;
  /** Resolves when what other tabs have saved so far is here too. */
  broadcastsApplied: () => Promise<void>;
  /** False while a folder goes on in memory alone because the device refused it. */
  isPersisted: () => boolean;
  reader: ReplicaReader;
  close: () => void;
};

/** For the pull only. */
export type ReplicaReader = Pick<FolderPersistence, 'catchUp' | 'save'> & { table: (place: Place) => FolderTable };

type Options = {
  store: ReplicaStore;
  channel: Channel;
  ports: Pick<Ports, 'pause'>;
  /** The device did not keep what it was given. */
  onStorageError: (error: StorageError) => void;
};

export function createReplica({ store, channel, ports, onStorageError }: Options): Replica {
  const tables = createFolderTables();
  const persistence = createFolderPersistence({ tables, store, ports, onStorageError });
  const tabs = listenToTabs({ channel, tables, persistence, store });
  return {
    rows: (place) => tables.at(place).rows,
    folderOf: (mailbox, id) =>
      tables.all().find(({ place, rows }) => place.mailbox === mailbox && rows.has(id))?.place.id,
    state: (place) => tables.find(place)?.state ?? { kind: 'none', at: null },
    onChange: tables.onChange,
    preview(rows, mailbox) {
      for (const task of rows) {
        const table = tables.at({ mailbox, id: task.folderId });
        if (table.loading === null && !isLocalId(task.id)) applyRows(table, [task]);
      }
    },
    load: (place) => persistence.load(tables.at(place)),
    applyResults: (results) => applyResultsTo(tables, results),
    async known(mailbox) {
      const here = tables.all().flatMap(({ place }) => (place.mailbox === mailbox ? [place.id] : []));
      const onDisk = await persistence.attempt(null, () => store.knownFolders(mailbox));
      return [...new Set([...here, ...(onDisk ?? [])])];
    },
    async drop(place) {
      const table = tables.find(place);
      if (table !== undefined) tables.remove(table);
      await persistence.attempt(null, () => store.drop(place));
      tabs.post({ kind: 'dropped', place });
    },
    broadcastsApplied: tabs.applied,
    isPersisted: () => tables.all().every(({ isDetached }) => !isDetached),
    reader: {
      table: tables.at,
      catchUp: persistence.catchUp,
      async save(table, step, answered) {
        if (!(await persistence.save(table, step, answered))) return false;
        const ids = [...step.puts.map(({ id }) => id), ...step.removed];
        if (!table.isDetached) tabs.post({ kind: 'saved', place: table.place, ids });
        return true;
      },
    },
    close() {
      tabs.stop();
      channel.close();
    },
  };
}
