import { MutationObserver, QueryObserver, queryOptions } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import type { Change } from '../domain/changes/change.ts';
import { createEngineEvents } from '../sync/engine/engineEvents.ts';
import { createEmitter, createObservable } from '../domain/async/observable.ts';
import { serverResultOf } from '../sync/storage/serverResult.ts';
import type { View } from '../sync/views/view.ts';
import { createQueryBridge } from './queryBridge.ts';
import { binQueries } from './queries.ts';

const now = '2026-03-18T09:00:00.000Z';
const clock = { now: () => now };

function openBridge({ isLive = false } = {}) {
  const events = createEngineEvents();
  const { client, close } = createQueryBridge({ subscribe: events.subscribe, isLive: createObservable(isLive) }, clock);
  return { client, close, events };
}

/** A view whose value the test sets; `watchers` counts who watches it. */
function openView() {
  const { subscribe, emit, hasListeners } = createEmitter();
  const state = { value: { rows: 0 }, watchers: 0 };
  const view: View<{ rows: number }> = {
    subscribe,
    current: () => state.value,
    watch() {
      state.watchers += 1;
      return () => void (state.watchers -= 1);
    },
  };
  const publish = (rows: number) => {
    state.value = { rows };
    emit();
  };
  const looked = vi.fn(() => Promise.resolve());
  const options = queryOptions({
    queryKey: ['rows'],
    queryFn: async () => {
      await looked();
      return view.current();
    },
    initialData: () => view.current(),
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 50,
    meta: { view: () => view },
  });
  return { state, options, publish, looked, isFollowed: hasListeners };
}

afterEach(() => {
  vi.useRealTimers();
});

it('shows what a view publishes, by identity, and asks for nothing by itself', () => {
  const { client, close } = openBridge();
  const { state, options, publish, looked } = openView();
  const observer = new QueryObserver(client, options);
  const leave = observer.subscribe(() => {});
  expect(observer.getCurrentResult().data).toBe(state.value);
  publish(3);
  expect(observer.getCurrentResult().data).toBe(state.value);
  expect(looked).not.toHaveBeenCalled();
  leave();
  close();
});

it('watches a view while it is observed, and follows it until its query is collected', () => {
  vi.useFakeTimers();
  const { client, close } = openBridge();
  const { state, options, publish, isFollowed } = openView();
  const first = new QueryObserver(client, options);
  const second = new QueryObserver(client, options);
  const leaves = [first.subscribe(() => {}), second.subscribe(() => {})];
  expect(state.watchers).toBe(1);
  for (const leave of leaves) leave();
  expect(state.watchers).toBe(0);
  // Opened again at once, it is drawn as it is by then.
  publish(5);
  expect(new QueryObserver(client, options).getCurrentResult().data).toEqual({ rows: 5 });
  vi.advanceTimersByTime(60);
  expect(isFollowed()).toBe(false);
  close();
});

it('a refetch asks the engine, and has what it shows by then', async () => {
  const { client, close } = openBridge();
  const { options, publish, looked } = openView();
  looked.mockImplementation(() => Promise.resolve(publish(7)));
  const observer = new QueryObserver(client, options);
  const leave = observer.subscribe(() => {});
  expect((await observer.refetch()).data).toEqual({ rows: 7 });
  leave();
  close();
});

it('shows what this device stored until the server has answered, as stale data', async () => {
  const { client, close } = openBridge();
  let answer = (_items: readonly string[]) => {};
  const options = queryOptions({
    queryKey: ['list'],
    queryFn: () => new Promise<readonly string[]>((resolve) => (answer = resolve)),
    meta: { stored: () => Promise.resolve(['stored']) },
  });
  const observer = new QueryObserver(client, options);
  const leave = observer.subscribe(() => {});
  await expect.poll(() => observer.getCurrentResult().data).toEqual(['stored']);
  expect(observer.getCurrentResult().isStale).toBe(true);
  answer(['read']);
  await expect.poll(() => observer.getCurrentResult().data).toEqual(['read']);
  leave();
  close();
});

it('reads from the server what was shown from this device before anybody observed it', async () => {
  const { client, close } = openBridge({ isLive: true });
  const options = queryOptions({
    queryKey: ['list'],
    queryFn: () => Promise.resolve(['read']),
    meta: { stored: () => Promise.resolve(['stored']) },
  });
  // As a component that is rendered, and whose effects run later.
  const observer = new QueryObserver(client, options);
  await expect.poll(() => observer.getOptimisticResult(client.defaultQueryOptions(options)).data).toEqual(['stored']);
  const leave = observer.subscribe(() => {});
  await expect.poll(() => observer.getCurrentResult().data).toEqual(['read']);
  leave();
  close();
});

it('what this device stored does not replace what was read since by the same query, removed and added again', async () => {
  const { client, close } = openBridge();
  const stored: ((rows: readonly string[]) => void)[] = [];
  const options = queryOptions({
    queryKey: ['list'],
    queryFn: () => Promise.resolve<readonly string[]>(['read']),
    meta: { stored: () => new Promise<readonly string[]>((resolve) => stored.push(resolve)) },
  });
  const observer = new QueryObserver(client, { ...options, enabled: false });
  observer.subscribe(() => {})();
  client.removeQueries({ queryKey: ['list'] });
  await client.fetchQuery(options);
  for (const resolve of stored) resolve(['stored']);
  await new Promise((resolve) => setTimeout(resolve));
  expect(stored).toHaveLength(2);
  expect(client.getQueryData(['list'])).toEqual(['read']);
  close();
});

it('reads again what an accepted change makes stale, and nothing else', () => {
  const { client, close, events } = openBridge();
  client.setQueryData(binQueries.all, []);
  const isStale = () => client.getQueryState(binQueries.all)?.isInvalidated;
  const accept = (change: Change) => events.emit({ kind: 'accepted', results: [serverResultOf(change, {})] });
  accept({ kind: 'renameFolder', mailbox: 'me', id: 'f', name: 'Garden', was: 'Yard' });
  expect(isStale()).toBe(false);
  accept({ kind: 'deleteTask', mailbox: 'me', id: 't', folderId: 'f', subject: '' });
  expect(isStale()).toBe(true);
  close();
});

it('a mutation reads again what it names before it is over', async () => {
  const { client, close } = openBridge();
  const reads = vi.fn(() => Promise.resolve(reads.mock.calls.length));
  const observer = new QueryObserver(client, { queryKey: ['people'], queryFn: reads });
  const leave = observer.subscribe(() => {});
  await expect.poll(() => observer.getCurrentResult().data).toBe(1);
  const mutation = new MutationObserver(client, {
    mutationFn: () => Promise.resolve(),
    meta: { invalidates: [['people']] },
  });
  await mutation.mutate();
  expect(observer.getCurrentResult().data).toBe(2);
  leave();
  close();
});
