import type { Place } from '../domain/task.ts';
import type { Drain } from '../sync/drain.ts';
import type { Op } from '../sync/op.ts';
import type { Outbox } from '../sync/outbox.ts';

/** Changes that make rows with ids of the server's: until its answer is here, nobody can tell them from somebody else's. */
const makesRows: ReadonlySet<string> = new Set(['createTask', 'completeTask', 'moveTask', 'restoreTask']);

/**
 * Resolves when no answer about new rows in a folder is on its way, or when the drain gave up for now: a task read from the
 * server while its creation still waits for the answer would show twice.
 */
export function createCalm(outbox: Outbox, drain: () => Drain): (place: Place) => Promise<void> {
  const isUnknown =
    ({ mailbox, id }: Place) =>
    (op: Op) =>
      op.firstSentAt !== null &&
      op.parked === null &&
      makesRows.has(op.change.kind) &&
      op.change.mailbox === mailbox &&
      'folderId' in op.change &&
      (op.change.folderId === id || ('toFolderId' in op.change && op.change.toFolderId === id));

  return async (place) => {
    if (!outbox.ops().some(isUnknown(place))) return;
    let stop = () => {};
    const answered = new Promise<void>((resolve) => {
      stop = outbox.subscribe(() => {
        if (!outbox.ops().some(isUnknown(place))) resolve();
      });
    });
    await Promise.race([answered, drain().settled()]);
    stop();
  };
}
