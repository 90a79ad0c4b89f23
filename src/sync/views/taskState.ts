import type { PendingState } from '../../domain/listing/listing.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import type { Observable } from '../../domain/async/observable.ts';
import { placeKey } from '../replica/folderTable.ts';
import { createTaskLookup } from './taskLookup.ts';
import type { ViewFolder } from './viewFolders.ts';

/** A task as it is shown; `isPending` while the folder that may hold it is not loaded. */
export type TaskState = { task: Task | undefined; pendingState: 'saved' | PendingState; isPending: boolean };

const missingTask: TaskState = { task: undefined, pendingState: 'saved', isPending: false };

type Input = {
  folders: ReadonlyMap<string, ViewFolder>;
  /** Folders of the own mailbox are still being pulled, and nothing prevents it. */
  isReading: () => boolean;
  /** To any change of rows, ops or folders. */
  subscribe: Observable<unknown>['subscribe'];
};

/** Single tasks by id. `folderId` is where the task is expected; every folder of the mailbox is searched after it. */
export function createTaskStates({ folders, isReading, subscribe }: Input) {
  const { find } = createTaskLookup(folders);

  function stateOf(mailbox: Mailbox, id: string, folderId: string | null): TaskState {
    const folder = folderId === null ? undefined : folders.get(placeKey({ mailbox, id: folderId }));
    const task = folder?.rows.get(id) ?? find(mailbox, id);
    if (task !== undefined) {
      const pending = folders.get(placeKey({ mailbox, id: task.folderId }))?.pending.get(id);
      return { task, pendingState: pending ?? 'saved', isPending: false };
    }
    const isPending = folder === undefined ? isReading() : !folder.isLoaded && folder.failure === null;
    return isPending ? { ...missingTask, isPending } : missingTask;
  }

  function observe(mailbox: Mailbox, id: string, folderId: string | null): Observable<TaskState> {
    let last = stateOf(mailbox, id, folderId);
    return {
      subscribe,
      current() {
        const next = stateOf(mailbox, id, folderId);
        const isSame =
          next.task === last.task && next.pendingState === last.pendingState && next.isPending === last.isPending;
        if (!isSame) last = next;
        return last;
      },
    };
  }

  return { find, observe };
}
