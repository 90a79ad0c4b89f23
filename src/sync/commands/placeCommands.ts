import { defaultGroupKey } from '../../domain/task/task.ts';
import type { Mailbox, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { CommandRecorder } from './commandRecorder.ts';

/** The groups and folders on the screen: a rename says what it replaces. */
export type VisiblePlaces = {
  group: (mailbox: Mailbox, id: string) => TaskGroup | undefined;
  groupByKey: (mailbox: Mailbox, key: string) => TaskGroup | undefined;
  folder: (mailbox: Mailbox, id: string) => TaskFolder | undefined;
};

/** Commands on groups and folders. */
export function createPlaceCommands({ add, create, newLocalId }: CommandRecorder, visible: VisiblePlaces) {
  return {
    createGroup: async (mailbox: Mailbox, { name }: { name: string }) => {
      const id = newLocalId();
      const change = { kind: 'createGroup', mailbox, id, groupKey: newLocalId(), name } as const;
      return create(change);
    },
    renameGroup: (mailbox: Mailbox, { id, name }: { id: string; name: string }) =>
      add({ kind: 'renameGroup', mailbox, id, name, was: visible.group(mailbox, id)?.name ?? '' }),
    /** Its folders move to the default group (docs/protocol.md#folders-and-groups). */
    deleteGroup: (mailbox: Mailbox, { id }: { id: string }) => {
      const group = visible.group(mailbox, id);
      return add({ kind: 'deleteGroup', mailbox, id, name: group?.name ?? '', groupKey: group?.groupKey ?? '' });
    },

    /** Into the default group unless another is named. */
    createFolder: async (
      mailbox: Mailbox,
      { name, groupKey = defaultGroupKey }: { name: string; groupKey?: string },
    ) => {
      const id = newLocalId();
      const groupId = visible.groupByKey(mailbox, groupKey)?.id ?? null;
      const change = { kind: 'createFolder', mailbox, id, groupId, groupKey, name } as const;
      return create(change);
    },
    renameFolder: (mailbox: Mailbox, { id, name }: { id: string; name: string }) =>
      add({ kind: 'renameFolder', mailbox, id, name, was: visible.folder(mailbox, id)?.name ?? '' }),
    /** With its tasks. */
    deleteFolder: (mailbox: Mailbox, { id }: { id: string }) =>
      add({ kind: 'deleteFolder', mailbox, id, name: visible.folder(mailbox, id)?.name ?? '' }),
    /** Under another group, which is only a heading. For servers with `can.move`. */
    moveFolder: (mailbox: Mailbox, { id, toGroup }: { id: string; toGroup: string }) => {
      const folder = visible.folder(mailbox, id);
      return add({
        kind: 'moveFolder',
        mailbox,
        id,
        toGroupId: visible.groupByKey(mailbox, toGroup)?.id ?? null,
        toGroupKey: toGroup,
        wasGroupKey: folder?.groupKey ?? '',
        name: folder?.name ?? '',
      });
    },
    /** Out of the bin, with the tasks that went with it. */
    restoreFolder: (mailbox: Mailbox, { id, name }: { id: string; name: string }) =>
      add({ kind: 'restoreFolder', mailbox, id, name, folder: null }),
  };
}
