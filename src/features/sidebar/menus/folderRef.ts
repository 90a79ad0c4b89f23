import type { FolderEdit } from '../state/useFolderEdits.ts';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';
import type { TaskFolder, TaskGroup } from '../../../domain/task/task.ts';

export type OwnFolderRef = { kind: 'group'; group: TaskGroup } | { kind: 'folder'; folder: TaskFolder };
export type FolderRef = OwnFolderRef | { kind: 'shared'; shared: SharedFolder };

export type FolderMenuOptions = {
  start: (editing: FolderEdit) => void;
  askDelete: (place: OwnFolderRef) => void;
  askLeave: (shared: SharedFolder) => void;
  /** Opens the sharing of an own folder. */
  onShare: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
};
