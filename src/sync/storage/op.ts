import type { Change } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';

/** Why a change is parked. A conflict keeps both sides (docs/architecture.md#conflicts-are-decided-per-field). */
export type ParkReason = {
  kind: FailureKind;
  message: string;
  code?: string;
  /** The server rejected the Repeatability key: the change may have arrived. */
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
  /** Creation order, unique in the account. */
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
  /** Retryable failures from a reachable server. */
  attempts: number;
  parked: ParkReason | null;
  /** A reachable server failed this op alone: it is not sent before. */
  retryAt?: Instant;
  /** When `retryAt` was set. */
  retrySetAt?: Instant;
  /** Contains joined changes: undoing one of them does not remove the op. */
  isMerged?: true;
  /** The upload session of a file, to resume it after a reload. */
  uploadUrl?: string;
};

/** Keys of these ops' waiting files. */
export function blobsOf(ops: readonly Pick<Op, 'change'>[]): readonly string[] {
  return ops.flatMap(({ change }) =>
    change.kind === 'addAttachment' && change.draft.kind === 'file' ? [change.draft.blobKey] : [],
  );
}

/** Neither sent nor joined with another. */
export const isUnsent = (op: Op | undefined) => op !== undefined && op.firstSentAt === null && op.isMerged !== true;
