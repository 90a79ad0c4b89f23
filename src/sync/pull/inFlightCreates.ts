import type { Mailbox, Place } from '../../domain/task/task.ts';
import type { Sender } from '../send/sender.ts';
import type { Op } from '../storage/op.ts';
import type { Outbox } from '../outbox/outbox.ts';

/** Creates in flight: until the answer, their rows cannot be told from those of others. */
const makesRows: ReadonlySet<string> = new Set(['createTask', 'completeTask', 'moveTask', 'restoreTask']);

const makesPlaces: ReadonlySet<string> = new Set(['createGroup', 'createFolder', 'restoreFolder']);

const isOnItsWay = ({ firstSentAt, parked }: Op) => firstSentAt !== null && parked === null;

/**
 * Resolves when no create in a folder, or of a place in a mailbox, is in flight, or the sender has paused: a row read
 * before its answer would show twice.
 */
export type InFlightCreates = {
  rowsSettled: (place: Place) => Promise<void>;
  placesSettled: (mailbox: Mailbox) => Promise<void>;
};

export function createInFlightCreates(
  outbox: Pick<Outbox, 'ops' | 'subscribe'>,
  sender: Pick<Sender, 'settled'>,
): InFlightCreates {
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
    await Promise.race([answered, sender.settled()]);
    stop();
  }

  return {
    rowsSettled: (place) => until(isRowIn(place)),
    placesSettled: (mailbox) =>
      until((op) => isOnItsWay(op) && makesPlaces.has(op.change.kind) && op.change.mailbox === mailbox),
  };
}
