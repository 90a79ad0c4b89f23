import { localIdPrefix } from '../../domain/changes/change.ts';
import type { Category, CategoryColour } from '../../domain/task/category.ts';
import type { AttachmentDraft, Change } from '../../domain/changes/change.ts';
import type { NewAttachment } from '../../domain/task/attachment.ts';
import { defaultGroupKey } from '../../domain/task/task.ts';
import type { Mailbox, Task, TaskFolder, TaskGroup, TaskPatch } from '../../domain/task/task.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import { createChangeFactory } from './changeFactory.ts';
import type { PlannedChange } from './changeFactory.ts';

export type { PlannedChange } from './changeFactory.ts';

/**
 * What a person can do, as changes for the outbox: seen at once, done when saved on this device. What makes something
 * resolves with its local id, everything else with the change's id. All reject with StorageError when the device cannot
 * keep the change.
 */
export type Commands = ReturnType<typeof createCommands>;

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

/** What a person attaches: a file with its content, or something that is all in its words. */
export type AttachmentInput = NewFile | Exclude<NewAttachment, { kind: 'file' }>;
export type NewFile = {
  kind: 'file';
  name: string;
  content: Blob;
  contentType?: string | null;
  isInline?: boolean;
  /** How an HTML body names an inline picture. */
  contentId?: string | null;
};

const taskIn = (mailbox: Mailbox, { id, folderId, subject }: Task) => ({ mailbox, id, folderId, subject });

/** As many changes can be taken back, the last ones of this tab. */
const keptSteps = 5_000;

function fileOf(file: Omit<NewFile, 'content'>, content: Blob, blobKey: string): AttachmentDraft {
  const { kind, name, contentType = content.type === '' ? null : content.type, isInline = false } = file;
  const marks = { contentId: file.contentId ?? null, contentLocation: null };
  return { kind, name, contentType, isInline, ...marks, size: content.size, blobKey };
}

export function createCommands({ outbox, clock, ports, zone, shown }: Input) {
  const newLocalId = () => localIdPrefix + ports.newId();

  /** Adds a change and remembers what it was made of, so that it can be taken back (`createUndo`). */
  async function add(change: Change, before: Task | null = null, content?: Blob): Promise<string> {
    const changeId = await outbox.add(change, content);
    remember(changeId, { change, before });
    return changeId;
  }
  function remember(changeId: string, step: PlannedChange) {
    steps.set(changeId, step);
    const [oldest] = steps.keys();
    if (steps.size > keptSteps && oldest !== undefined) steps.delete(oldest);
  }
  const steps = new Map<string, PlannedChange>();

  const making = createChangeFactory({ clock, zone, newLocalId });
  const take = ({ change, before }: PlannedChange) => add(change, before);
  const edit = (mailbox: Mailbox, task: Task, patch: TaskPatch) => take(making.update(mailbox, task, patch));
  const finish = (mailbox: Mailbox, task: Task) => take(making.complete(mailbox, task));

  return {
    createGroup: async (mailbox: Mailbox, { name }: { name: string }) => {
      const id = newLocalId();
      const change = { kind: 'createGroup', mailbox, id, groupKey: newLocalId(), name } as const;
      await outbox.add(change);
      remember(id, { change, before: null });
      return id;
    },
    renameGroup: (mailbox: Mailbox, { id, name }: { id: string; name: string }) =>
      add({ kind: 'renameGroup', mailbox, id, name, was: shown.group(mailbox, id)?.name ?? '' }),
    /** Its folders move to the default group (docs/protocol.md#folders-and-groups). */
    deleteGroup: (mailbox: Mailbox, { id }: { id: string }) => {
      const group = shown.group(mailbox, id);
      return add({ kind: 'deleteGroup', mailbox, id, name: group?.name ?? '', groupKey: group?.groupKey ?? '' });
    },

    /** Into the default group unless another is named. */
    createFolder: async (
      mailbox: Mailbox,
      { name, groupKey = defaultGroupKey }: { name: string; groupKey?: string },
    ) => {
      const id = newLocalId();
      const groupId = shown.groupByKey(mailbox, groupKey)?.id ?? null;
      const change = { kind: 'createFolder', mailbox, id, groupId, groupKey, name } as const;
      await outbox.add(change);
      remember(id, { change, before: null });
      return id;
    },
    renameFolder: (mailbox: Mailbox, { id, name }: { id: string; name: string }) =>
      add({ kind: 'renameFolder', mailbox, id, name, was: shown.folder(mailbox, id)?.name ?? '' }),
    /** With its tasks. */
    deleteFolder: (mailbox: Mailbox, { id }: { id: string }) =>
      add({ kind: 'deleteFolder', mailbox, id, name: shown.folder(mailbox, id)?.name ?? '' }),
    /** Under another group, which is only a heading. For servers with `can.move`. */
    moveFolder: (mailbox: Mailbox, { id, toGroup }: { id: string; toGroup: string }) => {
      const folder = shown.folder(mailbox, id);
      return add({
        kind: 'moveFolder',
        mailbox,
        id,
        toGroupId: shown.groupByKey(mailbox, toGroup)?.id ?? null,
        toGroupKey: toGroup,
        wasGroupKey: folder?.groupKey ?? '',
        name: folder?.name ?? '',
      });
    },
    /** Out of the bin, with the tasks that went with it. */
    restoreFolder: (mailbox: Mailbox, { id, name }: { id: string; name: string }) =>
      add({ kind: 'restoreFolder', mailbox, id, name, folder: null }),

    createCategory: async (mailbox: Mailbox, { name, colour }: { name: string; colour: CategoryColour }) => {
      const id = newLocalId();
      const change = { kind: 'createCategory', mailbox, id, name, colour } as const;
      await outbox.add(change);
      remember(id, { change, before: null });
      return id;
    },
    updateCategory: (
      mailbox: Mailbox,
      { category, patch }: { category: Category; patch: Partial<Pick<Category, 'name' | 'colour'>> },
    ) => {
      const { id, name: was, colour: wasColour } = category;
      return add({ kind: 'updateCategory', mailbox, id, name: was, was, colour: wasColour, wasColour, ...patch });
    },
    deleteCategory: (mailbox: Mailbox, { id, name, colour }: Category) =>
      add({ kind: 'deleteCategory', mailbox, id, name, colour }),

    createTask: async (
      mailbox: Mailbox,
      { folderId, patch, id = newLocalId() }: { folderId: string; patch: TaskPatch; id?: string },
    ) => {
      const change = { kind: 'createTask', mailbox, id, folderId, patch, at: clock.now(), zone: zone() } as const;
      await outbox.add(change);
      remember(id, { change, before: null });
      return id;
    },
    /**
     * Completing is always this change, also from the editor: the service learns the person's day, and a lost answer
     * never advances a series twice (docs/architecture.md#completing-a-series).
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
    deleteTask: (mailbox: Mailbox, { task }: { task: Task }) => take(making.remove(mailbox, task)),
    /** Under its id, with everything that hangs on it. For servers with `can.move`. */
    moveTask: (mailbox: Mailbox, { task, toFolderId }: { task: Task; toFolderId: string }) =>
      take(making.move(mailbox, task, toFolderId)),
    /** Out of the bin. `task` shows at once; of what only its name is known shows when the server has answered. */
    restoreTask: (mailbox: Mailbox, given: { task: Task } | { id: string; folderId: string; subject: string }) =>
      'task' in given
        ? add({ kind: 'restoreTask', ...taskIn(mailbox, given.task), task: given.task }, given.task)
        : add({ kind: 'restoreTask', mailbox, ...given, task: null }),

    /** Seen at once; the file is kept on this device until it has arrived. Resolves with the change's id. */
    addAttachment: async (
      mailbox: Mailbox,
      {
        task,
        draft,
        id = newLocalId(),
      }: { task: Pick<Task, 'id' | 'folderId' | 'subject'>; draft: AttachmentInput; id?: string },
    ) => {
      const { id: taskId, folderId, subject } = task;
      const about = { mailbox, id, taskId, folderId, subject };
      if (draft.kind !== 'file') return add({ kind: 'addAttachment', ...about, draft });
      const { content, ...file } = draft;
      return add({ kind: 'addAttachment', ...about, draft: fileOf(file, content, ports.newId()) }, null, content);
    },
    /** Gone at once, sent after eight seconds. */
    removeAttachment: (mailbox: Mailbox, { task, id, name }: { task: Task; id: string; name: string }) =>
      add({
        kind: 'removeAttachment',
        mailbox,
        id,
        taskId: task.id,
        folderId: task.folderId,
        name,
        subject: task.subject,
      }),

    /** The same as steps, to be taken many at a time (`BulkCommands`). */
    steps: making,
    /** What a change was made of, in this tab, for a while. */
    stepOf: (changeId: string) => steps.get(changeId),
    /** Makes a change that undoes another. */
    add,
    now: () => ({ at: clock.now(), zone: zone() }),
  };
}
