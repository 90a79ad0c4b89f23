import type { ReactNode } from 'react';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';

/** The source of a list: one folder, or a smart view over all folders. */
export type ListSource = { kind: 'folder'; place: Place } | { kind: 'view'; name: ViewName };

/** Two or more selected tasks. */
export type TaskSelection = { mailbox: Mailbox; tasks: readonly Task[]; clear: () => void };

/** One list of tasks. Draws its own `<main>` landmark and scrolls inside it, so the shell only places it. */
export type TaskListPaneProps = {
  source: ListSource;
  /** The task that is open beside the list; its row is marked. */
  openTaskId?: string | undefined;
  onOpen: (taskId: string) => void;
  /** Called on Escape in the list, and when the open task is deleted here. */
  onClose: () => void;
  /** Called with two or more selected tasks; with null when fewer are selected. */
  onSelect: (selected: TaskSelection | null) => void;
  /** Opens sharing; absent where this account may not share the folder. */
  onShare?: (() => void) | undefined;
  /** Drawn at the start of the toolbar: the shell's drawer or back button. */
  lead?: ReactNode;
};
