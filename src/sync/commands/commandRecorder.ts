import { localIdPrefix } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { PlannedChange } from './changeFactory.ts';

/** As many changes can be undone, the last ones of this tab. */
const keptChanges = 5_000;

/** Adds changes to the outbox and remembers what they were made of, for undo (`createUndo`). */
export type CommandRecorder = ReturnType<typeof createCommandRecorder>;

export function createCommandRecorder(outbox: Pick<Outbox, 'add'>, newId: () => string) {
  const planned = new Map<string, PlannedChange>();

  function remember(changeId: string, change: PlannedChange) {
    planned.set(changeId, change);
    const [oldest] = planned.keys();
    if (planned.size > keptChanges && oldest !== undefined) planned.delete(oldest);
  }
  async function add(change: Change, before: Task | null = null, content?: Blob): Promise<string> {
    const changeId = await outbox.add(change, content);
    remember(changeId, { change, before });
    return changeId;
  }
  async function create(change: Change): Promise<string> {
    await outbox.add(change);
    remember(change.id, { change, before: null });
    return change.id;
  }
  return {
    newLocalId: () => localIdPrefix + newId(),
    /** Resolves with the change's id. */
    add,
    /** Resolves with the local id of what the change creates, which stands for the change in undo. */
    create,
    plannedOf: (changeId: string) => planned.get(changeId),
  };
}
