import type { TaskFolder } from '../../domain/task/task.ts';

/** Drawn while it is open; kept by `key={folder.id}`. */
export type ShareDialogProps = {
  /** A folder of one's own. */
  folder: Pick<TaskFolder, 'id' | 'name'>;
  onClose: () => void;
};
