import type { Capabilities } from '../../api/taskApi.ts';
import { applyChange, isLocalId, isTaskChange, patchedValues } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import { inversePatch } from '../../domain/changes/patchComparison.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Commands, PlannedChange } from './commands.ts';
import { discardRefused } from './discardRefused.ts';

/**
 * Undoes a change of this tab: drops it before it is sent, applies its inverse afterwards
 * (docs/architecture.md#deletes-wait-for-undo). False when it can no longer be undone. The local id that `createTask`,
 * `createFolder` and `createGroup` resolve with stands for the change that created it.
 */
export type UndoChange = (changeId: string) => Promise<boolean>;

type Input = {
  outbox: Outbox;
  capabilities: Capabilities;
  commands: Pick<Commands, 'plannedOf' | 'add' | 'now'>;
};

export function createUndo({ outbox, capabilities, commands }: Input): {
  undo: UndoChange;
  inverseOf: (planned: PlannedChange) => Change | null;
} {
  return { undo, inverseOf: (planned) => inverseOf(planned, capabilities, commands.now()) };

  async function undo(changeId: string): Promise<boolean> {
    const op = outbox.ops().find(({ id }) => id === changeId);
    if (await outbox.undo(changeId)) return true;
    if (await discardRefused(outbox, changeId)) return true;
    const step = commands.plannedOf(changeId);
    if (step === undefined) return false;
    if (op !== undefined && step.change.kind === 'addAttachment') {
      await outbox.cancelUploads([changeId]);
      return true;
    }
    const inverse = inverseOf(step, capabilities, commands.now());
    if (inverse === null) return false;
    await commands.add(inverse, step.before);
    return true;
  }

  function inverseOf(
    { change, before }: PlannedChange,
    { bin, move }: Capabilities,
    now: { at: string; zone: string },
  ): Change | null {
    const { mailbox } = change;
    const id = outbox.resolve(change.id);
    switch (change.kind) {
      case 'createGroup':
        return { kind: 'deleteGroup', mailbox, id, name: change.name, groupKey: outbox.resolve(change.groupKey) };
      case 'createFolder':
        return { kind: 'deleteFolder', mailbox, id, name: change.name };
      case 'createTask':
        return { kind: 'deleteTask', mailbox, id, folderId: change.folderId, subject: change.patch.subject ?? '' };
      case 'renameGroup':
      case 'renameFolder':
        return { ...change, name: change.was, was: change.name };
      case 'createCategory':
        return { kind: 'deleteCategory', mailbox, id, name: change.name, colour: change.colour };
      case 'updateCategory': {
        const { name, was, colour, wasColour } = change;
        return { ...change, id, name: was, was: name, colour: wasColour, wasColour: colour };
      }
      case 'moveFolder':
        return { ...change, toGroupId: null, toGroupKey: change.wasGroupKey, wasGroupKey: change.toGroupKey };
      case 'deleteFolder':
        return bin ? { kind: 'restoreFolder', mailbox, id, name: change.name, folder: null } : null;
      case 'restoreFolder':
        return { kind: 'deleteFolder', mailbox, id, name: change.name };
      case 'updateTask':
      case 'completeTask':
        return before === null ? null : backTo(before, change, now);
      case 'deleteTask':
        return bin && before !== null ? { ...change, kind: 'restoreTask', task: before } : null;
      case 'restoreTask': {
        const { folderId, subject } = change;
        return { kind: 'deleteTask', mailbox, id, folderId, subject };
      }
      case 'moveTask': {
        if (!move) return null;
        const [from, to] = [change.toFolderId, change.folderId];
        return { ...change, folderId: from, toFolderId: to, task: { ...change.task, folderId: from } };
      }
      case 'addAttachment': {
        const { taskId, folderId, draft, subject } = change;
        return isLocalId(id)
          ? null
          : { kind: 'removeAttachment', mailbox, id, taskId, folderId, name: draft.name, subject };
      }
      // Groups leave no trace, attachments neither; and what undoes can be done again by hand.
      case 'deleteGroup':
      case 'deleteCategory':
      case 'removeAttachment':
      case 'undoComplete':
        return null;
    }
  }

  /** The fields as they were. A series goes back to its instance, and the copy that was left goes. */
  function backTo(
    before: Task,
    change: Extract<Change, { kind: 'updateTask' | 'completeTask' }>,
    { at, zone }: { at: string; zone: string },
  ): Change | null {
    if (!isTaskChange(change)) return null;
    const after = applyChange(before, change);
    const row = after.find(([id]) => id === before.id)?.[1] ?? before;
    const copyId = after.find(([id]) => id !== before.id)?.[0];
    const patch = inversePatch(before, row, zone);
    const { mailbox, id, folderId, subject } = change;
    const about = { mailbox, id, folderId, subject, patch, at, zone };
    const base = { etag: row.etag, values: patchedValues(row, patch) };
    return copyId === undefined || change.kind !== 'completeTask'
      ? { kind: 'updateTask', ...about, base }
      : { kind: 'undoComplete', ...about, base, copyId: outbox.resolve(copyId) };
  }
}
