import type { BatchMember, Batching } from '../../api/batching.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { Op } from '../storage/op.ts';

/** The outcome of sending an op. */
export type Outcome = { op: Op; effect: ServerResult } | { op: Op; error: unknown };

type Arrived = { outcome: Outcome; settle: (settled: Promise<void>) => void };

/**
 * Sends independent ops in shared batches; an op continues alone after its part fails. Ops answered together are
 * settled together.
 * @param settle called once for the outcomes of each batch. Its failure is this call's.
 */
export async function sendTogether(
  ops: readonly Op[],
  batching: Batching,
  send: (op: Op, member: BatchMember) => Promise<ServerResult>,
  settle: (outcomes: readonly Outcome[]) => Promise<void>,
): Promise<void> {
  const arrived: Arrived[] = [];
  const members = batching.open(ops.length, () => {
    const batch = arrived.splice(0);
    if (batch.length === 0) return;
    const settled = settle(batch.map(({ outcome }) => outcome));
    for (const one of batch) one.settle(settled);
  });

  async function sendOne(op: Op, member: BatchMember) {
    const outcome = await send(op, member).then(
      (effect): Outcome => ({ op, effect }),
      (error: unknown): Outcome => ({ op, error }),
    );
    await new Promise<void>((resolve) => {
      arrived.push({ outcome, settle: resolve });
      member.close();
    });
  }
  const done = await Promise.allSettled(
    members.flatMap((member, at) => {
      const op = ops[at];
      return op === undefined ? [] : [sendOne(op, member)];
    }),
  );
  const failed = done.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
