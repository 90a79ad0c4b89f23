import type { Place } from '../../domain/task/task.ts';
import type { Channel } from '../platform/ports.ts';
import type { ReplicaStore } from '../storage/replicaStore.ts';
import type { FolderPersistence } from './folderPersistence.ts';
import { applyRows, isAnswered, recordDuring, stateOf, withoutStaleRows } from './folderTable.ts';
import type { FolderTable } from './folderTable.ts';
import type { FolderTables } from './folderTables.ts';
import { reportFault } from '../platform/reportFault.ts';

/** What tabs tell each other of the replica on disk. */
export type ReplicaMessage =
  { kind: 'saved'; place: Place; ids: readonly string[] } | { kind: 'dropped'; place: Place };

type Options = {
  channel: Channel;
  tables: FolderTables;
  persistence: FolderPersistence;
  store: Pick<ReplicaStore, 'rowsById'>;
};

/** Applies what other tabs have saved. `applied` resolves when everything received so far is here, or was reported. */
export function listenToTabs({ channel, tables, persistence, store }: Options) {
  async function readSaved(table: FolderTable, ids: readonly string[]): Promise<void> {
    await recordDuring(table, async (answered) => {
      for (;;) {
        const before = table.stored;
        const { rows, place } = await store.rowsById(table.place, ids);
        // This tab saved a step meanwhile: what was read may be older.
        if (before !== table.stored) continue;
        if (place === undefined) return;
        const removed = ids.filter((id, at) => rows[at] === undefined && !isAnswered(answered, id));
        for (const id of ids) table.unconfirmed.delete(id);
        table.stored = place;
        table.state = stateOf(table);
        const there = rows.filter((task) => task !== undefined);
        return tables.notify(table, applyRows(table, withoutStaleRows(answered, there), removed));
      }
    });
  }

  async function receive(message: unknown) {
    if (!isReplicaMessage(message)) return;
    const table = tables.find(message.place);
    if (table === undefined) return;
    if (message.kind === 'dropped') return tables.remove(table);
    if (table.loading === null) return;
    await persistence.load(table);
    await persistence.attempt(table, () => readSaved(table, message.ids));
  }
  let applied: Promise<void> = Promise.resolve();
  const stop = channel.onMessage((message) => {
    applied = applied.then(() => receive(message)).catch(reportFault);
  });
  return {
    applied: () => applied,
    post: (message: ReplicaMessage) => channel.post(message),
    stop,
  };
}

/** A tab with another version of the app may post messages this one does not know. */
function isReplicaMessage(message: unknown): message is ReplicaMessage {
  if (typeof message !== 'object' || message === null || !('kind' in message) || !('place' in message)) return false;
  return message.kind === 'dropped' || (message.kind === 'saved' && 'ids' in message && Array.isArray(message.ids));
}
