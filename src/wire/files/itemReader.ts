import type { OutlookItem } from '../../domain/task/outlookItem.ts';

/** The items in a file, and whether it holds more than an item can (docs/protocol.md#attachments). */
export type ItemFileResult =
  | { kind: 'items'; items: readonly OutlookItem[] }
  /** Other files, rules, or kinds of thing: attached as the file, nothing of it is lost. */
  | { kind: 'holdsMore' }
  | { kind: 'unreadable' };

export type ItemReadOptions = {
  /** Of the mailbox: what times without a zone are meant in. */
  zone: string;
};
