import { useState } from 'react';
import type { Task } from '../../../domain/task/task.ts';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import type { useSelectionCommands } from '../commands/useSelectionCommands.ts';
import type { TaskActions } from '../commands/useTaskActions.ts';
import type { RowTarget } from '../row/rowTarget.ts';
import type { SelectionState } from '../selection/useSelection.ts';
import type { OpenTaskMenu } from '../toolbar/taskMenuProps.ts';

/** Loaded after the first paint: no menu opens before there is a row. */
const menuChunk = createLazyChunk(() => import('../toolbar/taskMenu.tsx'));

/** The one menu of the list's rows. */
export function useRowMenu() {
  const [menu, setMenu] = useState<OpenTaskMenu | null>(null);
  const close = () => setMenu(null);
  const surface = useLazySurface(menuChunk, menu !== null, close);
  return {
    menu,
    surface,
    close,
    open: (kind: OpenTaskMenu['kind'], target: RowTarget, anchor: Element, at: OpenTaskMenu['at'] = null) =>
      setMenu({ kind, target, anchor, at }),
  };
}

type Props = {
  state: ReturnType<typeof useRowMenu>;
  selection: SelectionState;
  commands: ReturnType<typeof useSelectionCommands>;
  actions: TaskActions;
  keyOf: (taskId: string) => string;
  isReadOnly: boolean;
  onRemove: (task: Task) => void;
  onToggle: (target: RowTarget) => void;
  onCopyLink: (task: Task) => void;
  onOpen: (taskId: string) => void;
};

/** A row's menu; for a row within a selection of several tasks, it acts on all of them. */
export function ListRowMenu(props: Props) {
  const { state, selection, commands, actions, keyOf, isReadOnly, onRemove, onToggle, onCopyLink, onOpen } = props;
  const { menu, surface, close } = state;
  const isForSelection = menu !== null && selection.tasks.length > 1 && selection.names.has(keyOf(menu.target.task.id));
  if (surface === null) return null;
  return (
    <surface.TaskMenu
      menu={menu}
      actions={
        isForSelection
          ? {
              remove: () => commands.forSelected('remove'),
              setDue: (_, day) => commands.setDue(day),
              setImportance: (_, importance) => commands.setImportance(importance),
            }
          : { ...actions, remove: onRemove }
      }
      count={isForSelection ? selection.tasks.length : 1}
      isReadOnly={isReadOnly}
      onCopyLink={onCopyLink}
      onToggle={isForSelection ? () => commands.forSelected('toggle') : onToggle}
      onBulkAction={(kind, task) => (isForSelection ? commands.forSelected(kind) : commands.forTasks(kind, [task]))}
      onOpen={(task) => onOpen(task.id)}
      onClose={close}
    />
  );
}
