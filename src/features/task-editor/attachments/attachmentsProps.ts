import type { RefObject } from 'react';
import type { ShownAttachment } from '../../../data/attachments/useAttachments.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';

export type AttachmentsProps = {
  mailbox: Mailbox;
  task: Task;
  isReadOnly: boolean;
  /** How many files are dragged over the pane; null when none are. */
  draggedCount: number | null;
  /** Opens the file picker. */
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
  /** Opens the file picker. */
  attach: RefObject<(() => void) | null>;
};
