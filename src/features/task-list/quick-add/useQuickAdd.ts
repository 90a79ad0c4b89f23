import { useLingui } from '@lingui/react/macro';
import { useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useCreateTask } from '../../../data/tasks/useTasks.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { Place, TaskPatch } from '../../../domain/task/task.ts';
import { zonedDay } from '../../../domain/time/time.ts';
import { announce } from '../../../ui/feedback/liveRegion.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import type { QuickAddProps } from './quickAddProps.ts';

/** Views that show a task added in them. */
const viewsWithNewTasks: readonly ViewName[] = ['today', 'important', 'all'];

/**
 * Adds tasks to the list's folder, due today in Today and with high importance in Important. Several at once are a bulk
 * action with progress and one undo.
 */
export function useQuickAdd(
  view: ViewName | undefined,
  target: Place | undefined,
  targetName: string | undefined,
): Pick<QuickAddProps, 'onAdd' | 'onAddMany'> {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const creating = useCreateTask(target?.mailbox ?? 'me');
  const bulkActions = useBulkActions();
  const isShown = view === undefined || viewsWithNewTasks.includes(view);
  const withViewDefaults = (typed: TaskPatch): TaskPatch => ({
    ...(view === 'today' ? { due: zonedDay(today, zone) } : view === 'important' ? { importance: 'high' } : {}),
    ...typed,
  });

  return {
    onAdd(task, restoreText) {
      if (target === undefined) return;
      const subject = truncateName(task.subject ?? '');
      creating.mutateAsync({ folderId: target.id, patch: withViewDefaults(task) }).catch(() => {
        restoreText();
        toasts.show({ kind: 'error', text: t`“${subject}” was not added. This device refused to keep it.` });
      });
      const message = t`Added “${subject}”`;
      if (isShown) announce(message);
      else toasts.show({ text: targetName === undefined ? message : t`${message} to ${targetName}` });
    },
    onAddMany(tasks, onLeft) {
      if (target === undefined) return;
      const folderName = isShown ? undefined : targetName;
      const { mailbox, id: folderId } = target;
      bulkActions.enqueue({
        kind: 'add',
        mailbox,
        folderId,
        patches: tasks.map(withViewDefaults),
        folderName,
        onNotSaved: onLeft,
      });
    },
  };
}
