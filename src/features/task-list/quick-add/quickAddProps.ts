import type { Ref } from 'react';
import type { EnteredTask } from '../../../data/tasks/useBulkActions.ts';

export type { EnteredTask } from '../../../data/tasks/useBulkActions.ts';

export type QuickAddHandle = { focus: () => void };

/** A folder that `@` can name. */
export type FolderChoice = { id: string; name: string };

export type QuickAddProps = {
  /** Key of the list, which the draft is stored under. */
  place: string;
  /** The target folder's name where that is not the list itself. */
  folderName: string | undefined;
  /** The folders of the target's mailbox. */
  folders: readonly FolderChoice[];
  /** Whether the target folder is known. Before that, Enter queues the tasks and the text stays in the field. */
  isReady: boolean;
  /** `restoreText` brings the text back when the task cannot be saved on this device. */
  onAdd: (task: EnteredTask, restoreText: () => void) => void;
  /** `onLeft` is called with the tasks still unsaved, in order, until `isOver`. */
  onAddMany: (tasks: readonly EnteredTask[], onLeft: (left: readonly EnteredTask[], isOver: boolean) => void) => void;
  /** Escape left the field; the text stays as a draft. */
  onLeave: () => void;
  ref?: Ref<QuickAddHandle>;
};
