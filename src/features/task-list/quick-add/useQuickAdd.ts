import { useLingui } from '@lingui/react/macro';
import { useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useTaskCommands } from '../../../data/tasks/useTaskCommands.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { Place, TaskPatch } from '../../../domain/task/task.ts';
import { zonedDay } from '../../../domain/time/time.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import type { EnteredTask, FolderChoice, QuickAddProps } from './quickAddProps.ts';

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
  folders: readonly FolderChoice[],
): Pick<QuickAddProps, 'onAdd' | 'onAddMany'> {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const { run } = useTaskCommands(target?.mailbox ?? 'me');
  const bulkActions = useBulkActions();
  const isShown = view === undefined || viewsWithNewTasks.includes(view);
  const withViewDefaults = (typed: TaskPatch): TaskPatch => ({
    ...(view === 'today' ? { due: zonedDay(today, zone) } : view === 'important' ? { importance: 'high' } : {}),
    ...typed,
  });

  async function addOne({ patch, folderId }: EnteredTask, restoreText: () => void) {
    if (target === undefined) return;
    const subject = truncateName(patch.subject ?? '');
    const added = t`Added “${subject}”`;
    const other = folderId === target.id ? undefined : folders.find(({ id }) => id === folderId);
    // A list of all folders also shows a task of another folder.
    const isSeen = isShown && (other === undefined || view !== undefined);
    const folderName = other?.name ?? (isShown ? undefined : targetName);
    const message = folderName === undefined ? added : t`${added} to ${folderName}`;
    const command = { kind: 'createTask', folderId: folderId ?? target.id, patch: withViewDefaults(patch) } as const;
    if ((await run(command, { message, isShown: isSeen }).saved) === null) restoreText();
  }

  return {
    onAdd: (task, restoreText) => void addOne(task, restoreText),
    onAddMany(tasks, onLeft) {
      if (target === undefined) return;
      const folderName = isShown ? undefined : targetName;
      const { mailbox, id: folderId } = target;
      bulkActions.enqueue({
        kind: 'add',
        mailbox,
        folderId,
        tasks: tasks.map((task) => ({ ...task, patch: withViewDefaults(task.patch) })),
        folderName,
        onNotSaved: onLeft,
      });
    },
  };
}
