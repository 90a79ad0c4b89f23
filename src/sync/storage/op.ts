import type { Change } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';

/** Why a change is parked. A conflict keeps both sides (docs/architecture.md#conflicts-are-decided-per-field). */
export type ParkReason = {
  kind: FailureKind;
  message: string;
  code?: string;
  /** The server refused the Repeatability key: look before trying again. */
  mayHaveArrived?: boolean;
  /** The task as the server has it; the change holds mine and base. */
  theirs?: Task;
  /** The same for a name or a group: what the server has. */
  theirName?: string;
  theirGroupKey?: string;
};

/**
 * One change waiting for the server (docs/architecture.md#outbox-rules). This shape is stored: it grows by optional
 * fields only.
 */
export type Op = {
  id: string;
  /** Order of making, unique in the account. */
  seq: number;
  change: Change;
  madeAt: Instant;
  /** Not sent before this wall time; until then undo drops the op (docs/architecture.md#deletes-wait-for-undo). */
  notBefore: Instant | null;
  /**
   * Sent with every POST, so that a repeat takes effect once
   * (docs/architecture.md#every-post-carries-an-idempotency-key).
   */
  repeatabilityId: string;
  /** Set before the first request leaves: the server may know of this op. */
  firstSentAt: Instant | null;
  /** Answers of the kind "not now" from a server that was reached. */
  attempts: number;
  parked: ParkReason | null;
  /** A server that was reached failed over this op alone: not before then. */
  retryAt?: Instant;
  /** Holds more than the change it began as: taking one of them back does not take the op back. */
  isMerged?: true;
  /** Where the pieces of a file go, to go on after a reload. */
  uploadUrl?: string;
};

/** Keys of the files that wait with these ops. */
export function blobsOf(ops: readonly Pick<Op, 'change'>[]): readonly string[] {
  return ops.flatMap(({ change }) =>
    change.kind === 'addAttachment' && change.draft.kind === 'file' ? [change.draft.blobKey] : [],
  );
}

/** Neither sent nor merged with another. */
export const isUnsent = (op: Op | undefined) => op !== undefined && op.firstSentAt === null && op.isMerged !== true;
