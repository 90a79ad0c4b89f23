import type { Item } from '../../domain/item.ts';

/** What a file says of items, and whether it says more than an item can hold (wire.md §18). */
export type ReadItems =
  | { kind: 'items'; items: readonly Item[] }
  /** Other files, rules, or kinds of thing: attached as the file, nothing of it is lost. */
  | { kind: 'holdsMore' }
  | { kind: 'unreadable' };

export type ReadOptions = {
  /** Of the mailbox: what times without a zone are meant in. */
  zone: string;
};
