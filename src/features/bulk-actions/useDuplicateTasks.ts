import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useCopyAttachments } from '../../data/attachments/useCopyAttachments.ts';
import type { AppliedChange } from '../../data/tasks/useBulkActions.ts';
import { useToday } from '../../data/account/useTimeZone.ts';
import { patchFromTask } from '../../domain/changes/patchFromTask.ts';
import type { Mailbox, Task, TaskPatch } from '../../domain/task/task.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import type { useBatchJob } from './useBatchJob.tsx';

/** Another task of each that says the same. Its attachments are fetched and attached anew; those that are not are named. */
export function useDuplicateTasks(
  mailbox: Mailbox,
  { work, steps }: Pick<ReturnType<typeof useBatchJob>, 'work' | 'steps'>,
) {
  const { t } = useLingui();
  const { zone } = useToday();
  const copyAttachments = useCopyAttachments(mailbox);

  return async (tasks: readonly Task[]) => {
    const sources = new Map<string, Task>();
    const made = await work({
      tasks,
      stepOf: (task) => {
        const step = steps.create(mailbox, task.folderId, saidAgain(task, zone));
        sources.set(step.change.id, task);
        return step;
      },
      doing: t`${plural(tasks.length, { one: 'Duplicating # task', other: 'Duplicating # tasks' })}`,
      done: (count) => {
        const [first] = tasks;
        return tasks.length === 1 && first !== undefined
          ? t`Duplicated “${truncateName(first.subject)}”`
          : t`${plural(count, { one: 'Duplicated # task', other: 'Duplicated # tasks' })}`;
      },
    });
    const left = await attach(made, sources);
    if (left === null) toasts.show({ kind: 'error', text: t`Attachments were not copied: that needs the network.` });
    else if (left.length > 0)
      toasts.show({ kind: 'error', text: t`Not copied: ${left.map(truncateName).join(', ')}.` });
  };

  /** The names of what was not copied; null where not even those are known. */
  async function attach(
    made: readonly AppliedChange[],
    sources: ReadonlyMap<string, Task>,
  ): Promise<readonly string[] | null> {
    const left: string[] = [];
    for (const { step } of made) {
      const { change } = step;
      const from = sources.get(change.id);
      if (from === undefined || change.kind !== 'createTask') continue;
      const copied = await copyAttachments(from, { id: change.id, folderId: change.folderId, subject: from.subject });
      if (!copied.isKnown) return null;
      left.push(...copied.left);
    }
    return left;
  }
}

/** The same once more, and still to be done. */
function saidAgain(task: Task, zone: string): TaskPatch {
  const { status, completed: _completed, ...patch } = patchFromTask(task, zone);
  return status === undefined || status === 'completed' ? patch : { ...patch, status };
}
