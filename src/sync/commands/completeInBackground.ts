import { localIdPrefix } from '../../domain/changes/change.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Clock } from '../../domain/time/time.ts';
import { openAccountDatabase } from '../storage/database.ts';
import type { Op } from '../storage/op.ts';
import { readableOr } from '../storage/readableRecords.ts';
import { isStoredTask } from '../storage/storedTask.ts';
import { createAccountStore } from '../storage/accountStore.ts';
import { createChangeFactory } from './changeFactory.ts';

type Input = {
  account: string;
  folderId: string;
  taskId: string;
  clock: Clock;
  /** Where the mailbox's own zone is not known. */
  browserZone: string;
  newId: () => string;
  /** Names of the databases on this device: opening one that is not there would make it. */
  databases: () => Promise<readonly (string | undefined)[]>;
};

/**
 * Completes a task while no page of the app is open: the change waits in the outbox for the next page
 * (docs/architecture.md#service-worker). False, with nothing written, unless a page would do the same: the task is
 * unknown, completed, or has unsent changes.
 */
export async function completeInBackground(input: Input): Promise<boolean> {
  const { account, folderId, taskId, clock, browserZone, newId, databases } = input;
  if (!(await databases()).includes(`threefold:${account}`)) return false;
  const database = await openAccountDatabase(account);
  const store = createAccountStore(database);
  try {
    const row = await database.use((db) => db.get('rows', ['me', folderId, taskId]));
    const task = readableOr('rows', row, isStoredTask);
    const { ops, unreadableOps, preferences } = await store.load();
    if (task === undefined || task.status === 'completed') return false;
    if (unreadableOps > 0 || ops.some(({ change }) => change.id === taskId)) return false;
    await store.append(completion(task, { clock, newId, zone: preferences.get('zone') ?? browserZone }));
    return true;
  } finally {
    database.close();
  }
}

type Made = { clock: Clock; newId: () => string; zone: string };

function completion(task: Task, { clock, newId, zone }: Made): Omit<Op, 'seq'> {
  const changes = createChangeFactory({ clock, zone: () => zone, newLocalId: () => localIdPrefix + newId() });
  const { change } = changes.completeTask('me', { task });
  return {
    id: newId(),
    change,
    madeAt: clock.now(),
    notBefore: null,
    repeatabilityId: newId(),
    firstSentAt: null,
    attempts: 0,
    parked: null,
  };
}
