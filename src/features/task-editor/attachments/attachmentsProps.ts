import type { RefObject } from 'react';
import type { Mailbox, Task } from '../../../domain/task/task.ts';

export type AttachmentsProps = {
  mailbox: Mailbox;
  task: Task;
  isReadOnly: boolean;
  /** How many files hang over the pane; null when none do. */
  over: number | null;
  /** Opens the choice of files. */
  onChoose: () => void;
};

export type AttachmentsPartProps = Omit<AttachmentsProps, 'onChoose'> & {
  /** The whole pane: its keys work anywhere in it. */
  root: RefObject<HTMLDivElement | null>;
  /** Opens the choice of files. */
  attach: RefObject<(() => void) | null>;
};
