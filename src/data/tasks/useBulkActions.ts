import { useSyncExternalStore } from 'react';
import { useSyncEngine } from '../dataProvider.tsx';
import type { QueuedAction, BulkActionQueue } from '../../sync/commands/bulkActionQueue.ts';

export type {
  AddTasksAction,
  QueuedAction,
  DraggedTasks,
  MoveFolderAction,
  UndoableAction,
} from '../../sync/commands/bulkActionQueue.ts';
export type { AppliedChange } from '../../sync/commands/bulkCommands.ts';
export type { PlannedChange } from '../../sync/commands/changeFactory.ts';

/** What the browser knows a drag of tasks by; the tasks themselves are `carried`. */
export const draggedTasksType = 'application/x-threefold-tasks';

/** To ask for something to be done. */
export function useBulkActions(): Omit<BulkActionQueue, 'current' | 'subscribe'> {
  return useSyncEngine().bulkActions;
}

/** For the one place that does them. */
export function useCurrentBulkAction(): QueuedAction | null {
  const { bulkActions } = useSyncEngine();
  return useSyncExternalStore(bulkActions.subscribe, bulkActions.current);
}

/** Long work on many tasks (`BulkCommands`), and the steps it is made of. */
export function useBulkCommands() {
  const { bulk, commands } = useSyncEngine();
  return { bulk, steps: commands.steps };
}
