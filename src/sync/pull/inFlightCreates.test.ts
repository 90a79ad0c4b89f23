import { expect, test } from 'vitest';
import { createEmitter } from '../../domain/async/observable.ts';
import type { Change } from '../../domain/changes/change.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Op } from '../storage/op.ts';
import { createInFlightCreates } from './inFlightCreates.ts';

const now = '2026-03-18T09:00:00.000Z';
const place = { mailbox: 'me', id: 'f' };
const task = { mailbox: 'me', id: 't', folderId: 'f', subject: '' } as const;
const changes = {
  createTask: { ...task, kind: 'createTask', patch: {}, at: now, zone: 'UTC' },
  deleteTask: { ...task, kind: 'deleteTask' },
  restoreTask: { ...task, kind: 'restoreTask', task: null },
  moveTask: {
    ...task,
    kind: 'moveTask',
    toFolderId: 'g',
    task: blankTask({ id: 't', folderId: 'f', owner: null, now }),
  },
  completeTask: {
    ...task,
    kind: 'completeTask',
    on: { local: '2026-03-18T00:00:00.000', zone: 'UTC' },
    due: null,
    etag: '1',
    copyId: 'local-copy',
    at: now,
  },
  createGroup: { kind: 'createGroup', mailbox: 'me', id: 'g', groupKey: 'k', name: '' },
  createFolder: { kind: 'createFolder', mailbox: 'me', id: 'f', groupId: null, groupKey: '', name: '' },
  restoreFolder: { kind: 'restoreFolder', mailbox: 'me', id: 'f', name: '', folder: null },
  deleteFolder: { kind: 'deleteFolder', mailbox: 'me', id: 'f', name: '' },
} satisfies Record<string, Change>;

const opOf = (change: Change, more: Partial<Op> = {}): Op => ({
  id: 'op',
  seq: 1,
  change,
  madeAt: now,
  notBefore: null,
  repeatabilityId: 'key',
  firstSentAt: now,
  attempts: 0,
  parked: null,
  ...more,
});

/** Whether a reader waits while these ops are there, and goes on when they have gone or the sender pauses. */
function open(first: readonly Op[]) {
  let ops = first;
  let pause = () => {};
  const changed = createEmitter();
  const paused = new Promise<void>((resolve) => (pause = resolve));
  const creates = createInFlightCreates({ ops: () => ops, subscribe: changed.subscribe }, { settled: () => paused });
  const show = (next: readonly Op[]) => {
    ops = next;
    changed.emit();
  };
  return { creates, show, pause };
}
const isOver = (work: Promise<void>) =>
  Promise.race([work.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 0))]);

test.each([
  ['createTask', 'f', true],
  ['completeTask', 'f', true],
  ['restoreTask', 'f', true],
  ['moveTask', 'f', true],
  ['moveTask', 'g', true],
  ['createTask', 'g', false],
  ['deleteTask', 'f', false],
] as const)('during a %s, a reader of the folder %s waits: %s', async (kind, id, waits) => {
  const { creates, show } = open([opOf(changes[kind])]);
  const settled = creates.rowsSettled({ mailbox: 'me', id });
  expect(await isOver(settled)).toBe(!waits);
  show([]);
  await settled;
});

test.each([
  ['another mailbox', {}, { mailbox: 'ada@example.com', id: 'f' }],
  ['a change that was not sent', { firstSentAt: null }, place],
  ['a change that waits for the person', { parked: { kind: 'refused', message: '' } }, place],
] as const)('%s holds up no reader', async (_, more, read) => {
  const { creates } = open([opOf(changes.createTask, more)]);
  expect(await isOver(creates.rowsSettled(read))).toBe(true);
});

test.each(['createGroup', 'createFolder', 'restoreFolder'] as const)('lists of places wait for %s', async (kind) => {
  const { creates, show } = open([opOf(changes[kind])]);
  expect(await isOver(creates.placesSettled('ada@example.com'))).toBe(true);
  expect(await isOver(creates.rowsSettled(place))).toBe(true);
  const settled = creates.placesSettled('me');
  expect(await isOver(settled)).toBe(false);
  show([opOf(changes.deleteFolder)]);
  await settled;
});

test('a reader goes on only after the last of several, or when the sender pauses', async () => {
  const [a, b] = [opOf(changes.createTask), opOf(changes.completeTask, { id: 'op-2', seq: 2 })];
  const { creates, show, pause } = open([a, b]);
  const settled = creates.rowsSettled(place);
  show([b]);
  expect(await isOver(settled)).toBe(false);
  pause();
  await settled;
});
