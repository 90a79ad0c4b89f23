import type { Importance } from '../../../domain/task/task.ts';
import type { TaskKeyCommand } from '../../../domain/task/taskKeys.ts';

export type SelectionBarProps = {
  count: number;
  /** The importance of all selected tasks; null where they differ. */
  importance: Importance | null;
  onCommand: (command: TaskKeyCommand | 'duplicate') => void;
  onImportance: (importance: Importance) => void;
  onAll: () => void;
  onClear: () => void;
};
