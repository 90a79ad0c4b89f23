import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { AttachmentCopies } from '../../data/attachments/attachmentCopies.ts';
import { useCopyAttachments } from '../../data/attachments/useCopyAttachments.ts';
import type { AppliedChange } from '../../data/tasks/useTaskCommands.ts';
import { useToday } from '../../data/account/useTimeZone.ts';
import { patchFromTask } from '../../domain/changes/patchFromTask.ts';
import type { Mailbox, Task, TaskPatch } from '../../domain/task/task.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import type { RunBatch } from './useBatchJob.ts';

/** Duplicates tasks. Attachments are downloaded and attached again; a toast names those that are not copied. */
export function useDuplicateTasks(mailbox: Mailbox, run: RunBatch) {
  const { t } = useLingui();
  const { zone } = useToday();
  const beginCopies = useCopyAttachments(mailbox);

  return async (tasks: readonly Task[]) => {
    const copies = beginCopies();
    const applied = await run({
      items: tasks,
      commandOf: (task) => ({ kind: 'createTask', folderId: task.folderId, patch: openCopyOf(task, zone) }),
      progressLabel: t`${plural(tasks.length, { one: 'Duplicating # task', other: 'Duplicating # tasks' })}`,
      beforeUndo: copies.takeBack,
      message: (count) => {
        const [first] = tasks;
        return tasks.length === 1 && first !== undefined
          ? t`Duplicated “${truncateName(first.subject)}”`
          : t`${plural(count, { one: 'Duplicated # task', other: 'Duplicated # tasks' })}`;
      },
    });
    const notCopied = await copyAllAttachments(copies, applied, tasks);
    if (copies.isTakenBack()) return;
    if (notCopied === null)
      toasts.show({ kind: 'error', text: t`Attachments were not copied: that needs the network.` });
    else if (notCopied.length > 0)
      toasts.show({ kind: 'error', text: t`Not copied: ${notCopied.map(truncateName).join(', ')}.` });
  };

  /** The names of the attachments not copied; null where the names are unknown. */
  async function copyAllAttachments(
    copies: AttachmentCopies,
    applied: readonly AppliedChange[],
    sources: readonly Task[],
  ): Promise<readonly string[] | null> {
    const notCopied: string[] = [];
    let isReachable = true;
    for (const [index, { planned }] of applied.entries()) {
      const { change } = planned;
      const from = sources[index];
      if (from === undefined || change.kind !== 'createTask') continue;
      if (!isReachable && !from.hasAttachments) continue;
      const copied = await copies.copy(from, { id: change.id, folderId: change.folderId, subject: from.subject });
      isReachable = copied.isKnown;
      if (!isReachable && from.hasAttachments) return null;
      notCopied.push(...copied.left);
    }
    return notCopied;
  }
}

/** The same task, not completed. */
function openCopyOf(task: Task, zone: string): TaskPatch {
  const { status, completed: _completed, ...patch } = patchFromTask(task, zone);
  return status === undefined || status === 'completed' ? patch : { ...patch, status };
}
