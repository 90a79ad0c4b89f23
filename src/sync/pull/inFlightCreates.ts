import type { Mailbox, Place } from '../../domain/task/task.ts';
import type { Sender } from '../send/sender.ts';
import type { Op } from '../storage/op.ts';
import type { Outbox } from '../outbox/outbox.ts';

/** Changes that make rows with ids of the server's: until its answer is here, nobody can tell them from somebody else's. */
const makesRows: ReadonlySet<string> = new Set(['createTask', 'completeTask', 'moveTask', 'restoreTask']);

const makesPlaces: ReadonlySet<string> = new Set(['createGroup', 'createFolder', 'restoreFolder']);

const isOnItsWay = ({ firstSentAt, parked }: Op) => firstSentAt !== null && parked === null;

/**
 * Resolves when no answer about new rows in a folder, or new places of a mailbox, is on its way, or when the drain gave up for
 * now: what is read from the server while its creation still waits for the answer would show twice.
 */
export type InFlightCreates = {
  rowsSettled: (place: Place) => Promise<void>;
  placesSettled: (mailbox: Mailbox) => Promise<void>;
};

export function createInFlightCreates(outbox: Outbox, drain: () => Sender): InFlightCreates {
  const isRowIn =
    ({ mailbox, id }: Place) =>
    (op: Op) =>
      isOnItsWay(op) &&
      makesRows.has(op.change.kind) &&
      op.change.mailbox === mailbox &&
      'folderId' in op.change &&
      (op.change.folderId === id || ('toFolderId' in op.change && op.change.toFolderId === id));

  async function until(isUnknown: (op: Op) => boolean): Promise<void> {
    if (!outbox.ops().some(isUnknown)) return;
    let stop = () => {};
    const answered = new Promise<void>((resolve) => {
      stop = outbox.subscribe(() => {
        if (!outbox.ops().some(isUnknown)) resolve();
      });
    });
    await Promise.race([answered, drain().settled()]);
    stop();
  }

  return {
    rowsSettled: (place) => until(isRowIn(place)),
    placesSettled: (mailbox) =>
      until((op) => isOnItsWay(op) && makesPlaces.has(op.change.kind) && op.change.mailbox === mailbox),
  };
}
