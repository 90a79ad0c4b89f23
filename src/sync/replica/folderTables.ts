import { createEmitter } from '../../domain/async/observable.ts';
import type { RowChange } from '../../domain/listing/listing.ts';
import type { Place } from '../../domain/task/task.ts';
import { createFolderTable, placeKey } from './folderTable.ts';
import type { FolderPullState, FolderTable } from './folderTable.ts';

/** Emitted after rows changed. `state` is null when the folder is forgotten; `isLoading` while more of it follows at once. */
export type ReplicaEvent = {
  place: Place;
  changes: readonly RowChange[];
  state: FolderPullState | null;
  isLoading: boolean;
};

/** The folder tables in memory, and the listeners to their changes. */
export type FolderTables = {
  all: () => readonly FolderTable[];
  find: (place: Place) => FolderTable | undefined;
  /** Creates the table where there is none. */
  at: (place: Place) => FolderTable;
  notify: (table: FolderTable, changes: readonly RowChange[], isLoading?: boolean) => void;
  remove: (table: FolderTable) => void;
  onChange: (listener: (event: ReplicaEvent) => void) => () => void;
};

export function createFolderTables(): FolderTables {
  const tables = new Map<string, FolderTable>();
  const { subscribe, emit } = createEmitter<[event: ReplicaEvent]>();
  return {
    all: () => [...tables.values()],
    find: (place) => tables.get(placeKey(place)),
    at(place) {
      const key = placeKey(place);
      let table = tables.get(key);
      if (table === undefined) tables.set(key, (table = createFolderTable({ mailbox: place.mailbox, id: place.id })));
      return table;
    },
    notify: ({ place, state }, changes, isLoading = false) => void emit({ place, changes, state, isLoading }),
    remove(table) {
      tables.delete(placeKey(table.place));
      const changes = [...table.rows.values()].map((before) => ({ before, after: undefined }));
      table.rows.clear();
      emit({ place: table.place, changes, state: null, isLoading: false });
    },
    onChange: subscribe,
  };
}
