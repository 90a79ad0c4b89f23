import type { Change } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { PendingState } from '../../domain/listing/listing.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Op } from '../storage/op.ts';

/** One unsent change, as the screen shows it. */
export type PendingItem = {
  id: string;
  change: Change;
  madeAt: Instant;
  state: PendingState;
  /** The task's subject, the folder's or the group's name. */
  subject: string;
  /** Why it is parked. `theirs` is there for a conflict: mine and base are in `change`. */
  failure?: {
    kind: FailureKind;
    message: string;
    /** The server's own (docs/protocol.md#errors). */
    code?: string;
    mayHaveArrived?: boolean;
    theirs?: Task;
    /** The server's name, where both sides renamed. */
    theirName?: string;
  };
};

/** One op of the outbox as it is shown. */
export function pendingItemOf(op: Op, outbox: Outbox): PendingItem {
  const { id, change, madeAt, parked } = op;
  const item: PendingItem = { id, change, madeAt, state: outbox.stateOf(op), subject: subjectOf(change) };
  if (parked === null) return item;
  const { kind, message, code, mayHaveArrived, theirs, theirName } = parked;
  return {
    ...item,
    failure: {
      kind,
      message,
      ...(code === undefined ? {} : { code }),
      ...(mayHaveArrived === undefined ? {} : { mayHaveArrived }),
      ...(theirs === undefined ? {} : { theirs }),
      ...(theirName === undefined ? {} : { theirName }),
    },
  };
}

function subjectOf(change: Change): string {
  if (change.kind === 'createTask') return change.patch.subject ?? '';
  return 'subject' in change ? change.subject : change.name;
}
