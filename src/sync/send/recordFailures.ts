import type { FailureKind } from '../../domain/failureKind.ts';
import { addMs } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { StorageError } from '../storage/accountStore.ts';
import type { Op } from '../storage/op.ts';
import type { Outcome } from './batchSender.ts';
import { judge, nothing } from './sendFailures.ts';
import type { Turn } from './sendFailures.ts';
import type { SendQueue } from './sendQueue.ts';

type Failed = Extract<Outcome, { error: unknown }>;

type Input = {
  sending: SendQueue;
  clock: Clock;
  isCancelled: (op: Op) => boolean;
  /** The outcome of the last request to the server. */
  onContact: (failure: FailureKind | null) => void;
  /** The server rejected a change permanently. */
  onProgress: () => void;
};

/**
 * Classifies each failure once and stores the result: a temporary one is retried, a permanent one parks the change,
 * nothing is lost. Every op is released from sending.
 * @throws StorageError when a result cannot be stored.
 */
export async function recordFailures(
  failed: readonly Failed[],
  { sending, clock, isCancelled, onContact, onProgress }: Input,
): Promise<readonly Turn[]> {
  const free = new Set(failed.map(({ op }) => op));
  const turns: Turn[] = [];
  try {
    for (const { op, error } of failed) {
      if (error instanceof StorageError) throw error;
      const { turn, contact, retryMs, parking } = isCancelled(op) ? nothing : judge(op, error);
      if (contact !== undefined) onContact(contact);
      turns.push(turn);
      if (retryMs === undefined && parking === undefined) continue;
      free.delete(op);
      if (parking !== undefined) onProgress();
      await (parking === undefined
        ? sending.postpone(op, addMs(clock.now(), retryMs ?? 0))
        : sending.park(op, parking));
    }
  } finally {
    sending.release([...free]);
  }
  return turns;
}
