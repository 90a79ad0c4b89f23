import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useCopyAttachments } from '../../data/attachments/useCopyAttachments.ts';
import type { AppliedChange } from '../../data/tasks/useBulkActions.ts';
import { useToday } from '../../data/account/useTimeZone.ts';
import { patchFromTask } from '../../domain/changes/patchFromTask.ts';
import type { Mailbox, Task, TaskPatch } from '../../domain/task/task.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import type { BatchRunner } from './useBatchJob.tsx';

/** Duplicates tasks. Attachments are downloaded and attached again; a toast names those that are not copied. */
export function useDuplicateTasks(mailbox: Mailbox, { run, plan }: BatchRunner) {
  const { t } = useLingui();
  const { zone } = useToday();
  const copyAttachments = useCopyAttachments(mailbox);

  return async (tasks: readonly Task[]) => {
    const sources = new Map<string, Task>();
    const applied = await run({
      tasks,
      planOf: (task) => {
        const planned = plan.create(mailbox, task.folderId, openCopyOf(task, zone));
        sources.set(planned.change.id, task);
        return planned;
      },
      progressLabel: t`${plural(tasks.length, { one: 'Duplicating # task', other: 'Duplicating # tasks' })}`,
      doneLabel: (count) => {
        const [first] = tasks;
        return tasks.length === 1 && first !== undefined
          ? t`Duplicated “${truncateName(first.subject)}”`
          : t`${plural(count, { one: 'Duplicated # task', other: 'Duplicated # tasks' })}`;
      },
    });
    const notCopied = await copyAllAttachments(applied, sources);
    if (notCopied === null)
      toasts.show({ kind: 'error', text: t`Attachments were not copied: that needs the network.` });
    else if (notCopied.length > 0)
      toasts.show({ kind: 'error', text: t`Not copied: ${notCopied.map(truncateName).join(', ')}.` });
  };

  /** The names of the attachments not copied; null where the names are unknown. */
  async function copyAllAttachments(
    applied: readonly AppliedChange[],
    sources: ReadonlyMap<string, Task>,
  ): Promise<readonly string[] | null> {
    const notCopied: string[] = [];
    let isReachable = true;
    for (const { step } of applied) {
      const { change } = step;
      const from = sources.get(change.id);
      if (from === undefined || change.kind !== 'createTask') continue;
      if (!isReachable && !from.hasAttachments) continue;
      const copied = await copyAttachments(from, { id: change.id, folderId: change.folderId, subject: from.subject });
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
