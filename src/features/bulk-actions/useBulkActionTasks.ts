import { useLingui } from '@lingui/react/macro';
import type { QueuedAction } from '../../data/tasks/useBulkActions.ts';
import type { Mailbox } from '../../domain/task/task.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import { useAddTasks } from './useAddTasks.ts';
import type { useBatchJob } from './useBatchJob.ts';
import { useBulkActionHandlers } from './useBulkActionHandlers.ts';
import { useDuplicateTasks } from './useDuplicateTasks.ts';
import type { MoveTargetGroup } from './useMoveTargets.ts';
import { usePropertiesWithoutQuestion } from './usePropertiesWithoutQuestion.ts';
import { usePurgeTasks } from './usePurgeTasks.ts';

type Input = {
  mailbox: Mailbox;
  job: ReturnType<typeof useBatchJob>;
  targets: readonly MoveTargetGroup[];
  isOffline: boolean;
};

/** What each kind of bulk action does. */
export function useBulkActionTasks({ mailbox, job, targets, isOffline }: Input) {
  const { t } = useLingui();
  const handlers = useBulkActionHandlers(job.run);
  const duplicate = useDuplicateTasks(mailbox, job.run);
  const purge = usePurgeTasks(mailbox, job.setProgress);
  const askNothing = usePropertiesWithoutQuestion();
  const addTasks = useAddTasks(job.run);

  /** Starts the action's work; null for an action that waits for an answer. */
  function start(action: QueuedAction): Promise<unknown> | null {
    switch (action.kind) {
      case 'complete':
        return handlers.complete(action.tasks);
      case 'delete':
        return handlers.remove(action.tasks);
      case 'duplicate':
        return duplicate(action.tasks);
      case 'start':
        return handlers.setStart(action.tasks, action.day);
      case 'due':
        return handlers.setDue(action.tasks, action.day);
      case 'postpone':
        return handlers.postpone(action.tasks, action.days);
      case 'reminderOff':
        return handlers.reminderOff(action.tasks);
      case 'status':
        return handlers.chooseStatus(action.tasks, action.status);
      case 'categories':
        return handlers.setCategories(action.tasks, action);
      case 'importance':
        return handlers.setImportance(action.tasks, action.importance);
      case 'move': {
        const folder = targets.flatMap(({ folders }) => folders).find(({ id }) => id === action.toFolderId);
        return folder === undefined ? Promise.resolve() : handlers.move(action.tasks, folder);
      }
      case 'add':
        return addTasks(action);
      case 'purge':
        return isOffline ? refuseOffline() : null;
      case 'pick':
        return askNothing(action);
    }
  }

  function refuseOffline(): Promise<void> {
    toasts.show({ text: t`Deleting permanently needs the network. Nothing was deleted.` });
    return Promise.resolve();
  }

  return { start, handlers, purge, refuseOffline };
}
