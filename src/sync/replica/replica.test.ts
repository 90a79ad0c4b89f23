import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ApiError } from '../../api/apiError.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task } from '../../domain/task/task.ts';
import { addMs, systemClock } from '../../domain/time/time.ts';
import { createReplica } from './replica.ts';
import type { Replica } from './replica.ts';
import { createReplicaStore } from '../storage/replicaStore.ts';
import { openAccountDatabase } from '../storage/database.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { Channel } from '../platform/ports.ts';
import { lockPort } from '../platform/ports.ts';
import { createPullFolder } from './pullFolder.ts';
import type { PullApi, PullFolder } from './pullFolder.ts';
import { createAccountStore, eraseAccountStore } from '../storage/accountStore.ts';
import { present } from '../outbox/present.ts';

const place = { mailbox: 'me', id: 'f' } as const;
const clock = systemClock(() => 0);
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
async function ticks(count: number) {
  for (let left = count; left > 0; left -= 1) await tick();
}

/** A folder of a service that leaves out what was created and deleted between two rounds (docs/protocol.md#sync). */
function createServer() {
  const rows = new Map<string, { task: Task; seq: number; arrived: number }>();
  const departures = new Map<string, { seq: number; arrived: number }>();
  let seq = 0;
  let oldest = 0;
  const put = (id: string): Task => {
    seq += 1;
    const at = addMs('2026-03-18T09:00:00.000Z', seq);
    const task = { ...blankTask({ id, folderId: 'f', owner: null, now: at }), etag: String(seq), subject: `${seq}` };
    rows.set(id, { task, seq, arrived: rows.get(id)?.arrived ?? departures.get(id)?.arrived ?? seq });
    departures.delete(id);
    return task;
  };
  const remove = (id: string): void => {
    const row = rows.get(id);
    if (row === undefined) return;
    seq += 1;
    rows.delete(id);
    departures.set(id, { seq, arrived: row.arrived });
  };
  /** What a page of a feed says after a position, up to now; `since` is where the reader's round began. */
  const page = (after: number, since: number, limit: number) => {
    const all = [
      ...[...rows].map(([id, row]) => ({ id, at: row.seq, entry: { kind: 'changed' as const, value: row.task } })),
      ...[...departures]
        .filter(([, { arrived }]) => arrived <= since)
        .map(([id, { seq: at }]) => ({ id, at, entry: { kind: 'gone' as const, id } })),
    ]
      .filter(({ at }) => at > after)
      .toSorted((a, b) => a.at - b.at);
    const some = all.slice(0, limit);
    return { entries: some.map(({ entry }) => entry), at: some.at(-1)?.at ?? seq, hasMore: all.length > limit };
  };
  const api = (lag: () => number): PullApi => ({
    can: { delta: true },
    async changes(_folder, { cursor, onPage, signal }) {
      let [position = 0, since = 0] = cursor === undefined ? [] : cursor.split(':').map(Number);
      if (cursor !== undefined && position < oldest) throw new ApiError('stale', 'Gone', { status: 410 });
      for (let isFirst = cursor === undefined; ; isFirst = false) {
        await ticks(lag());
        if (signal?.aborted === true) throw new ApiError('offline', 'Stopped');
        if (isFirst) since = seq;
        const { entries, at, hasMore } = page(position, since, 2);
        await ticks(lag());
        position = at;
        const isEnd = !isFirst && !hasMore;
        const next = `${position}:${isEnd ? position : since}`;
        await onPage({ entries, cursor: next });
        if (isEnd) return next;
      }
    },
    tasks: () => Promise.reject(new Error('A server with changes is not asked for all rows')),
  });
  return {
    put,
    remove,
    api,
    rows: () => new Map([...rows].map(([id, { task }]) => [id, task])),
    expire: () => (oldest = seq),
  };
}

type Tab = { copy: Replica; pull: PullFolder; close: () => void; stop: AbortController };

async function play(steps: readonly Step[], account: string) {
  const server = createServer();
  const peers = new Set<(message: unknown) => void>();
  const withLock = lockPort(undefined);
  let lag = 1;
  const unanswered = new Set<object>();
  let lastId = 0;

  async function openTab(): Promise<Tab> {
    const database = await openAccountDatabase(account);
    const own = new Set<(message: unknown) => void>();
    const channel: Channel = {
      post: (message) => {
        for (const peer of peers) if (!own.has(peer)) setImmediate(() => peer(structuredClone(message)));
      },
      onMessage(listener) {
        own.add(listener);
        peers.add(listener);
        return () => void peers.delete(listener);
      },
      close: () => own.forEach((listener) => peers.delete(listener)),
    };
    const onTrouble = (error: Error) => {
      throw error;
    };
    const copy = createReplica({
      store: createReplicaStore(database),
      channel,
      ports: { pause: tick },
      onStorageError: onTrouble,
    });
    const settle = async () => {
      while (unanswered.size > 0) await tick();
    };
    const ports = { withLock, pause: tick };
    const pull = createPullFolder({
      account,
      api: server.api(() => lag),
      replica: copy,
      clock,
      ports,
      createsSettled: settle,
    });
    const close = () => {
      copy.close();
      database.close();
    };
    await copy.load(place);
    return { copy, pull, close, stop: new AbortController() };
  }

  const tabs = [await openTab(), await openTab()];
  const tabAt = (at: number): Tab => present(tabs[at]);
  const disk = await openAccountDatabase(account);
  const outbox = createAccountStore(disk);
  const work: Promise<unknown>[] = [];

  /** An answer to one of our own changes arrives: on disk, in the tab that asked, a little later in the other. */
  async function answer(at: number, make: () => ServerResult, after: number) {
    const effect = make();
    unanswered.add(effect);
    await ticks(after);
    await outbox.write({ results: [{ effect, at: clock.now() }] });
    tabAt(at).copy.applyResults([effect]);
    unanswered.delete(effect);
    setImmediate(() => tabAt(1 - at).copy.applyResults([effect]));
  }
  const known = (n: number) => [...server.rows().keys()][n];
  const make = { kind: 'createTask', ...place, folderId: 'f', patch: {}, at: '', zone: 'UTC' } as const;
  const own = (at: number, n: number, kind: 'create' | 'update' | 'delete', after: number) => {
    const id = kind === 'create' ? `t${(lastId += 1)}` : known(n);
    if (id === undefined) return Promise.resolve();
    return answer(
      at,
      () => {
        if (kind !== 'delete') return serverResultOf(make, { tasks: [server.put(id)] });
        server.remove(id);
        return serverResultOf(make, { goneTasks: [{ id, folderId: 'f' }] });
      },
      after,
    );
  };
  async function pullIn(at: number) {
    const tab = tabAt(at);
    try {
      await tab.pull(place, tab.stop.signal);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  for (const step of steps) {
    ({ lag } = step);
    if (step.kind === 'elsewhere') {
      const id = step.what === 'create' ? `t${(lastId += 1)}` : known(step.n);
      if (id !== undefined && step.what === 'delete') server.remove(id);
      else if (id !== undefined) server.put(id);
    } else if (step.kind === 'own') work.push(own(step.tab, step.n, step.what, step.lag));
    else if (step.kind === 'pull') work.push(pullIn(step.tab));
    else if (step.kind === 'expire') server.expire();
    else {
      // A reload: what is under way is cut off.
      const tab = tabAt(step.tab);
      tab.stop.abort();
      tab.copy.close();
      tabs[step.tab] = await openTab();
    }
    await ticks(step.wait);
  }
  await Promise.all(work);
  for (const at of [0, 1, 0]) await tabAt(at).pull(place);
  await ticks(20);
  await Promise.all(tabs.map(({ copy }) => copy.broadcastsApplied()));
  const third = await openTab();
  const seen = [...tabs, third].map(({ copy }) => new Map(copy.rows(place)));
  const states = tabs.map(({ copy }) => copy.state(place).kind);
  for (const tab of [...tabs, third]) tab.close();
  disk.close();
  await eraseAccountStore(account);
  return { seen, states, expected: server.rows() };
}

const tab = fc.constantFrom(0, 1);
const what = fc.constantFrom('create' as const, 'create' as const, 'update' as const, 'delete' as const);
const times = { lag: fc.integer({ min: 0, max: 6 }), wait: fc.integer({ min: 0, max: 8 }), n: fc.nat({ max: 8 }) };
const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('elsewhere' as const), what, ...times }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('own' as const), tab, what, ...times }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pull' as const), tab, ...times }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), tab, ...times }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire' as const), ...times }) },
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

it('every tab and the disk end with what the server has, whatever happened in whichever order', async () => {
  let account = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
      account += 1;
      const { seen, states, expected } = await play(steps, `copy-${account}`);
      for (const rows of seen) expect(new Map([...rows].toSorted())).toEqual(new Map([...expected].toSorted()));
      expect(states).toEqual(['whole', 'whole']);
    }),
    { numRuns: 120 },
  );
});
