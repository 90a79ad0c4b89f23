import { failureKindOf } from '../../api/apiError.ts';
import { isLocalId } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { BinItem } from '../../domain/task/binItem.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import type { TaskApi } from '../../api/taskApi.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Op } from '../storage/op.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import type { Commands } from './commands.ts';
import type { UndoChange } from './inverse.ts';

/** Something deleted on this device that the service does not know of yet. */
export type PendingBinItem = Pick<BinItem, 'id' | 'kind' | 'name' | 'folderId' | 'deletedAt'> & { changeId: string };

/** Undoes a deletion that is not sent yet; otherwise sends a restore after it. */
export async function restoreItem(
  { commands, undo }: { commands: Pick<Commands, 'restoreFolder' | 'restoreTask'>; undo: UndoChange },
  item: BinItem | PendingBinItem,
): Promise<void> {
  if ('changeId' in item && (await undo(item.changeId))) return;
  const { id, kind, name, folderId } = item;
  await (kind === 'folder'
    ? commands.restoreFolder('me', { id, name })
    : commands.restoreTask('me', { id, folderId: folderId ?? '', subject: name }));
}

/** Deletions of this device that are not sent yet. A parked one has deleted nothing. */
export function pendingBinItems(ops: readonly Op[]): readonly PendingBinItem[] {
  const restoredAt = new Map(ops.flatMap(({ change, seq }) => (isRestore(change) ? [[change.id, seq] as const] : [])));
  return ops.flatMap(({ id: changeId, change, madeAt: deletedAt, parked, seq }): PendingBinItem[] => {
    if (parked !== null || change.mailbox !== 'me') return [];
    const { id } = change;
    if ((restoredAt.get(id) ?? 0) > seq) return [];
    if (change.kind === 'deleteFolder')
      return [{ changeId, id, kind: 'folder', name: change.name, folderId: null, deletedAt }];
    if (change.kind !== 'deleteTask') return [];
    return [{ changeId, id, kind: 'task', name: change.subject, folderId: change.folderId, deletedAt }];
  });
}

/** Whether a change brings something back out of the bin. */
export const isRestore = ({ kind }: Change) => kind === 'restoreTask' || kind === 'restoreFolder';

type PurgeInput = {
  api: Pick<TaskApi, 'purgeTask'>;
  outbox: Outbox;
  commands: Pick<Commands, 'deleteTask'>;
};

/**
 * Deletes a task for good, for servers with `can.purge`, and discards its unsent changes. Needs the network: rejects
 * with ApiError and changes nothing. A task that is already gone counts as deleted.
 */
export async function purgeTask({ api, outbox, commands }: PurgeInput, mailbox: Mailbox, task: Task): Promise<void> {
  const id = outbox.resolve(task.id);
  const waiting = outbox.ops().filter(({ change }) => change.id === id || ('taskId' in change && change.taskId === id));
  if (isLocalId(id)) return void (await commands.deleteTask(mailbox, { task }));
  await unlessMissing(() => api.purgeTask({ mailbox, id }));
  const { folderId, subject } = task;
  const change = { kind: 'deleteTask', mailbox, id, folderId, subject } as const;
  await outbox.publish(serverResultOf(change, { goneTasks: [{ id, folderId }] }));
  // An upload may be under way, which discarding leaves alone: it would fail, and wait for the person.
  await outbox.cancelUploads(waiting.map((op) => op.id));
  for (const op of waiting) await outbox.discard(op.id);
}

/** What is deleted already counts as done. */
export async function unlessMissing(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (failureKindOf(error) !== 'missing') throw error;
  }
}
