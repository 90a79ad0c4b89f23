import { idsCreatedBy } from '../outbox/dependencies.ts';
import type { Outbox } from '../outbox/outbox.ts';

/**
 * Discards a change that the server has refused: there, it needs no undo. What was made in a refused creation goes with
 * it; another change that later ones need stays. Resolves with whether it was discarded.
 * @param changeId of the change, or the local id of what it creates.
 */
export async function discardRefused(
  outbox: Pick<Outbox, 'ops' | 'dependents' | 'discard'>,
  changeId: string,
): Promise<boolean> {
  const op = outbox.ops().find(({ id, change }) => id === changeId || idsCreatedBy(change).includes(changeId));
  if (op === undefined || op.parked === null || op.parked.mayHaveArrived === true) return false;
  const isCreation = idsCreatedBy(op.change).includes(op.change.id);
  if (!isCreation && outbox.dependents(op.id).length > 0) return false;
  await outbox.discard(op.id);
  return true;
}
