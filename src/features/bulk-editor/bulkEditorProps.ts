import type { Mailbox, Task } from '../../domain/task/task.ts';

/** Tasks of one mailbox that are chosen together. */
export type BulkEditorProps = {
  mailbox: Mailbox;
  tasks: readonly Task[];
  /** Chooses none any more. */
  onClear: () => void;
};
