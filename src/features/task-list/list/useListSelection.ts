import { useEffect, useEffectEvent } from 'react';
import type { Listing } from '../../../domain/listing/listing.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import { useSelectionCommands } from '../commands/useSelectionCommands.ts';
import type { RowPlan } from '../row/rowPlan.ts';
import { lazySelectionBar } from '../selection/lazySelectionBar.ts';
import { useSelection } from '../selection/useSelection.ts';
import type { TaskListPaneProps } from '../taskListProps.ts';

type Input = Pick<TaskListPaneProps, 'onSelect'> & {
  plan: RowPlan | undefined;
  listing: Listing;
  mailbox: Mailbox;
  isReadOnly: boolean;
  /** Called when the selection becomes empty. */
  onEnd: () => void;
  /** Closes the task where it is the open one. */
  close: (task: Task) => void;
  open: (task: Task) => void;
};

/** The selected rows with their commands and bar. Two or more selected tasks are reported to `onSelect`. */
export function useListSelection({ plan, listing, mailbox, isReadOnly, onEnd, close, open, onSelect }: Input) {
  const selection = useSelection(plan, listing, onEnd);
  const commands = useSelectionCommands({ mailbox, selection: isReadOnly ? null : selection, close, open });
  const clear = () => selection.act({ kind: 'clear' });
  const report = useEffectEvent((tasks: readonly Task[]) =>
    onSelect(tasks.length > 1 ? { mailbox, tasks, clear } : null),
  );
  useEffect(() => report(selection.tasks), [selection.tasks]);
  const isSelecting = selection.tasks.length > 0;
  const bar = useLazySurface(lazySelectionBar, isSelecting, clear, 'leavesFocus');
  return { selection, commands, clear, isSelecting, bar };
}

export type ListSelection = ReturnType<typeof useListSelection>;
