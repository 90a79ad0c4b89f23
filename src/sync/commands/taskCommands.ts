import type { Mailbox, Task, TaskPatch } from '../../domain/task/task.ts';
import type { ChangeFactory, PlannedChange } from './changeFactory.ts';
import type { CommandRecorder } from './commandRecorder.ts';

type Input = { recorder: CommandRecorder; changes: ChangeFactory };

/** Commands on one task: each adds the change that the factory makes of it. */
export function createTaskCommands({ recorder, changes }: Input) {
  const addPlanned = ({ change, before }: PlannedChange) => recorder.add(change, before);
  const adding =
    <Given>(plan: (mailbox: Mailbox, input: Given) => PlannedChange) =>
    (mailbox: Mailbox, input: Given) =>
      addPlanned(plan(mailbox, input));
  const updateTask = adding(changes.updateTask);
  const completeTask = adding(changes.completeTask);

  return {
    createTask: (mailbox: Mailbox, input: Parameters<ChangeFactory['createTask']>[1]) =>
      recorder.create(changes.createTask(mailbox, input).change),
    /**
     * Completing is always a change of its own, also from the editor: the service learns the person's day, and a lost
     * answer never advances a series twice (docs/architecture.md#completing-a-series).
     */
    updateTask: async (mailbox: Mailbox, { task, patch }: { task: Task; patch: TaskPatch }) => {
      const isCompleting = patch.status === 'completed' && patch.completed === undefined && task.status !== 'completed';
      if (!isCompleting) return updateTask(mailbox, { task, patch });
      const { status: _status, ...rest } = patch;
      if (Object.keys(rest).length > 0) await updateTask(mailbox, { task, patch: rest });
      return completeTask(mailbox, { task });
    },
    completeTask,
    reopenTask: adding(changes.reopenTask),
    deleteTask: adding(changes.deleteTask),
    moveTask: adding(changes.moveTask),
    restoreTask: adding(changes.restoreTask),
  };
}
