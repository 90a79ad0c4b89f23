import type { RefObject } from 'react';
import type { ShownAttachment } from '../../../data/attachments/useAttachments.ts';
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

/** One attachment in the list. */
export type AttachmentRowProps = {
  task: Task;
  mailbox: Mailbox;
  shown: ShownAttachment;
  onOpen: () => void;
  /** Absent for whoever may only read. */
  onRemove: (() => void) | undefined;
};

export type AttachmentsPartProps = Omit<AttachmentsProps, 'onChoose'> & {
  /** The whole pane: its keys work anywhere in it. */
  root: RefObject<HTMLDivElement | null>;
  /** Opens the choice of files. */
  attach: RefObject<(() => void) | null>;
};
