import type { RefObject } from 'react';
import type { Place, Task } from '../../../domain/task/task.ts';

export type AttachmentsProps = {
  mailbox: Place['mailbox'];
  task: Task;
  isReadOnly: boolean;
  /** The whole pane: files are dropped and pasted anywhere on it. */
  root: RefObject<HTMLDivElement | null>;
  /** Opens the choice of files, once this part is there. */
  attach: RefObject<(() => void) | null>;
};
