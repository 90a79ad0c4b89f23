import type { FailureKind } from '../../domain/failureKind.ts';
import type { PullOutcome } from '../pull/pullLedger.ts';

/** Why the last pull failed. A pull that waits for a network is `offline` when there is nothing to show. */
export function shownFailure({ failure, isPaused }: PullOutcome, isKnown: boolean): FailureKind | null {
  return failure ?? (isPaused && !isKnown ? 'offline' : null);
}
