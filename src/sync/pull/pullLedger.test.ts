import { expect, it } from 'vitest';
import { ApiError } from '../../api/apiError.ts';
import { createFirstRows } from './firstRows.ts';
import { createPullLedger, PullCancelled } from './pullLedger.ts';
import type { PullExtent } from './pullLedger.ts';
import type { PullTarget } from './pullTarget.ts';

const folder: PullTarget = { kind: 'tasks', mailbox: 'me', id: 'f' };

/** A ledger whose network, clock and reads the test controls. */
function openLedger(firstRows = createFirstRows(true)) {
  const state = { isOnline: true, isLive: false, extent: 'whole' as PullExtent, now: '2026-03-18T09:00:00.000Z' };
  const reads: { answer: () => void; fail: (error: Error) => void; signal: AbortSignal }[] = [];
  const networkListeners = new Set<() => void>();
  const ledger = createPullLedger({
    source: {
      extentOf: () => state.extent,
      drop(target) {
        ledger.drop(target);
        return Promise.resolve();
      },
      pull: (_target, signal) =>
        new Promise((resolve, reject) => reads.push({ answer: resolve, fail: reject, signal })),
    },
    ports: {
      isOnline: () => state.isOnline,
      onNetwork(listener) {
        networkListeners.add(listener);
        return () => networkListeners.delete(listener);
      },
    },
    clock: { now: () => state.now },
    firstRows,
    isLive: () => state.isLive,
  });
  return {
    state,
    reads,
    ledger,
    networkListeners,
    setOnline(isOnline: boolean) {
      state.isOnline = isOnline;
      for (const listener of networkListeners) listener();
    },
  };
}

it('waits for a network, and says so', async () => {
  const { ledger, reads, networkListeners, setOnline } = openLedger();
  setOnline(false);
  const pulled = ledger.pull(folder);
  expect(ledger.outcomeOf(folder)).toEqual({ failure: null, isPaused: true });
  setOnline(true);
  await expect.poll(() => reads.length).toBe(1);
  reads[0]?.answer();
  await pulled;
  expect(ledger.outcomeOf(folder)).toEqual({ failure: null, isPaused: false });
  expect(networkListeners.size).toBe(0);
});

it('a pull that is cancelled while it waits for a network sends nothing', async () => {
  const { ledger, reads, networkListeners, setOnline } = openLedger();
  setOnline(false);
  const pulled = ledger.pull(folder);
  ledger.cancelAll();
  await expect(pulled).rejects.toThrow(PullCancelled);
  setOnline(true);
  expect(reads).toEqual([]);
  expect(networkListeners.size).toBe(0);
});

it('what is whole stays fresh for half a minute, with change events until one is reported', async () => {
  const { ledger, reads, state } = openLedger();
  const pulledOnce = ledger.pullIfStale(folder);
  reads[0]?.answer();
  await pulledOnce;
  state.now = '2026-03-18T09:00:29.999Z';
  await ledger.pullIfStale(folder);
  expect(reads).toHaveLength(1);
  state.now = '2026-03-18T09:00:30.000Z';
  state.isLive = true;
  await ledger.pullIfStale(folder);
  expect(reads).toHaveLength(1);
  state.isLive = false;
  void ledger.pullIfStale(folder);
  expect(reads).toHaveLength(2);
  state.isLive = true;
  reads[1]?.answer();
  await ledger.pull(folder);
  ledger.report([folder]);
  void ledger.pullIfStale(folder);
  expect(reads).toHaveLength(3);
});

it('a failure is kept while there is something to show, and makes the target stale', async () => {
  const { ledger, reads, state } = openLedger();
  state.isLive = true;
  const failing = ledger.pull(folder);
  reads[0]?.fail(new ApiError('busy', 'Later'));
  await expect(failing).rejects.toThrow('Later');
  expect(ledger.outcomeOf(folder).failure).toBe('busy');
  const again = ledger.pullIfStale(folder);
  expect(ledger.outcomeOf(folder).failure).toBe('busy');
  reads[1]?.answer();
  await again;
  expect(ledger.outcomeOf(folder).failure).toBeNull();
});

it('a target of which nothing is known is pending again while it is tried again', async () => {
  const { ledger, reads, state } = openLedger();
  state.extent = 'none';
  const failing = ledger.pull(folder);
  reads[0]?.fail(new ApiError('busy', 'Later'));
  await expect(failing).rejects.toThrow('Later');
  void ledger.pull(folder);
  expect(ledger.outcomeOf(folder).failure).toBeNull();
});

it('a folder that the server does not have any more is dropped, and the caller hears why', async () => {
  const { ledger, reads } = openLedger();
  const changes: PullTarget[] = [];
  ledger.onChange((target) => changes.push(target));
  const pulled = ledger.pull(folder);
  reads[0]?.fail(new ApiError('missing', 'Gone'));
  await expect(pulled).rejects.toThrow('Gone');
  expect(reads[0]?.signal.aborted).toBe(false);
  // Nothing is left of it that a view could show.
  expect(changes).toEqual([]);
  expect(ledger.outcomeOf(folder).failure).toBeNull();
});

it('a folder on the screen keeps the reason why it is gone', async () => {
  const { ledger, reads } = openLedger();
  const close = ledger.watch(folder);
  reads[0]?.fail(new ApiError('missing', 'Gone'));
  await expect.poll(() => ledger.outcomeOf(folder).failure).toBe('missing');
  close();
});

it('stops what it reads, and records no failure for that', async () => {
  const { ledger, reads } = openLedger();
  const pulled = ledger.pull(folder);
  ledger.cancelAll();
  await expect(pulled).rejects.toThrow(PullCancelled);
  expect(reads[0]?.signal.aborted).toBe(true);
  expect(ledger.outcomeOf(folder)).toEqual({ failure: null, isPaused: false });
});

it('on a new device groups are read once the first rows are here, and folders at once', async () => {
  const firstRows = createFirstRows(false);
  const { ledger, reads } = openLedger(firstRows);
  ledger.watch({ kind: 'groups', mailbox: 'me' });
  ledger.watch({ kind: 'folders', mailbox: 'me' });
  await Promise.resolve();
  expect(reads).toHaveLength(1);
  firstRows.report();
  await expect.poll(() => reads.length).toBe(2);
});
