import type { Handlers } from './call.ts';

/** What only beta has after the mailbox (wire.md §3). */
export const graphRoutes: readonly [string, Handlers][] = [];
