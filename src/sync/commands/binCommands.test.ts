import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/apiError.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { toDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { openOutbox } from '../outbox/outbox.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Channel } from '../platform/ports.ts';
import { createSendQueue } from '../send/sendQueue.ts';
import { eraseAccountStore } from '../storage/accountStore.ts';
import { createCommands } from './commands.ts';
import type { Deps } from '../accountSession.ts';
import { purgeTask, restoreItem, pendingBinItems } from './binCommands.ts';
import { createUndo } from './inverse.ts';
import { present } from '../outbox/present.ts';

const now = '2026-03-18T09:00:00.000Z';
const clock: Clock = { now: () => now, today: () => toDay('2026-03-18') };
const silent: Channel = { post: () => {}, onMessage: () => () => {}, close: () => {} };
let made = 0;
const newId = () => `id-${(made += 1)}`;
const task = { ...blankTask({ id: 'T', folderId: 'f', owner: null, now }), subject: 'Oak' };

let account: string;
let outbox: Outbox;
/** As it is after a reload: what this tab remembers of its own changes is gone. */
function start() {
  const nothing = () => undefined;
  const shown = { group: nothing, groupByKey: nothing, folder: nothing };
  const commands = createCommands({ outbox, clock, ports: { newId }, zone: () => 'UTC', shown });
  const capabilities = {
    groups: true,
    delta: true,
    move: true,
    bin: true,
    purge: true,
    share: true,
  } as Deps['capabilities'];
  return { commands, ...createUndo({ outbox, capabilities, commands: commands }) };
}
beforeEach(async () => {
  account = newId();
  outbox = await openOutbox({ account, clock, newId, channel: silent });
});
afterEach(async () => {
  outbox.close();
  await eraseAccountStore(account);
});

describe('a delete that waits', () => {
  const kinds = () => outbox.ops().map(({ change }) => change.kind);
  const waiting = () => pendingBinItems(outbox.ops());

  it('is undone when nothing was sent', async () => {
    await start().commands.deleteTask('me', { task });
    const [item] = waiting();
    if (item === undefined) throw new Error('nothing waits');
    await restoreItem(start(), item);
    expect(kinds()).toEqual([]);
  });

  it('is restored afterwards when it may be in flight, and is then offered once', async () => {
    await start().commands.deleteTask('me', { task });
    await createSendQueue(outbox, clock).begin(present(outbox.ops()[0]));
    const [item] = waiting();
    if (item === undefined) throw new Error('nothing waits');
    await restoreItem(start(), item);
    expect(kinds()).toEqual(['deleteTask', 'restoreTask']);
    expect(waiting()).toEqual([]);
    await start().commands.deleteTask('me', { task });
    expect(waiting()).toHaveLength(1);
  });
});

describe('purging', () => {
  const purge = (failure: ApiError) => {
    const api = { purgeTask: () => Promise.reject(failure) };
    return purgeTask({ api, outbox, commands: start().commands }, 'me', task);
  };

  it('settles for a task that is already deleted, and removes it from this device', async () => {
    const gone = vi.fn();
    outbox.onServerResults((effects) => gone(effects.flatMap(({ goneTasks }) => goneTasks)));
    await purge(new ApiError('missing', 'Not found'));
    expect(gone).toHaveBeenCalledWith([{ id: 'T', folderId: 'f' }]);
  });

  it('leaves the task in place for any other error', async () => {
    const gone = vi.fn();
    outbox.onServerResults(gone);
    await expect(purge(new ApiError('refused', 'No'))).rejects.toMatchObject({ kind: 'refused' });
    expect(gone).not.toHaveBeenCalled();
  });
});
