import { useLingui } from '@lingui/react/macro';
import type { MoveFolderAction } from '../../data/tasks/useBulkActions.ts';
import { useBulkActions } from '../../data/tasks/useBulkActions.ts';
import type { UndoableAction } from '../../data/tasks/useBulkActions.ts';
import { useMoveFolder } from '../../data/folders/useFolders.ts';
import { useGroups } from '../../data/folders/useGroups.ts';
import { useUndo } from '../../data/tasks/useUndo.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';

/** Puts a folder under another group, says so, and offers the way back. */
export function useFolderMove() {
  const { t } = useLingui();
  const { groups } = useGroups();
  const errands = useBulkActions();
  const moving = useMoveFolder();
  const undoing = useUndo();

  return async ({ id, name, toGroup }: MoveFolderAction) => {
    const notKept = () =>
      toasts.show({ kind: 'error', text: t`“${name}” was not moved: this device could not keep the change.` });
    const group = groups.find(({ groupKey }) => groupKey === toGroup);
    let changeId: string;
    try {
      changeId = await moving.mutateAsync({ id, toGroup });
    } catch {
      notKept();
      return;
    }
    const step: UndoableAction = {
      undo() {
        errands.removeUndo(step);
        toasts.close(toast);
        undoing.mutate(changeId, { onError: notKept });
      },
    };
    const toast = toasts.show({
      text: t`Moved “${truncateName(name)}” to “${truncateName(group?.name ?? '')}”`,
      action: { label: t`Undo`, keys: 'Mod+Z', onAction: step.undo },
    });
    errands.pushUndo(step);
  };
}
