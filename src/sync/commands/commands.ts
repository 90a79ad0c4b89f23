import type { Clock } from '../../domain/time/time.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import { createAttachmentCommands } from './attachmentCommands.ts';
import { createCategoryCommands } from './categoryCommands.ts';
import { createChangeFactory } from './changeFactory.ts';
import { createCommandRecorder } from './commandRecorder.ts';
import { createPlaceCommands } from './placeCommands.ts';
import type { VisiblePlaces } from './placeCommands.ts';
import { createTaskCommands } from './taskCommands.ts';

export type { AttachmentInput } from './attachmentCommands.ts';
export type { PlannedChange } from './changeFactory.ts';

/**
 * The commands of the app, as changes for the outbox: visible at once, resolved when stored on this device. A command that
 * creates something resolves with its local id, every other with the change's id. All reject with StorageError.
 */
export type Commands = ReturnType<typeof createCommands>;

type Input = {
  outbox: Outbox;
  clock: Clock;
  ports: Pick<Ports, 'newId'>;
  zone: () => string;
  shown: VisiblePlaces;
};

export function createCommands({ outbox, clock, ports, zone, shown }: Input) {
  const recorder = createCommandRecorder(outbox, ports.newId);
  const changes = createChangeFactory({ clock, zone, newLocalId: recorder.newLocalId });
  return {
    ...createPlaceCommands(recorder, shown),
    ...createCategoryCommands(recorder),
    ...createTaskCommands({ recorder, changes }),
    ...createAttachmentCommands(recorder, ports.newId),
    /** The changes of these commands, to be added many at a time (`BulkCommands`). */
    changes,
    /** What a change was made of, in this tab, for a while. */
    plannedOf: recorder.plannedOf,
    /** Adds a change that undoes another. */
    add: recorder.add,
    now: () => ({ at: clock.now(), zone: zone() }),
  };
}
