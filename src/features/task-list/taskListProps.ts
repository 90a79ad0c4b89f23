import type { ReactNode } from 'react';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';

/** What a list shows: one folder, or a smart view over all of them. */
export type ListSource = { kind: 'folder'; place: Place } | { kind: 'view'; name: ViewName };

/** Several tasks that are chosen together. */
export type TaskSelection = { mailbox: Mailbox; tasks: readonly Task[]; clear: () => void };

/** One list of tasks. Draws its own `<main>` landmark and scrolls inside it, so the shell only gives it room. */
export type TaskListPaneProps = {
  source: ListSource;
  /** The task that is open beside the list; its row is marked. */
  openTaskId?: string | undefined;
  onOpen: (taskId: string) => void;
  /** Asked for by Esc in the list, and when the open task is deleted here. */
  onClose: () => void;
  /** Several tasks are chosen, or not any more. */
  onSelect: (selected: TaskSelection | null) => void;
  /** The folder's people were asked for; absent where this account may not share it. */
  onShare?: (() => void) | undefined;
  /** Drawn at the start of the bar: the shell's way to its drawer or back. */
  lead?: ReactNode;
};
