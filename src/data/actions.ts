import { useMutation } from '@tanstack/react-query';
import { localPrefix, valuesOf } from '../domain/change.ts';
import { defaultGroupKey } from '../domain/task.ts';
import type { Place, Task, TaskFolder, TaskGroup, TaskPatch } from '../domain/task.ts';
import { zonedDay } from '../domain/time.ts';
import type { Clock } from '../domain/time.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { Ports } from '../sync/ports.ts';

type Mailbox = Place['mailbox'];

/**
 * What a person can do, as changes for the outbox: seen at once, done when saved on this device. What makes something
 * resolves with its local id, everything else with the change's id. All reject with StorageError when the device cannot
 * keep the change.
 */
export type Actions = ReturnType<typeof createActions>;

type Input = {
  outbox: Outbox;
  clock: Clock;
  ports: Pick<Ports, 'newId'>;
  zone: () => string;
  /** What is shown: a rename says what it replaces. */
  shown: {
    group: (mailbox: Mailbox, id: string) => TaskGroup | undefined;
    groupByKey: (mailbox: Mailbox, key: string) => TaskGroup | undefined;
    folder: (mailbox: Mailbox, id: string) => TaskFolder | undefined;
  };
};

const taskIn = (mailbox: Mailbox, { id, folderId, subject }: Task) => ({ mailbox, id, folderId, subject });

export function createActions({ outbox, clock, ports, zone, shown }: Input) {
  const newLocalId = () => localPrefix + ports.newId();

  const edit = (mailbox: Mailbox, task: Task, patch: TaskPatch) =>
    outbox.add({
      kind: 'updateTask',
      ...taskIn(mailbox, task),
      patch,
      base: { etag: task.etag, values: valuesOf(task, patch) },
      at: clock.now(),
      zone: zone(),
    });

  const finish = (mailbox: Mailbox, task: Task) =>
    outbox.add({
      kind: 'completeTask',
      ...taskIn(mailbox, task),
      on: zonedDay(clock.today(zone()), zone()),
      due: task.due,
      etag: task.etag,
      copyId: newLocalId(),
      at: clock.now(),
    });

  return {
    createGroup: async (mailbox: Mailbox, { name }: { name: string }) => {
      const id = newLocalId();
      await outbox.add({ kind: 'createGroup', mailbox, id, groupKey: newLocalId(), name });
      return id;
    },
    renameGroup: (mailbox: Mailbox, { id, name }: { id: string; name: string }) =>
      outbox.add({ kind: 'renameGroup', mailbox, id, name, was: shown.group(mailbox, id)?.name ?? '' }),
    /** Its folders move to the default group (wire.md §19, 9). */
    deleteGroup: (mailbox: Mailbox, { id }: { id: string }) => {
      const group = shown.group(mailbox, id);
      return outbox.add({ kind: 'deleteGroup', mailbox, id, name: group?.name ?? '', groupKey: group?.groupKey ?? '' });
    },

    /** Into the default group unless another is named. */
    createFolder: async (
      mailbox: Mailbox,
      { name, groupKey = defaultGroupKey }: { name: string; groupKey?: string },
    ) => {
      const id = newLocalId();
      const groupId = shown.groupByKey(mailbox, groupKey)?.id ?? null;
      await outbox.add({ kind: 'createFolder', mailbox, id, groupId, groupKey, name });
      return id;
    },
    renameFolder: (mailbox: Mailbox, { id, name }: { id: string; name: string }) =>
      outbox.add({ kind: 'renameFolder', mailbox, id, name, was: shown.folder(mailbox, id)?.name ?? '' }),
    /** With its tasks. */
    deleteFolder: (mailbox: Mailbox, { id }: { id: string }) =>
      outbox.add({ kind: 'deleteFolder', mailbox, id, name: shown.folder(mailbox, id)?.name ?? '' }),

    createTask: async (mailbox: Mailbox, { folderId, patch }: { folderId: string; patch: TaskPatch }) => {
      const id = newLocalId();
      await outbox.add({ kind: 'createTask', mailbox, id, folderId, patch, at: clock.now(), zone: zone() });
      return id;
    },
    /**
     * Finishing is always the same change, also from the editor: the service then knows the person's day, and a lost answer
     * never advances a series twice (architecture.md §8, rule 11).
     */
    updateTask: async (mailbox: Mailbox, { task, patch }: { task: Task; patch: TaskPatch }) => {
      const isFinishing = patch.status === 'completed' && patch.completed === undefined && task.status !== 'completed';
      if (!isFinishing) return edit(mailbox, task, patch);
      const { status: _status, ...rest } = patch;
      if (Object.keys(rest).length > 0) await edit(mailbox, task, rest);
      return finish(mailbox, task);
    },
    /** On the person's own day. A series moves on to its next date. */
    completeTask: (mailbox: Mailbox, { task }: { task: Task }) => finish(mailbox, task),
    reopenTask: (mailbox: Mailbox, { task }: { task: Task }) => edit(mailbox, task, { status: 'notStarted' }),
    /** Gone at once, sent after eight seconds. */
    deleteTask: (mailbox: Mailbox, { task }: { task: Task }) =>
      outbox.add({ kind: 'deleteTask', ...taskIn(mailbox, task) }),
  };
}

/** An action as a hook. Saving on this device needs no network, so it never waits for one. */
export function useAction<Given, Made>(action: (mailbox: Mailbox, given: Given) => Promise<Made>, mailbox: Mailbox) {
  return useMutation({ networkMode: 'always', mutationFn: (given: Given) => action(mailbox, given) });
}
