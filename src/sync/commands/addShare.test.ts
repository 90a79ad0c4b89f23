import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { toDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import { openOutbox } from '../outbox/outbox.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Channel } from '../platform/ports.ts';
import { createSendQueue } from '../send/sendQueue.ts';
import { shareStore } from '../storage/shareStore.ts';
import { eraseAccountStore, StorageError } from '../storage/accountStore.ts';
import { createCommands } from './commands.ts';
import { createAddShare } from './addShare.ts';
import type { StoredShare } from '../storage/shareStore.ts';
import { present } from '../outbox/present.ts';

const now = '2026-03-18T09:00:00.000Z';
const clock: Clock = { now: () => now, today: () => toDay('2026-03-18') };
const silent: Channel = { post: () => {}, onMessage: () => () => {}, close: () => {} };
let made = 0;
const newId = () => `id-${(made += 1)}`;

/** One after the other, as the browser's locks do it for all tabs. */
let line: Promise<unknown> = Promise.resolve();
function withLock<T>(_name: string, work: () => Promise<T>): Promise<T> {
  const turn = line.then(work);
  line = turn.catch(() => undefined);
  return turn;
}

let account: string;
let outbox: Outbox;
const open: Outbox[] = [];
async function tab() {
  const own = await openOutbox({ account, clock, newId, channel: silent });
  open.push(own);
  const nothing = () => undefined;
  const shown = { group: nothing, groupByKey: nothing, folder: nothing };
  const commands = createCommands({ outbox: own, clock, ports: { newId }, zone: () => 'UTC', shown });
  return { outbox: own, commands, add: createAddShare({ outbox: own, commands, ports: { withLock } }) };
}
const share: StoredShare = { id: '1', title: 'Oak', text: '', url: '', files: [] };
const file = (name: string) => ({ kind: 'file', name, content: new Blob([name]) }) as const;
const tasks = [
  { patch: { subject: 'Oak' }, drafts: [file('cuts.txt'), file('plan.txt')] },
  { patch: { subject: 'Glue' }, drafts: [] },
];
const whatWaits = () => outbox.ops().map(({ change }) => ('draft' in change ? change.draft.name : change.id));
const all = ['local-share-1-0', 'cuts.txt', 'plan.txt', 'local-share-1-1'];

beforeEach(async () => {
  account = newId();
  await shareStore.put(share);
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of open.splice(0)) one.close();
  await eraseAccountStore(account);
  await shareStore.remove(share.id);
});

it('creates tasks with their attachments, then removes the share', async () => {
  const { add, ...one } = await tab();
  ({ outbox } = one);
  expect(await add(share, 'f', tasks)).toEqual(['local-share-1-0', 'local-share-1-1']);
  expect(whatWaits()).toEqual(all);
  expect(await shareStore.read(share.id)).toBeUndefined();
});

it('resumes where it was interrupted, also after part of it was sent', async () => {
  const first = await tab();
  ({ outbox } = first);
  const refuse = vi.spyOn(first.commands, 'addAttachment').mockRejectedValueOnce(new StorageError('full', undefined));
  await expect(first.add(share, 'f', tasks)).rejects.toBeInstanceOf(StorageError);
  refuse.mockRestore();
  const sending = createSendQueue(outbox, clock);
  const op = present(await sending.begin(present(outbox.ops()[0])));
  await sending.settle(op, serverResultOf(op.change, { ids: [['local-share-1-0', 'A']] }), undefined);

  const kept = await shareStore.read(share.id);
  expect(kept?.to).toBe('f');
  const again = await tab();
  ({ outbox } = again);
  await again.add(share, 'f', tasks);
  expect(whatWaits()).toEqual(['cuts.txt', 'plan.txt', 'local-share-1-1']);
  expect(outbox.ops().map(({ change }) => ('taskId' in change ? change.taskId : null))).toEqual(['A', 'A', null]);
});

it('recognizes what was sent after a reload that no longer has the old ids', async () => {
  const { add, ...first } = await tab();
  vi.spyOn(first.commands, 'addAttachment').mockRejectedValueOnce(new StorageError('full', undefined));
  await expect(add(share, 'f', tasks)).rejects.toBeInstanceOf(StorageError);
  const sending = createSendQueue(first.outbox, clock);
  const op = present(await sending.begin(present(first.outbox.ops()[0])));
  const others = Array.from({ length: 201 }, (_, n) => [`local-${n}`, `${n}`] as const);
  await sending.settle(op, serverResultOf(op.change, { ids: [['local-share-1-0', 'A'], ...others] }), undefined);
  ({ outbox } = await tab());
  expect(outbox.ops()).toEqual([]);

  const again = await tab();
  ({ outbox } = again);
  expect(outbox.resolve('local-7')).toBe('local-7');
  await again.add(share, 'f', tasks);
  expect(whatWaits()).toEqual(['cuts.txt', 'plan.txt', 'local-share-1-1']);
});

it('two tabs that add the same share add it once', async () => {
  const [one, two] = [await tab(), await tab()];
  ({ outbox } = one);
  const answers = await Promise.all([one.add(share, 'f', tasks), two.add(share, 'f', tasks)]);
  expect(answers[0]).toEqual(answers[1]);
  outbox.state.show(await outbox.state.read());
  expect(whatWaits()).toEqual(all);
});
