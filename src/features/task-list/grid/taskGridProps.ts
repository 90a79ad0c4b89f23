import type { DragEvent, Ref, RefObject } from 'react';
import type { PendingState, SortOrder } from '../../../domain/listing/listing.ts';
import type { SectionKey } from '../../../domain/listing/sections.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';
import type { TaskCommand } from '../commands/taskCommand.ts';
import type { RowAction } from '../row/rowActions.ts';
import type { CompletingTask, RowPlan } from '../row/rowPlan.ts';
import type { RowTarget } from '../row/rowTarget.ts';
import type { SelectionAction } from '../selection/selection.ts';

export type TaskGridHandle = { focus: () => void };

export type TaskGridProps = {
  label: string;
  mailbox: Mailbox;
  plan: RowPlan;
  order: SortOrder;
  /** Folder names by id, in a list of several folders: each row shows its own. */
  folderNames: ReadonlyMap<string, string> | undefined;
  held: readonly CompletingTask[];
  pendingIds: ReadonlyMap<string, PendingState>;
  today: Day;
  zone: string;
  locale: string;
  openTaskId: string | undefined;
  /** The stable key of the task added last: it is scrolled into view, the focus stays in the quick-add field. */
  addedKey: string | undefined;
  /** The stable key of the row whose menu is open: it keeps its tools. */
  menuKey: string | undefined;
  /** A completed row is collapsing: rows animate. */
  isCollapsing: boolean;
  isReadOnly: boolean;
  scroller: RefObject<HTMLElement | null>;
  /** Height in px of what sticks above the rows, and of what scrolls above them. */
  stick: number;
  margin: number;
  /** The stable keys of the selected rows. */
  selected: ReadonlySet<string>;
  onSelect: (action: SelectionAction) => void;
  onAction: (action: RowAction, target: RowTarget, control: Element) => void;
  onOpen: (task: Task) => void;
  /** A key was pressed for the row, or for the selection. */
  onCommand: (command: TaskCommand, target: RowTarget) => void;
  /** A row's drag starts; absent where tasks cannot be moved. */
  onDrag: ((event: DragEvent, target: RowTarget) => void) | undefined;
  onDragEnd: () => void;
  onContext: (target: RowTarget, at: { x: number; y: number } | null) => void;
  onToggleSection: (section: SectionKey, isOpen?: boolean) => void;
  /** Moves all overdue tasks to another day; absent where the list offers it not. */
  onReschedule: (() => void) | undefined;
  onEscape: () => void;
  ref?: Ref<TaskGridHandle>;
};
