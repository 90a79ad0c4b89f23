import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../data/settings.ts';
import { useCreateTask } from '../../data/tasks.ts';
import type { ViewName } from '../../domain/place.ts';
import type { Place, TaskPatch } from '../../domain/task.ts';
import { zonedDay } from '../../domain/time.ts';
import { announce } from '../../ui/liveRegion.ts';
import { toasts } from '../../ui/toast.tsx';
import { nameInWords } from '../../ui/names.ts';

/** Views that show a task which was just added in them. */
const showsNew: readonly ViewName[] = ['today', 'important', 'all'];

/** Adds tasks to the list's folder, with what the view is about: due today in Today, high importance in Important. */
export function useQuickAdd(view: ViewName | undefined, target: Place | undefined, targetName: string | undefined) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const creating = useCreateTask(target?.mailbox ?? 'me');

  return (tasks: readonly TaskPatch[], putBack: () => void) => {
    if (target === undefined) return;
    const given: TaskPatch =
      view === 'today' ? { due: zonedDay(today, zone) } : view === 'important' ? { importance: 'high' } : {};
    // The last line first: a new task stands above those before it, so the first line ends on top.
    let refused = 0;
    for (const typed of tasks.toReversed()) {
      const subject = nameInWords(typed.subject ?? '');
      creating.mutateAsync({ folderId: target.id, patch: { ...given, ...typed } }).catch(() => {
        refused += 1;
        // Of many lines some may be kept: the others are named, so that none is added twice.
        if (refused === tasks.length) putBack();
        toasts.show({ kind: 'error', text: t`“${subject}” was not added. This device refused to keep it.` });
      });
    }
    const first = nameInWords(tasks[0]?.subject ?? '');
    const what =
      tasks.length === 1
        ? t`Added “${first}”`
        : t`${plural(tasks.length, { one: 'Added # task', other: 'Added # tasks' })}`;
    if (view === undefined || showsNew.includes(view)) announce(what);
    else toasts.show({ text: targetName === undefined ? what : t`${what} to ${targetName}` });
  };
}
