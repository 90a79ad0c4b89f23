import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { toDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { Channel } from '../platform/ports.ts';
import { createSendQueue } from '../send/sendQueue.ts';
import { eraseAccountStore } from '../storage/accountStore.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import { openOutbox } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import { present } from './present.ts';

const now = '2026-03-18T09:00:00.000Z';
const clock: Clock = { now: () => now, today: () => toDay('2026-03-18') };
let ids = 0;
const newId = () => `id-${(ids += 1)}`;

/** Two tabs. While `isHeld`, what the first one posts waits. */
function openChannels() {
  const listeners = new Set<(message: unknown) => void>();
  const waiting: unknown[] = [];
  const state = { isHeld: false };
  const tell = (message: unknown) => listeners.forEach((listener) => listener(message));
  const sender: Channel = {
    post: (message) => (state.isHeld ? void waiting.push(message) : tell(message)),
    onMessage: () => () => {},
    close: () => {},
  };
  const other: Channel = {
    post: () => {},
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {},
  };
  const release = () => {
    state.isHeld = false;
    for (const message of waiting.splice(0)) tell(message);
  };
  return { sender, other, tell, state, release };
}

let account: string;
let channels: ReturnType<typeof openChannels>;
let tab: Outbox;
let other: Outbox;
beforeEach(async () => {
  account = newId();
  channels = openChannels();
  tab = await openOutbox({ account, clock, newId, channel: channels.sender });
  other = await openOutbox({ account, clock, newId, channel: channels.other });
});
afterEach(async () => {
  tab.close();
  other.close();
  await eraseAccountStore(account);
});

const task = blankTask({ id: 't', folderId: 'f', owner: null, now });
const rename: Change = {
  mailbox: 'me',
  folderId: 'f',
  id: 't',
  kind: 'updateTask',
  patch: { subject: 'Bread' },
  base: { etag: '1', values: { subject: 'Milk' } },
  at: now,
  zone: 'UTC',
  subject: 'Milk',
};
const shown = () => other.ops().map(({ id }) => id);
/** Every read that a message has caused is over. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
};

it('a change that another tab has settled is shown until its answer is here', async () => {
  const changeId = await tab.add(rename);
  await expect.poll(shown).toEqual([changeId]);
  const seen: (readonly string[])[] = [];
  other.onServerResults((results) => seen.push(results.map(({ change }) => change.id)));
  other.subscribe(() => seen.push(shown()));
  const sending = createSendQueue(tab, clock);
  channels.state.isHeld = true;
  const op = present(await sending.begin(present(tab.ops()[0])));
  await sending.settle(op, serverResultOf(rename, { tasks: [task] }), task);
  // A third tab has changed something meanwhile.
  channels.tell({ kind: 'ops' });
  await settled();
  expect(shown()).toEqual([changeId]);
  channels.release();
  await expect.poll(shown).toEqual([]);
  // The change goes with the answer, never before it.
  const [answer, ...after] = seen.filter((one) => one[0] !== changeId);
  expect(answer).toEqual(['t']);
  expect(new Set(after.flat())).toEqual(new Set());
});

it('a change that another tab has undone or discarded goes at once', async () => {
  const undone = await tab.add(rename);
  await expect.poll(shown).toEqual([undone]);
  await tab.undo(undone);
  await expect.poll(shown).toEqual([]);
  const [first = '', second = ''] = await tab.addMany([rename, { ...rename, id: 'u' }]);
  await expect.poll(shown).toEqual([first, second]);
  await tab.undoMany([second]);
  await expect.poll(shown).toEqual([first]);
  await tab.discard(first);
  await expect.poll(shown).toEqual([]);
});

it('a change whose tab was closed before it told the answer goes when this tab may send', async () => {
  const changeId = await tab.add(rename);
  await expect.poll(shown).toEqual([changeId]);
  channels.state.isHeld = true;
  await tab.undo(changeId);
  channels.tell({ kind: 'ops' });
  await settled();
  expect(shown()).toEqual([changeId]);
  await createSendQueue(other, clock).reload();
  expect(shown()).toEqual([]);
});
