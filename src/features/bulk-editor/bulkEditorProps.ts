import type { Mailbox, Task } from '../../domain/task/task.ts';

/** Selected tasks of one mailbox. */
export type BulkEditorProps = {
  mailbox: Mailbox;
  tasks: readonly Task[];
  /** Clears the selection. */
  onClear: () => void;
};
