import { fitTask } from '../../domain/task/fitTask.ts';
import type { Mailbox, Task, TaskPatch } from '../../domain/task/task.ts';
import type { Clock } from '../../domain/time/time.ts';
import { taskTarget } from './changeFactory.ts';
import type { ChangeFactory, PlannedChange } from './changeFactory.ts';
import type { CommandRecorder } from './commandRecorder.ts';

type Input = { recorder: CommandRecorder; changes: ChangeFactory; clock: Clock; zone: () => string };

/** Commands on one task. */
export function createTaskCommands({ recorder, changes, clock, zone }: Input) {
  const { add, create, newLocalId } = recorder;
  const addPlanned = ({ change, before }: PlannedChange) => add(change, before);
  const update = (mailbox: Mailbox, task: Task, patch: TaskPatch) => addPlanned(changes.update(mailbox, task, patch));
  const complete = (mailbox: Mailbox, task: Task) => addPlanned(changes.complete(mailbox, task));

  return {
    createTask: async (
      mailbox: Mailbox,
      { folderId, patch, id = newLocalId() }: { folderId: string; patch: TaskPatch; id?: string },
    ) => {
      const fitting = fitTask(patch);
      const change = {
        kind: 'createTask',
        mailbox,
        id,
        folderId,
        patch: fitting,
        at: clock.now(),
        zone: zone(),
      } as const;
      return create(change);
    },
    /**
     * Completing is always this change, also from the editor: the service learns the person's day, and a lost answer
     * never advances a series twice (docs/architecture.md#completing-a-series).
     */
    updateTask: async (mailbox: Mailbox, { task, patch }: { task: Task; patch: TaskPatch }) => {
      const isCompleting = patch.status === 'completed' && patch.completed === undefined && task.status !== 'completed';
      if (!isCompleting) return update(mailbox, task, patch);
      const { status: _status, ...rest } = patch;
      if (Object.keys(rest).length > 0) await update(mailbox, task, rest);
      return complete(mailbox, task);
    },
    /** On the person's own day. A series moves on to its next date. */
    completeTask: (mailbox: Mailbox, { task }: { task: Task }) => complete(mailbox, task),
    reopenTask: (mailbox: Mailbox, { task }: { task: Task }) => update(mailbox, task, { status: 'notStarted' }),
    /** Gone at once, sent after eight seconds. */
    deleteTask: (mailbox: Mailbox, { task }: { task: Task }) => addPlanned(changes.remove(mailbox, task)),
    /** Under its id, with everything that hangs on it. For servers with `can.move`. */
    moveTask: (mailbox: Mailbox, { task, toFolderId }: { task: Task; toFolderId: string }) =>
      addPlanned(changes.move(mailbox, task, toFolderId)),
    /** Out of the bin. `task` shows at once; of what only its name is known shows when the server has answered. */
    restoreTask: (mailbox: Mailbox, target: { task: Task } | { id: string; folderId: string; subject: string }) =>
      'task' in target
        ? add({ kind: 'restoreTask', ...taskTarget(mailbox, target.task), task: target.task }, target.task)
        : add({ kind: 'restoreTask', mailbox, ...target, task: null }),
  };
}
