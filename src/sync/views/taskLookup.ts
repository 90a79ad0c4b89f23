import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import type { TaskIndex } from '../../domain/listing/listing.ts';
import type { FolderOverlay } from './folderOverlay.ts';

type IndexedFolder = { place: Place; rows: FolderOverlay };

/** Finds tasks across `folders`, a live map. */
export function createTaskLookup<F extends IndexedFolder>(folders: ReadonlyMap<string, F>) {
  const ownFolders = () => [...folders.values()].filter(({ place }) => place.mailbox === 'me');

  function find(mailbox: Mailbox, id: string): Task | undefined {
    for (const { place, rows } of folders.values()) {
      const task = place.mailbox === mailbox ? rows.get(id) : undefined;
      if (task !== undefined) return task;
    }
    return undefined;
  }

  /** The current rows of the own mailbox's folders. */
  const ownRows: TaskIndex = {
    get size() {
      return ownFolders().reduce((sum, { rows }) => sum + rows.size, 0);
    },
    get: (id) => find('me', id),
    has: (id) => find('me', id) !== undefined,
    *values(): MapIterator<Task> {
      for (const { rows } of ownFolders()) yield* rows.values();
    },
  };

  return { find, ownFolders, ownRows };
}
