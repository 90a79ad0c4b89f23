import { patchedValues } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import { alignStartToDue } from '../../domain/changes/alignStartToDue.ts';
import { fitTask } from '../../domain/task/fitTask.ts';
import type { Mailbox, Task, TaskPatch } from '../../domain/task/task.ts';
import { zonedDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';

/** A change and the task as the person saw it before. */
export type PlannedChange = { change: Change; before: Task | null };

export type ChangeFactory = ReturnType<typeof createChangeFactory>;

/** How a change names its task. */
export const taskTarget = (mailbox: Mailbox, { id, folderId, subject }: Task) => ({ mailbox, id, folderId, subject });

/** What a person can do to a task, as the change that says so: for one task, and for many at once. */
export function createChangeFactory({
  clock,
  zone,
  newLocalId,
}: {
  clock: Clock;
  zone: () => string;
  newLocalId: () => string;
}) {
  return {
    update(mailbox: Mailbox, task: Task, requested: TaskPatch): PlannedChange {
      const patch = alignStartToDue(task, requested);
      return {
        change: {
          kind: 'updateTask',
          ...taskTarget(mailbox, task),
          patch,
          base: { etag: task.etag, values: patchedValues(task, patch) },
          at: clock.now(),
          zone: zone(),
        },
        before: task,
      };
    },
    /** On the person's own day. A series moves on to its next date. */
    complete: (mailbox: Mailbox, task: Task): PlannedChange => ({
      change: {
        kind: 'completeTask',
        ...taskTarget(mailbox, task),
        on: zonedDay(clock.today(zone()), zone()),
        due: task.due,
        etag: task.etag,
        copyId: newLocalId(),
        at: clock.now(),
      },
      before: task,
    }),
    remove: (mailbox: Mailbox, task: Task): PlannedChange => ({
      change: { kind: 'deleteTask', ...taskTarget(mailbox, task) },
      before: task,
    }),
    move: (mailbox: Mailbox, task: Task, toFolderId: string): PlannedChange => ({
      change: { kind: 'moveTask', ...taskTarget(mailbox, task), toFolderId, task },
      before: task,
    }),
    /** The task is one more, under an id of this device; what is too long for its place is in its notes. */
    create: (mailbox: Mailbox, folderId: string, patch: TaskPatch): PlannedChange => ({
      change: {
        kind: 'createTask',
        mailbox,
        id: newLocalId(),
        folderId,
        patch: fitTask(patch),
        at: clock.now(),
        zone: zone(),
      },
      before: null,
    }),
  };
}
