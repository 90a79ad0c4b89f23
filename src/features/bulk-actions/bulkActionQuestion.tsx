import type { QueuedAction } from '../../data/tasks/useBulkActions.ts';
import type { Task } from '../../domain/task/task.ts';
import { BulkCategoryPicker } from './bulkCategoryPicker.tsx';
import { DueDatePicker } from './dueDatePicker.tsx';
import { FolderPicker } from './folderPicker.tsx';
import { PurgeTasksDialog } from './purgeTasksDialog.tsx';
import type { useBulkActionHandlers } from './useBulkActionHandlers.ts';
import type { MoveTargetGroup } from './useMoveTargets.ts';

type Props = {
  action: QueuedAction;
  targets: readonly MoveTargetGroup[];
  isOffline: boolean;
  handlers: Pick<ReturnType<typeof useBulkActionHandlers>, 'move' | 'setDue' | 'setCategories'>;
  purge: (tasks: readonly Task[]) => Promise<void>;
  /** Takes the work that the answer has started. */
  onAnswer: (work: Promise<unknown>) => void;
  onClose: () => void;
};

/** The dialog of an action that needs an answer first; nothing for the others. */
export function BulkActionQuestion({ action, targets, isOffline, handlers, purge, onAnswer, onClose }: Props) {
  switch (action.kind) {
    case 'pickFolder':
      return (
        <FolderPicker
          tasks={action.tasks}
          targets={targets}
          onChoose={(folder) => onAnswer(handlers.move(action.tasks, folder))}
          onClose={onClose}
        />
      );
    case 'pickDue':
      return (
        <DueDatePicker
          tasks={action.tasks}
          onChoose={(day) => onAnswer(handlers.setDue(action.tasks, day))}
          onClose={onClose}
        />
      );
    case 'pickCategories':
      return (
        <BulkCategoryPicker
          mailbox={action.mailbox}
          tasks={action.tasks}
          onChoose={(choice) => onAnswer(handlers.setCategories(action.tasks, choice))}
          onClose={onClose}
        />
      );
    case 'purge':
      return isOffline ? null : (
        <PurgeTasksDialog
          tasks={action.tasks}
          onConfirm={() => onAnswer(purge(action.tasks).then(action.onPurged))}
          onCancel={onClose}
        />
      );
    default:
      return null;
  }
}
