import { Unanswered } from '../../api/batchClient.ts';
import { ApiError, failureKindOf } from '../../api/apiError.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Op, ParkReason } from '../storage/op.ts';
import { ParkedError } from './sendContext.ts';

/** How sending one op went: on with the others, or leave the server alone for so long. */
export type Turn = 'next' | { waitMs: number } | 'backOff' | 'busy';

/** What a failure means for the op, and for the others. */
export type Verdict = {
  turn: Turn;
  /** How the server was reached; undefined when that says nothing. */
  contact?: FailureKind | null;
  /** The op is sent again after this. */
  retryMs?: number;
  /** The op waits for the person. */
  parking?: ParkReason;
};

/** A server that fails this often over one change is not busy: the change is parked. */
const maxAttempts = 5;
export const firstDelayMs = 1_000;

/** It says nothing of anything: the op may be sent again at once. */
export const nothing: Verdict = { turn: 'next' };

/** A failure of this op, or of its part of a batch; the others say something of the server, the session or the network. */
export function concernsOnlyThis(error: unknown): boolean {
  return !['offline', 'signIn', 'busy'].includes(failureKindOf(error));
}

/** A temporary failure is retried, a permanent one parks the change, nothing is dropped. */
export function judge(op: Op, error: unknown): Verdict {
  const retryMs = firstDelayMs * 2 ** op.attempts;
  if (error instanceof Unanswered) return { turn: 'next', retryMs };
  if (error instanceof ParkedError) return { turn: 'next', parking: error.parking };
  const kind = failureKindOf(error);
  const contact = kind === 'offline' || kind === 'signIn' ? kind : null;
  if (kind === 'signIn') return { turn: { waitMs: Infinity }, contact };
  if (kind === 'offline' || kind === 'busy') {
    const asked = error instanceof ApiError ? error.retryAfter : undefined;
    if (asked !== undefined) return { turn: { waitMs: asked }, contact };
    return { turn: kind === 'busy' ? 'busy' : 'backOff', contact };
  }
  if (kind === 'broken' && op.attempts + 1 < maxAttempts && error instanceof ApiError)
    return { turn: 'next', contact, retryMs };
  return { turn: 'next', contact, parking: parkingOf(kind, error) };
}

function parkingOf(kind: FailureKind, error: unknown): ParkReason {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ApiError)) return { kind, message };
  return {
    kind,
    message,
    ...(error.code === undefined ? {} : { code: error.code }),
    ...(error.mayHaveArrived ? { mayHaveArrived: true } : {}),
  };
}
