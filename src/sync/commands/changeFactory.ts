import { patchedValues } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import { alignStartToDue } from '../../domain/changes/alignStartToDue.ts';
import { fitTask } from '../../domain/task/fitTask.ts';
import type { Mailbox, Task, TaskPatch } from '../../domain/task/task.ts';
import { zonedDay } from '../../domain/time/time.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';

/** A change and the task as the person saw it before. */
export type PlannedChange = { change: Change; before: Task | null };

export type ChangeFactory = ReturnType<typeof createChangeFactory>;

type Input = { clock: Clock; zone: () => string; newLocalId: () => string };

/** How a change names its task. */
const target = (mailbox: Mailbox, { id, folderId, subject }: Task) => ({ mailbox, id, folderId, subject });

/**
 * What a person can do to a task, as the change that says so. Pages make changes here, for one task and for many, and so
 * does the service worker.
 */
export function createChangeFactory({ clock, zone, newLocalId }: Input) {
  function updateTask(mailbox: Mailbox, { task, patch: requested }: { task: Task; patch: TaskPatch }): PlannedChange {
    const patch = alignStartToDue(task, requested);
    const base = { etag: task.etag, values: patchedValues(task, patch) };
    return {
      change: { kind: 'updateTask', ...target(mailbox, task), patch, base, at: clock.now(), zone: zone() },
      before: task,
    };
  }

  return {
    updateTask,
    /** On the person's own day. A series moves on to its next date. */
    completeTask: (mailbox: Mailbox, { task }: { task: Task }): PlannedChange => ({
      change: {
        kind: 'completeTask',
        ...target(mailbox, task),
        on: zonedDay(clock.today(zone()), zone()),
        due: task.due,
        etag: task.etag,
        copyId: newLocalId(),
        at: clock.now(),
      },
      before: task,
    }),
    reopenTask: (mailbox: Mailbox, { task }: { task: Task }) =>
      updateTask(mailbox, { task, patch: { status: 'notStarted' } }),
    /** Hidden at once, sent after eight seconds. */
    deleteTask: (mailbox: Mailbox, { task }: { task: Task }): PlannedChange => ({
      change: { kind: 'deleteTask', ...target(mailbox, task) },
      before: task,
    }),
    /** Under its id, with everything that hangs on it. For servers with `can.move`. */
    moveTask: (mailbox: Mailbox, { task, toFolderId }: { task: Task; toFolderId: string }): PlannedChange => ({
      change: { kind: 'moveTask', ...target(mailbox, task), toFolderId, task },
      before: task,
    }),
    /** Under a local id; text that is too long for its field is moved to the notes. */
    createTask: (
      mailbox: Mailbox,
      { folderId, patch, id = newLocalId(), at = clock.now() }: NewTask,
    ): PlannedChange => ({
      change: { kind: 'createTask', mailbox, id, folderId, patch: fitTask(patch), at, zone: zone() },
      before: null,
    }),
    /** From the bin. A task shows at once; an item known only by name shows when the server has answered. */
    restoreTask: (
      mailbox: Mailbox,
      restored: { task: Task } | { id: string; folderId: string; subject: string },
    ): PlannedChange => {
      if ('task' in restored) {
        const { task } = restored;
        return { change: { kind: 'restoreTask', ...target(mailbox, task), task }, before: task };
      }
      const { id, folderId, subject } = restored;
      return { change: { kind: 'restoreTask', mailbox, id, folderId, subject, task: null }, before: null };
    },
  };
}

type NewTask = { folderId: string; patch: TaskPatch; id?: string; at?: Instant };
