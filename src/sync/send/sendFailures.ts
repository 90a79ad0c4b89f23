import { Unanswered } from '../../api/batchClient.ts';
import { ApiError, failureKindOf } from '../../api/apiError.ts';
import { backoffMs } from '../../domain/async/backoff.ts';
import type { BackoffRule } from '../../domain/async/backoff.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Op, ParkReason } from '../storage/op.ts';
import { ParkedError } from './sendContext.ts';

/** What to do after an op: send the others, or pause for some time. */
export type Turn = 'next' | { waitMs: number } | 'backOff' | 'busy';

/** The effect of a failure on the op and on the others. */
export type Verdict = {
  turn: Turn;
  /** The connection's state; undefined when the failure tells nothing of it. */
  contact?: FailureKind | null;
  /** The op is sent again after this. */
  retryMs?: number;
  /** The op waits for the person. */
  parking?: ParkReason;
};

/** After so many failures of one op the server is not merely busy: the change is parked. */
const maxAttempts = 5;
/** Between tries, of one op or after failures of the server. */
export const sendBackoff: BackoffRule = { firstMs: 1_000, longestMs: 60_000 };

/** A failure without information: the op may be sent again at once. */
export const nothing: Verdict = { turn: 'next' };

/** A failure of this op or its part of a batch; others concern the server, the session or the network. */
export function concernsOnlyThis(error: unknown): boolean {
  return !['offline', 'signIn', 'busy'].includes(failureKindOf(error));
}

/** A temporary failure is retried, a permanent one parks the change, nothing is dropped. */
export function judge(op: Op, error: unknown): Verdict {
  const retryMs = backoffMs(sendBackoff, op.attempts + 1);
  if (error instanceof Unanswered) return { turn: 'next', retryMs };
  if (error instanceof ParkedError) return { turn: 'next', parking: error.parking };
  const kind = failureKindOf(error);
  const contact = kind === 'offline' || kind === 'signIn' ? kind : null;
  if (kind === 'signIn') return { turn: { waitMs: Infinity }, contact };
  if (kind === 'offline' || kind === 'busy') {
    const retryMs = error instanceof ApiError ? error.retryAfter : undefined;
    if (retryMs !== undefined) return { turn: { waitMs: retryMs }, contact };
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
