import { useSyncExternalStore } from 'react';
import { useSyncEngine } from '../dataProvider.tsx';
import type { QueuedAction, BulkActionQueue } from '../../sync/commands/bulkActionQueue.ts';

export type { AddTasksAction, DraggedTasks, EnteredTask, QueuedAction } from '../../sync/commands/bulkActionQueue.ts';

/** The type of a task drag; the tasks themselves are in `dragged`. */
export const draggedTasksType = 'application/x-threefold-tasks';

/** Queues an action. */
export function useBulkActions(): Pick<BulkActionQueue, 'enqueue' | 'complete' | 'setDragged' | 'dragged'> {
  return useSyncEngine().bulkActions;
}

/** For the component that runs queued actions. */
export function useCurrentBulkAction(): QueuedAction | null {
  const { bulkActions } = useSyncEngine();
  return useSyncExternalStore(bulkActions.subscribe, bulkActions.current);
}
