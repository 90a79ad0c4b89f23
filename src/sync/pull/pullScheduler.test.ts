import { expect, it } from 'vitest';
import { ApiError } from '../../api/apiError.ts';
import { createFirstRows } from './firstRows.ts';
import { createPullLedger } from './pullLedger.ts';
import type { PullTarget } from './pullTarget.ts';
import { createPullScheduler } from './pullScheduler.ts';

const own: PullTarget = { kind: 'tasks', mailbox: 'me', id: 'f' };
const shared: PullTarget = { kind: 'tasks', mailbox: 'ada@example.com', id: 's' };
const change = { kind: 'change', seq: 1, folders: ['f'], structure: false } as const;
const sharedChange = {
  kind: 'shared',
  mailboxes: [{ address: 'ada@example.com', folders: ['s'] }],
  access: false,
} as const;

/** A mailbox with one folder, and another that is shared; the test answers reads of their tasks. */
function openMailbox() {
  const reads: { target: PullTarget; answer: () => void; fail: (error: Error) => void }[] = [];
  let now = '2026-03-18T09:00:00.000Z';
  let isLive = true;
  const firstRows = createFirstRows(true);
  const ledger = createPullLedger({
    source: {
      extentOf: () => 'whole',
      drop: () => Promise.resolve(),
      pull: (target) =>
        target.kind === 'tasks'
          ? new Promise((resolve, reject) => reads.push({ target, answer: resolve, fail: reject }))
          : Promise.resolve(),
    },
    ports: { isOnline: () => true, onNetwork: () => () => {} },
    clock: { now: () => now },
    firstRows,
    isLive: () => isLive,
  });
  const scheduler = createPullScheduler({
    ledger,
    lists: { folders: () => [{ id: 'f', changeKey: '1', name: 'Tasks', isDefault: true, groupKey: '' }] },
    ports: { sleep: () => Promise.resolve() },
    firstRows,
    readAccount: () => Promise.resolve(),
    onRead: () => Promise.resolve(),
    onOutcome: () => {},
    onAccessChange: () => {},
    loaded: () => Promise.resolve(),
  });
  return {
    ledger,
    reads,
    scheduler,
    /** Changes are not reported any more, and half a minute passes. */
    goQuiet() {
      isLive = false;
      now = '2026-03-18T09:00:30.000Z';
    },
  };
}

it('a change reported while a view reads the folder is read after that', async () => {
  const { ledger, reads, scheduler } = openMailbox();
  const viewed = ledger.pull(own);
  const pulled = scheduler.pullRemoteChange(change);
  // It was asked for before the change.
  reads[0]?.answer();
  await viewed;
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.answer();
  expect(await pulled).toBe(true);
  expect(reads).toHaveLength(2);
});

it('a change reported during a round is read by the next round', async () => {
  const { reads, scheduler, goQuiet } = openMailbox();
  goQuiet();
  const round = scheduler.pullAll();
  await expect.poll(() => reads.length).toBe(1);
  const pulled = scheduler.pullRemoteChange(change);
  reads[0]?.answer();
  await round;
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.answer();
  expect(await pulled).toBe(true);
});

it('a failed read of a view does not keep a change from being read', async () => {
  const { ledger, reads, scheduler } = openMailbox();
  const viewed = ledger.pull(own);
  const pulled = scheduler.pullRemoteChange(change);
  reads[0]?.fail(new ApiError('offline', 'No network'));
  await expect(viewed).rejects.toThrow('No network');
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.answer();
  expect(await pulled).toBe(true);
});

it('a change of a shared folder, reported during a read that nobody watches, is read when it is opened', async () => {
  const { ledger, reads, scheduler } = openMailbox();
  const pulled = ledger.pull(shared);
  await scheduler.pullRemoteChange(sharedChange);
  reads[0]?.answer();
  await pulled;
  const close = ledger.watch(shared);
  expect(reads.map(({ target }) => target)).toEqual([shared, shared]);
  close();
});

it('a change of a shared folder on the screen is read at once, after the read that is under way', async () => {
  const { ledger, reads, scheduler } = openMailbox();
  const close = ledger.watch(shared);
  expect(reads).toEqual([]);
  await scheduler.pullRemoteChange(sharedChange);
  expect(reads).toHaveLength(1);
  await scheduler.pullRemoteChange(sharedChange);
  reads[0]?.answer();
  await expect.poll(() => reads.length).toBe(2);
  close();
});

it('what is watched is refreshed without a second request for a read under way', async () => {
  const { ledger, reads, goQuiet } = openMailbox();
  const close = ledger.watch(own);
  goQuiet();
  ledger.refreshWatched();
  ledger.refreshWatched();
  expect(reads).toHaveLength(1);
  reads[0]?.answer();
  await ledger.pull(own);
  close();
  ledger.refreshWatched();
  expect(reads).toHaveLength(1);
});

it('a folder that is dropped ends its read, and the round goes on', async () => {
  const { ledger, reads, scheduler, goQuiet } = openMailbox();
  goQuiet();
  const round = scheduler.pullAll();
  await expect.poll(() => reads.length).toBe(1);
  ledger.drop(own);
  expect(await round).toBe(true);
  expect(ledger.outcomeOf(own)).toEqual({ failure: null, isPaused: false });
});
