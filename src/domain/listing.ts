import type { Task } from './task.ts';
import type { Day } from './time.ts';

export const orders = ['due', 'importance', 'subject', 'created'] as const;
export type Order = (typeof orders)[number];

/** By due date; by importance `high`, `normal`, `low`; else one `open`. `completed` is always the last one. */
export type SectionKey =
  'overdue' | 'today' | 'tomorrow' | 'later' | 'noDate' | 'high' | 'normal' | 'low' | 'open' | 'completed';

/** Sections that hold nothing are left out. */
export type Section = { key: SectionKey; tasks: readonly Task[] };

export type RowState = 'waiting' | 'sending' | 'parked';

/** A list as it is drawn: sorted once, then changed row by row. A row that did not change is the same object as before. */
export type Listing = {
  sections: readonly Section[];
  /** Tasks not completed, and those of them that are late. */
  open: number;
  overdue: number;
  byId: ReadonlyMap<string, Task>;
  /** Rows with a change that the server has not accepted yet. */
  pendingIds: ReadonlyMap<string, RowState>;
};

export type ListingOptions = { order: Order; today: Day; zone: string };
