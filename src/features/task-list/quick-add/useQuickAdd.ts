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
import type { QuickAddProps } from './quickAdd.tsx';

/** Views that show a task which was just added in them. */
const showsNew: readonly ViewName[] = ['today', 'important', 'all'];

/**
 * Adds tasks to the list's folder, with what the view is about: due today in Today, high importance in Important. Many at
 * once are long work, with its progress and one way back.
 */
export function useQuickAdd(
  view: ViewName | undefined,
  target: Place | undefined,
  targetName: string | undefined,
): Pick<QuickAddProps, 'onAdd' | 'onAddMany'> {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const creating = useCreateTask(target?.mailbox ?? 'me');
  const errands = useBulkActions();
  const isSeen = view === undefined || showsNew.includes(view);
  const whole = (typed: TaskPatch): TaskPatch => ({
    ...(view === 'today' ? { due: zonedDay(today, zone) } : view === 'important' ? { importance: 'high' } : {}),
    ...typed,
  });

  return {
    onAdd(task, putBack) {
      if (target === undefined) return;
      const subject = truncateName(task.subject ?? '');
      creating.mutateAsync({ folderId: target.id, patch: whole(task) }).catch(() => {
        putBack();
        toasts.show({ kind: 'error', text: t`“${subject}” was not added. This device refused to keep it.` });
      });
      const what = t`Added “${subject}”`;
      if (isSeen) announce(what);
      else toasts.show({ text: targetName === undefined ? what : t`${what} to ${targetName}` });
    },
    onAddMany(tasks, onLeft) {
      if (target === undefined) return;
      const folderName = isSeen ? undefined : targetName;
      const { mailbox, id: folderId } = target;
      errands.enqueue({ kind: 'add', mailbox, folderId, patches: tasks.map(whole), folderName, onNotSaved: onLeft });
    },
  };
}
