import type { Item } from '../../domain/task/outlookItem.ts';

/** The items in a file, and whether it holds more than an item can (docs/protocol.md#attachments). */
export type ReadItems =
  | { kind: 'items'; items: readonly Item[] }
  /** Other files, rules, or kinds of thing: attached as the file, nothing of it is lost. */
  | { kind: 'holdsMore' }
  | { kind: 'unreadable' };

export type ReadOptions = {
  /** Of the mailbox: what times without a zone are meant in. */
  zone: string;
};
