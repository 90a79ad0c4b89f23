import type { Place, Task } from '../../domain/task/task.ts';

/** Tasks of one mailbox that are chosen together. */
export type BulkEditorProps = {
  mailbox: Place['mailbox'];
  tasks: readonly Task[];
  /** Chooses none any more. */
  onClear: () => void;
};
