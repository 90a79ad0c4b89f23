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

/** The type of a task drag; the tasks themselves are in `dragged`. */
export const draggedTasksType = 'application/x-threefold-tasks';

/** Queues an action. */
export function useBulkActions(): Omit<BulkActionQueue, 'current' | 'subscribe'> {
  return useSyncEngine().bulkActions;
}

/** For the component that runs queued actions. */
export function useCurrentBulkAction(): QueuedAction | null {
  const { bulkActions } = useSyncEngine();
  return useSyncExternalStore(bulkActions.subscribe, bulkActions.current);
}

/** Long actions on many tasks (`BulkCommands`), and their changes. */
export function useBulkCommands() {
  const { bulk, commands } = useSyncEngine();
  return { bulk, steps: commands.steps };
}
