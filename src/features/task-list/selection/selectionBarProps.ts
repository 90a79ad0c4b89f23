import type { Importance } from '../../../domain/task/task.ts';
import type { TaskCommand } from '../commands/taskCommand.ts';

export type SelectionBarProps = {
  count: number;
  /** The importance of all selected tasks; null where they differ. */
  importance: Importance | null;
  onCommand: (command: Exclude<TaskCommand, 'open' | 'link'> | 'duplicate') => void;
  onImportance: (importance: Importance) => void;
  onAll: () => void;
  onClear: () => void;
};
