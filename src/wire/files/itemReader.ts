import type { OutlookItem } from '../../domain/task/outlookItem.ts';

/** The items of a file, and whether it contains more than items can hold (docs/protocol.md#attachments). */
export type ItemFileResult =
  | { kind: 'items'; items: readonly OutlookItem[] }
  /** It contains files, rules or components that an item cannot hold: attach the file itself, so nothing is lost. */
  | { kind: 'holdsMore' }
  | { kind: 'unreadable' };

export type ItemReadOptions = {
  /** Zone of the mailbox, for times without a zone. */
  zone: string;
};
