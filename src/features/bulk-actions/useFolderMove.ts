import { useLingui } from '@lingui/react/macro';
import type { MoveFolderAction } from '../../data/tasks/useBulkActions.ts';
import { useBulkActions } from '../../data/tasks/useBulkActions.ts';
import type { UndoableAction } from '../../data/tasks/useBulkActions.ts';
import { useMoveFolder } from '../../data/folders/useFolders.ts';
import { useGroups } from '../../data/folders/useGroups.ts';
import { useUndo } from '../../data/tasks/useUndo.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';

/** Moves a folder to another group, with a toast and an undo. */
export function useFolderMove() {
  const { t } = useLingui();
  const { groups } = useGroups();
  const bulkActions = useBulkActions();
  const moving = useMoveFolder();
  const undoing = useUndo();

  return async ({ id, name, toGroup }: MoveFolderAction) => {
    const reportNotSaved = () =>
      toasts.show({ kind: 'error', text: t`“${name}” was not moved: this device could not keep the change.` });
    const group = groups.find(({ groupKey }) => groupKey === toGroup);
    let changeId: string;
    try {
      changeId = await moving.mutateAsync({ id, toGroup });
    } catch {
      reportNotSaved();
      return;
    }
    const entry: UndoableAction = {
      undo() {
        bulkActions.removeUndo(entry);
        toasts.close(toast);
        undoing.mutate(changeId, { onError: reportNotSaved });
      },
    };
    const toast = toasts.show({
      text: t`Moved “${truncateName(name)}” to “${truncateName(group?.name ?? '')}”`,
      action: { label: t`Undo`, keys: 'Mod+Z', onAction: entry.undo },
    });
    bulkActions.pushActionUndo(entry);
  };
}
