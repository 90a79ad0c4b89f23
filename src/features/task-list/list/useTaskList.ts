import { useEffect, useRef } from 'react';
import { useStableKey } from '../../../data/outbox/usePendingChanges.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { SortOrder } from '../../../domain/listing/listing.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { Place, Task } from '../../../domain/task/task.ts';
import { allowIdleLoading } from '../../../ui/loading/idleLoading.ts';
import { createRowCommands } from '../commands/rowCommands.ts';
import { useTaskActions } from '../commands/useTaskActions.ts';
import { useEmptyListFocus, whenFocusIsFree } from '../grid/rowFocus.ts';
import type { TaskGridHandle } from '../grid/taskGridProps.ts';
import { useReadOnlyToast } from '../notices/readOnlyNotice.tsx';
import type { QuickAddHandle } from '../quick-add/quickAddProps.ts';
import type { TaskListPaneProps } from '../taskListProps.ts';
import type { TaskListState } from './listSource.ts';
import { useRowMenu } from './listRowMenu.tsx';
import { useAddedTask } from './useAddedTask.ts';
import { useClosedSections } from './useClosedSections.ts';
import { useListHotkeys } from './useListHotkeys.ts';
import { useListLinks } from './useListLinks.ts';
import { useListRows } from './useListRows.ts';
import { useListSelection } from './useListSelection.ts';

export type TaskListProps = Omit<TaskListPaneProps, 'source'> & {
  /** Key of the list for what is stored on this device. */
  placeKey: string;
  list: TaskListState;
  /** The smart view, where the list is one. */
  view: ViewName | undefined;
  /** The folder that new tasks go to; undefined until it is known. */
  target: Place | undefined;
  /** Its name, where that is not the list itself. */
  targetName: string | undefined;
  order: SortOrder;
  onOrder: (order: SortOrder) => void;
  isReadOnly: boolean;
};

/** State and commands of one list. */
export function useTaskList(props: TaskListProps) {
  const { placeKey, list, view, target, openTaskId, onOpen, onClose, onSelect, isReadOnly } = props;
  const { listing } = list;
  const isFolder = view === undefined;
  const mailbox = target?.mailbox ?? 'me';
  const { today } = useToday();
  const keyOf = useStableKey();
  const grid = useRef<TaskGridHandle>(null);
  const quickAdd = useRef<QuickAddHandle>(null);
  const focusGrid = () => grid.current?.focus();
  /** False where the list has no field for new tasks. */
  const focusQuickAdd = () => (quickAdd.current === null ? false : quickAdd.current.focus());

  const closed = useClosedSections(placeKey, view, listing);
  const { isCompletedShown, toggleCompleted } = closed;

  const rowMenu = useRowMenu();
  const rows = useListRows({ listing, closable: closed.closable, keyOf });
  const actions = useTaskActions(mailbox);
  const showReadOnlyToast = useReadOnlyToast(target);
  const links = useListLinks(isFolder ? target : undefined, target);
  const { addedId, expectAdded } = useAddedTask(listing);
  useListHotkeys({
    isFolder,
    onNewTask: focusQuickAdd,
    onCopyLink: links.copyFolderLink,
    onToggleCompleted: toggleCompleted,
    onUndo: actions.undo,
  });

  const close = (task: Task) => {
    if (openTaskId !== undefined && keyOf(openTaskId) === keyOf(task.id)) onClose();
  };
  const { plan, transition } = rows;
  const onEnd = () => whenFocusIsFree(focusGrid);
  const selected = useListSelection({
    plan,
    listing,
    mailbox,
    isReadOnly,
    onEnd,
    close,
    open: (task) => onOpen(task.id),
    onSelect,
  });
  const rowCommands = createRowCommands({
    isReadOnly,
    isSelecting: selected.isSelecting,
    today,
    actions,
    commands: selected.commands,
    hold: transition.hold,
    release: transition.release,
    onOpen,
    onCopyLink: links.copyTaskLink,
    onMenu: rowMenu.open,
    close,
    onRefused: showReadOnlyToast,
  });
  /** Something is stored for the list, whatever happens now. */
  const isLoaded = list.savedAt !== null || listing.byId.size > 0;
  useEffect(() => {
    if (isLoaded) allowIdleLoading();
  }, [isLoaded]);
  const emptyListFocus = useEmptyListFocus(rows.body, plan !== undefined && plan.count > 0, focusGrid);
  return {
    mailbox,
    keyOf,
    grid,
    quickAdd,
    focusGrid,
    focusQuickAdd,
    isCompletedShown,
    toggleSection: closed.toggle,
    toggleCompleted,
    rowMenu,
    rows,
    actions,
    links,
    addedKey: addedId === undefined ? undefined : keyOf(addedId),
    expectAdded,
    selected,
    rowCommands,
    emptyListFocus,
    isLoaded,
  };
}
