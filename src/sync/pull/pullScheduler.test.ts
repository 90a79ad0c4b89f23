import { describe, expect, it } from 'vitest';
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

const folder = (id: string) => ({ id, changeKey: '1', name: 'Tasks', isDefault: true, groupKey: '' });

/** A mailbox with one folder, and another that is shared; the test answers reads of their tasks, and ends the waits. */
function openMailbox({ folders = ['f'] } = {}) {
  const reads: { target: PullTarget; answer: () => void; fail: (error: Error) => void }[] = [];
  /** Those that last. */
  const waits: { ms: number; end: () => void }[] = [];
  const outcomes: unknown[] = [];
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
    lists: { folders: () => folders.map(folder) },
    ports: {
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          const wait = { ms, end };
          function end() {
            waits.splice(waits.indexOf(wait), 1);
            resolve();
          }
          waits.push(wait);
          signal?.addEventListener('abort', end);
        }),
    },
    firstRows,
    readAccount: () => Promise.resolve(),
    onFoldersRead: () => Promise.resolve(),
    onOutcome: (failure) => outcomes.push(failure),
    onAccessChange: () => {},
    loaded: () => Promise.resolve(),
  });
  return {
    ledger,
    reads,
    waits,
    outcomes,
    scheduler,
    /** The ids of the folders whose tasks were asked for, in order. */
    asked: () => reads.map(({ target }) => (target.kind === 'tasks' ? target.id : '')),
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

describe('while one folder is refused', () => {
  const busy = (retryAfter?: number) =>
    new ApiError('busy', 'Later', retryAfter === undefined ? {} : { status: 429, retryAfter });
  const changeOf = (...folders: string[]) => ({ kind: 'change', seq: 2, folders, structure: false }) as const;

  it('the others are read, and a round ends; it alone waits as the server asks, for as long as that lasts', async () => {
    const { reads, waits, outcomes, asked, scheduler, goQuiet } = openMailbox({ folders: ['f', 'g', 'h', 'i', 'j'] });
    goQuiet();
    const round = scheduler.pullAll();
    await expect.poll(asked).toEqual(['f', 'g', 'h']);
    reads[0]?.fail(busy(120_000));
    await expect.poll(asked).toEqual(['f', 'g', 'h', 'i']);
    for (const at of [1, 2, 3]) reads[at]?.answer();
    await expect.poll(asked).toEqual(['f', 'g', 'h', 'i', 'j']);
    reads[4]?.answer();
    expect(await round).toBe(false);
    expect(outcomes).toEqual(['busy', null]);
    const lasting = () => waits.map(({ ms }) => ms);
    await expect.poll(lasting).toEqual([120_000]);
    waits[0]?.end();
    await expect.poll(() => asked().slice(5)).toEqual(['f']);
    reads[5]?.fail(busy(120_000));
    await expect.poll(lasting).toEqual([120_000]);
    waits[0]?.end();
    await expect.poll(() => asked().slice(6)).toEqual(['f']);
  });

  it('changes of the others are read at once: while it waits, and while a read of it is under way', async () => {
    const { reads, asked, scheduler, goQuiet } = openMailbox({ folders: ['f', 'g'] });
    goQuiet();
    const round = scheduler.pullAll();
    await expect.poll(asked).toEqual(['f', 'g']);
    reads[1]?.answer();
    // The first read of f goes on.
    const first = scheduler.pullRemoteChange(changeOf('g'));
    await expect.poll(asked).toEqual(['f', 'g', 'g']);
    reads[2]?.answer();
    expect(await first).toBe(true);
    reads[0]?.fail(busy(600_000));
    expect(await round).toBe(false);
    const second = scheduler.pullRemoteChange(changeOf('g'));
    await expect.poll(asked).toEqual(['f', 'g', 'g', 'g']);
    reads[3]?.answer();
    expect(await second).toBe(true);
  });

  it('a change of it and of another shows there at once, and counts as read when both are', async () => {
    const { reads, waits, asked, scheduler } = openMailbox({ folders: ['f', 'g'] });
    let isRead: boolean | null = null;
    const pulled = scheduler.pullRemoteChange(changeOf('f', 'g')).then((outcome) => (isRead = outcome));
    await expect.poll(asked).toEqual(['f', 'g']);
    reads[1]?.answer();
    reads[0]?.fail(busy());
    await expect.poll(() => waits.map(({ ms }) => ms)).toEqual([5_000]);
    expect(isRead).toBeNull();
    waits[0]?.end();
    await expect.poll(asked).toEqual(['f', 'g', 'f']);
    reads[2]?.answer();
    expect(await pulled).toBe(true);
  });

  it.each([
    ['missing', true],
    ['refused', true],
    ['signIn', false],
    ['broken', false],
  ] as const)('a change of one that fails with %s: the event counts as read: %s', async (kind, isDone) => {
    const { reads, asked, scheduler } = openMailbox({ folders: ['f', 'g'] });
    const pulled = scheduler.pullRemoteChange(changeOf('f', 'g'));
    await expect.poll(asked).toEqual(['f', 'g']);
    reads[0]?.fail(new ApiError(kind, 'No'));
    reads[1]?.answer();
    expect(await pulled).toBe(isDone);
  });

  it('many changes of it take one turn, and one read each time', async () => {
    const { reads, waits, asked, scheduler } = openMailbox({ folders: ['f', 'g'] });
    const pulled = Array.from({ length: 50 }, () => scheduler.pullRemoteChange(changeOf('f')));
    await expect.poll(asked).toEqual(['f']);
    const other = scheduler.pullRemoteChange(changeOf('g'));
    await expect.poll(asked).toEqual(['f', 'g']);
    reads[1]?.answer();
    expect(await other).toBe(true);
    reads[0]?.fail(busy());
    await expect.poll(asked).toEqual(['f', 'g', 'f']);
    reads[2]?.fail(busy());
    await expect.poll(() => waits.length).toBe(1);
    waits[0]?.end();
    await expect.poll(asked).toEqual(['f', 'g', 'f', 'f']);
    reads[3]?.answer();
    expect(await Promise.all(pulled)).not.toContain(false);
    expect(reads).toHaveLength(4);
  });

  it('one of another mailbox is tried again while it is on the screen', async () => {
    const { ledger, reads, waits, asked, scheduler } = openMailbox();
    ledger.onChange(scheduler.retryWatched);
    await scheduler.pullRemoteChange(sharedChange);
    const close = ledger.watch(shared);
    for (const at of [0, 1]) {
      await expect.poll(() => reads.length).toBe(at + 1);
      reads[at]?.fail(busy());
      await expect.poll(() => waits.map(({ ms }) => ms)).toEqual([at === 0 ? 5_000 : 10_000]);
      if (at === 1) close();
      waits[0]?.end();
    }
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked()).toEqual(['s', 's']);
  });

  it('a first read of a shared folder holds up nothing', async () => {
    const { ledger, reads, asked, scheduler } = openMailbox();
    ledger.pull(shared).catch(() => undefined);
    const anew = scheduler.pullAnew();
    await expect.poll(asked).toEqual(['s', 'f']);
    reads[1]?.answer();
    expect(await anew).toBe(true);
  });
});

it('a server that refuses everything gets three requests a round, and the round is repeated whole', async () => {
  const { reads, waits, asked, scheduler, goQuiet } = openMailbox({ folders: ['f', 'g', 'h', 'i', 'j', 'k'] });
  goQuiet();
  const round = scheduler.pullAll();
  await expect.poll(asked).toEqual(['f', 'g', 'h']);
  for (const { fail } of reads) fail(new ApiError('offline', 'No network'));
  expect(await round).toBe(false);
  await expect.poll(() => waits.map(({ ms }) => ms)).toEqual([5_000]);
  expect(reads).toHaveLength(3);
  waits[0]?.end();
  // Those that failed come last.
  await expect.poll(asked).toEqual(['f', 'g', 'h', 'i', 'j', 'k']);
});

it('nothing is pulled after a stop', async () => {
  const { reads, waits, scheduler, asked } = openMailbox();
  const stopped = scheduler.start();
  const pulled = scheduler.pullRemoteChange(change);
  await expect.poll(asked).toEqual(['f']);
  reads[0]?.fail(new ApiError('busy', 'Later'));
  await expect.poll(() => waits.length).toBe(1);
  stopped.abort();
  expect(await pulled).toBe(false);
  expect(reads).toHaveLength(1);
});
