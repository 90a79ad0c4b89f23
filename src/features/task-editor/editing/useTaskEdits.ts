import { useTaskCommands } from '../../../data/tasks/useTaskCommands.ts';
import type { Mailbox, Task, TaskBody, TaskPatch, TaskStatus } from '../../../domain/task/task.ts';

/** What the editor does to its task. */
export function useTaskEdits(mailbox: Mailbox, task: Task) {
  const { run, save } = useTaskCommands(mailbox);
  const complete = () => void run({ kind: 'completeTask', task });
  const reopen = () => void run({ kind: 'reopenTask', task });
  const update = (patch: TaskPatch) => void run({ kind: 'updateTask', task, patch });

  return {
    /** Rejects when this device could not store the change; `update` reports it. */
    save: (patch: TaskPatch) => save({ kind: 'updateTask', task, patch }),
    update,
    /** Replaces the notes. Resolves with whether that was stored. */
    async replaceNotes(body: TaskBody, message: string): Promise<boolean> {
      return (await run({ kind: 'updateTask', task, patch: { body } }, { message }).saved) !== null;
    },
    complete,
    reopen,
    setStatus(status: TaskStatus) {
      if (status === task.status) return;
      if (status === 'completed') complete();
      else if (task.status === 'completed' && status === 'notStarted') reopen();
      else update({ status });
    },
    remove: () => void run({ kind: 'deleteTask', task }),
  };
}

export type TaskEdits = ReturnType<typeof useTaskEdits>;
