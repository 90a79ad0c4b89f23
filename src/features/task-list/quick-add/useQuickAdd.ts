import { useLingui } from '@lingui/react/macro';
import { useNavigate } from 'react-router';
import { useBulkActions } from '../../../data/tasks/useBulkActions.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useTaskCommands } from '../../../data/tasks/useTaskCommands.ts';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { Place, TaskPatch } from '../../../domain/task/task.ts';
import { zonedDay } from '../../../domain/time/time.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { appearsIn } from './appearsIn.ts';
import type { EnteredTask, FolderChoice, QuickAddProps } from './quickAddProps.ts';

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
  const navigate = useNavigate();
  const isShown = (patch: TaskPatch) => view === undefined || appearsIn(view, patch, today);
  const withViewDefaults = (typed: TaskPatch): TaskPatch => ({
    ...(view === 'today' ? { due: zonedDay(today, zone) } : view === 'important' ? { importance: 'high' } : {}),
    ...typed,
  });

  async function addOne({ patch, folderId }: EnteredTask, restoreText: () => void) {
    if (target === undefined) return;
    const subject = truncateName(patch.subject ?? '');
    const added = t`Added “${subject}”`;
    const other = folderId === target.id ? undefined : folders.find(({ id }) => id === folderId);
    const complete = withViewDefaults(patch);
    // A list of all folders also shows a task of another folder.
    const isSeen = isShown(complete) && (other === undefined || view !== undefined);
    const folderName = other?.name ?? (isSeen ? undefined : targetName);
    const message = folderName === undefined ? added : t`${added} to ${folderName}`;
    const place = { mailbox: target.mailbox, id: folderId ?? target.id };
    const command = { kind: 'createTask', folderId: place.id, patch: complete } as const;
    const onShow = async () => {
      const id = await saved;
      if (id !== null) void navigate(appUrls.task(place, id));
    };
    const { saved } = run(command, { message, isShown: isSeen, ...(!isSeen && { onShow: () => void onShow() }) });
    if ((await saved) === null) restoreText();
  }

  return {
    onAdd: (task, restoreText) => void addOne(task, restoreText),
    onAddMany(tasks, onLeft) {
      if (target === undefined) return;
      const complete = tasks.map((task) => ({ ...task, patch: withViewDefaults(task.patch) }));
      const folderName = complete.every(({ patch }) => isShown(patch)) ? undefined : targetName;
      const { mailbox, id: folderId } = target;
      bulkActions.enqueue({
        kind: 'add',
        mailbox,
        folderId,
        tasks: complete,
        folderName,
        onNotSaved: onLeft,
      });
    },
  };
}
