import type { Task } from '../../../domain/task/task.ts';
import type { TaskActions } from '../commands/useTaskActions.ts';
import type { RowTarget } from '../row/rowTarget.ts';

/** The row whose menu is open. `due` is the short menu of the calendar tool. */
export type OpenTaskMenu = {
  kind: 'all' | 'due';
  target: RowTarget;
  anchor: Element;
  at: { x: number; y: number } | null;
};

export type TaskMenuProps = {
  menu: OpenTaskMenu | null;
  actions: Pick<TaskActions, 'remove' | 'setDue' | 'setImportance'>;
  /** How many tasks it acts on: 1, or the size of the selection. */
  count: number;
  isReadOnly: boolean;
  onToggle: (target: RowTarget) => void;
  onBulkAction: (kind: 'move' | 'duplicate' | 'purge' | 'categories', task: Task) => void;
  onCopyLink: (task: Task) => void;
  onOpen: (task: Task) => void;
  onClose: () => void;
};
