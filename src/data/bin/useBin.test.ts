import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/apiError.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Clock, Day } from '../../domain/time/time.ts';
import type { Op } from '../../sync/storage/op.ts';
import { openOutbox } from '../../sync/outbox/outbox.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import type { Channel } from '../../sync/platform/ports.ts';
import { createSendQueue } from '../../sync/send/sendQueue.ts';
import { eraseAccountStore } from '../../sync/storage/accountStore.ts';
import { createCommands } from '../../sync/commands/commands.ts';
import type { Deps } from '../../sync/accountSession.ts';
import { purgeTask, restoreItem, pendingBinItems } from './useBin.ts';
import { createUndo } from '../../sync/commands/inverse.ts';

const now = '2026-03-18T09:00:00.000Z';
const clock: Clock = { now: () => now, today: () => '2026-03-18' as Day };
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
  const actions = createCommands({ outbox, clock, ports: { newId }, zone: () => 'UTC', shown });
  const can = { groups: true, delta: true, move: true, bin: true, purge: true, share: true } as Deps['capabilities'];
  return { actions, ...createUndo({ outbox, capabilities: can, commands: actions }) };
}
beforeEach(async () => {
  account = newId();
  outbox = await openOutbox({ account, clock, newId, channel: silent });
});
afterEach(async () => {
  outbox.close();
  await eraseAccountStore(account);
});

describe('what was deleted here and waits', () => {
  const kinds = () => outbox.ops().map(({ change }) => change.kind);
  const waiting = () => pendingBinItems(outbox.ops());

  it('is taken back when nothing of it was sent', async () => {
    await start().actions.deleteTask('me', { task });
    const [item] = waiting();
    if (item === undefined) throw new Error('nothing waits');
    await restoreItem(start(), item);
    expect(kinds()).toEqual([]);
  });

  it('comes back after it when it may be on its way, and is then not offered twice', async () => {
    await start().actions.deleteTask('me', { task });
    await createSendQueue(outbox.state, clock).begin(outbox.ops()[0] as Op);
    const [item] = waiting();
    if (item === undefined) throw new Error('nothing waits');
    await restoreItem(start(), item);
    expect(kinds()).toEqual(['deleteTask', 'restoreTask']);
    expect(waiting()).toEqual([]);
    await start().actions.deleteTask('me', { task });
    expect(waiting()).toHaveLength(1);
  });
});

describe('deleting for good', () => {
  const purge = (failure: ApiError) => {
    const api = { purgeTask: vi.fn(() => Promise.reject(failure)) } as unknown as Deps['api'];
    return purgeTask({ api, outbox, actions: start().actions }, 'me', task);
  };

  it('what is gone already is deleted, on this device too', async () => {
    const gone = vi.fn();
    outbox.onServerResults((effects) => gone(effects.flatMap(({ goneTasks }) => goneTasks)));
    await purge(new ApiError('missing', 'Not found'));
    expect(gone).toHaveBeenCalledWith([{ id: 'T', folderId: 'f' }]);
  });

  it('anything else the service says leaves it where it is', async () => {
    const gone = vi.fn();
    outbox.onServerResults(gone);
    await expect(purge(new ApiError('refused', 'No'))).rejects.toMatchObject({ kind: 'refused' });
    expect(gone).not.toHaveBeenCalled();
  });
});
