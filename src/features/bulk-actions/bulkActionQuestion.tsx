import type { ReactNode } from 'react';
import type { QueuedAction } from '../../data/tasks/useBulkActions.ts';
import type { Importance, Task } from '../../domain/task/task.ts';
import type { TaskProperty } from '../../domain/task/taskKeys.ts';
import type { Day } from '../../domain/time/time.ts';
import { BulkCategoryPicker } from './bulkCategoryPicker.tsx';
import { DayPicker } from './dayPicker.tsx';
import { FolderPicker } from './folderPicker.tsx';
import { ImportancePicker, ReminderPicker, RepeatPicker, StatusPicker } from './propertyPickers.tsx';
import { PurgeTasksDialog } from './purgeTasksDialog.tsx';
import type { useBulkActionHandlers } from './useBulkActionHandlers.ts';
import type { MoveTarget, MoveTargetGroup } from './useMoveTargets.ts';

type Props = {
  action: QueuedAction;
  targets: readonly MoveTargetGroup[];
  isOffline: boolean;
  handlers: ReturnType<typeof useBulkActionHandlers>;
  purge: (tasks: readonly Task[]) => Promise<void>;
  /** Takes the work that the answer has started. */
  onAnswer: (work: Promise<unknown>) => void;
  onClose: () => void;
};

/** The dialog of an action that needs an answer first; nothing for the others. */
export function BulkActionQuestion(props: Props) {
  const { action, isOffline, purge, onAnswer, onClose } = props;
  if (action.kind === 'pick') return <PropertyQuestion {...props} {...action} />;
  if (action.kind !== 'purge' || isOffline) return null;
  return (
    <PurgeTasksDialog
      tasks={action.tasks}
      onConfirm={() => onAnswer(purge(action.tasks).then(action.onPurged))}
      onCancel={onClose}
    />
  );
}

type PropertyProps = Props & Extract<QueuedAction, { kind: 'pick' }>;

function PropertyQuestion({ property, mailbox, tasks, targets, handlers, onAnswer, onClose }: PropertyProps) {
  /** Starts the work with the chosen value. */
  const answer = <Value,>(work: (tasks: readonly Task[], value: Value) => Promise<unknown>) => ({
    tasks,
    onChoose: (value: Value) => onAnswer(work(tasks, value)),
    onClose,
  });
  const pickers: Readonly<Record<TaskProperty, () => ReactNode>> = {
    status: () => <StatusPicker {...answer(handlers.chooseStatus)} />,
    importance: () => <ImportancePicker {...answer((of, value: Importance) => handlers.setImportance(of, value))} />,
    repeat: () => <RepeatPicker {...answer(handlers.setRepeat)} />,
    reminder: () => <ReminderPicker {...answer(handlers.setReminder)} />,
    due: () => <DayPicker field="due" {...answer((of, value: Day | null) => handlers.setDue(of, value))} />,
    start: () => <DayPicker field="start" {...answer((of, value: Day | null) => handlers.setStart(of, value))} />,
    move: () => <FolderPicker targets={targets} {...answer((of, value: MoveTarget) => handlers.move(of, value))} />,
    categories: () => <BulkCategoryPicker mailbox={mailbox} {...answer(handlers.setCategories)} />,
    // These ask nothing: `useBulkActionTasks` does them.
    attach: () => null,
    link: () => null,
  };
  return pickers[property]();
}
