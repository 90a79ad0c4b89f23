import { expect } from 'vitest';
import type { Category } from '../../../src/domain/task/category.ts';
import type { Task, TaskFolder, TaskGroup } from '../../../src/domain/task/task.ts';
import type { Op } from '../../../src/sync/storage/op.ts';
import { createTestBrowser, createTestBed } from '../testBed.ts';
import type { TestBed, Service } from '../testBed.ts';
import { parkedReason } from './parkedReasons.ts';
import { viewOf } from '../tabView.ts';
import { createActors } from './actors.ts';
import type { Client, WrittenWord } from './actors.ts';
import { createRandom, createFaults } from './faults.ts';
import type { Random } from './faults.ts';

export type ChaosOutcome = {
  /** What clients show and what the service has, by folder: to be compared. */
  clients: readonly ReadonlyMap<string, readonly Task[]>[];
  service: ReadonlyMap<string, readonly Task[]>;
  /** Groups, folders with the group they are in, and categories: one line each. */
  places: { clients: readonly (readonly string[])[]; service: readonly string[] };
  /** Texts that were accepted by the app and lost: neither sent, nor replaced or undone by their author, nor parked. */
  lost: readonly WrittenWord[];
  /** Tasks that exist more than once. */
  duplicated: readonly string[];
  /** Ops that still wait though nothing blocks them. */
  stuck: readonly string[];
  /** Changes that wait for the person without a reason. */
  unjustified: readonly string[];
  counts: Readonly<Record<string, number>>;
};

/** The service that the devices use. */
export type ChaosHost = {
  /** The account's token. */
  key: string;
  service: Service;
  /** Runs everything that does not depend on the test's clock. */
  settle: (turns: number) => Promise<void>;
  /** After an operation: injects the host's own faults. */
  injectFault: (operation: number) => Promise<void>;
  /** Stops injecting faults. */
  recover: () => Promise<void>;
};

/**
 * Three devices of one account work under every kind of fault. Then faults stop, parked changes are discarded, and
 * every device pulls again.
 */
export async function runChaos(seed: number, operations: number): Promise<ChaosOutcome> {
  const testBed = await createTestBed();
  const host: ChaosHost = {
    key: await testBed.account(),
    service: testBed.app,
    settle: async (turns) => {
      for (let n = 0; n < turns; n += 1) await new Promise(setImmediate);
    },
    injectFault: () => Promise.resolve(),
    recover: () => Promise.resolve(),
  };
  try {
    return await runOperations(testBed, host, createRandom(seed), operations);
  } finally {
    await testBed.close();
  }
}

export async function runOperations(
  testBed: TestBed,
  host: ChaosHost,
  random: Random,
  operations: number,
): Promise<ChaosOutcome> {
  const { key, settle } = host;
  const faults = createFaults(random, testBed.time);
  const counts: Record<string, number> = faults.counts;
  const count = (name: string) => (counts[name] = (counts[name] ?? 0) + 1);
  const actors = createActors(random, count);
  const { marks, undone, removed, backgroundWork } = actors;
  const conflicts = new Set<string>();
  async function openTab(client: Client) {
    const tab = await testBed.device(key, { browser: client.browser, service: faults.wrap(host.service) });
    tab.network.isOnline = client.isOnline;
    tab.start();
    client.tabs.push(tab);
    return tab;
  }
  const clients: Client[] = [];
  for (let number = 0; number < 3; number += 1) {
    const client: Client = { number, browser: createTestBrowser(), tabs: [], isOnline: true };
    clients.push(client);
    await openTab(client);
  }
  await advanceTime(60_000);

  /** Advances time in steps, so that answers and retries happen in between. */
  async function advanceTime(ms: number) {
    for (let restMs = ms; restMs > 0; restMs -= 250) {
      testBed.time.advance(Math.min(restMs, 250));
      await settle(3);
    }
  }

  /** Advances time until the work is done. */
  async function advanceUntil(work: Promise<unknown>) {
    const state = { isDone: false };
    const done = work.finally(() => (state.isDone = true));
    for (let n = 0; n < 500 && !state.isDone; n += 1) await advanceTime(1_000);
    if (!state.isDone) throw new Error('Reading everything again does not come to an end');
    await done;
  }

  // ---- What happens to devices -----------------------------------------------------------------------------------------

  async function disturb(client: Client) {
    if (random.chance(0.04)) {
      count('reload');
      client.tabs.splice(random.below(client.tabs.length), 1)[0]?.close();
      await openTab(client);
    }
    if (client.tabs.length < 2 && random.chance(0.02)) await openTab(client);
    if (client.tabs.length > 1 && random.chance(0.02)) {
      count('kill');
      client.tabs.splice(0, 1)[0]?.close();
    }
    if (random.chance(client.isOnline ? 0.04 : 0.1)) setOnline(client, !client.isOnline);
    if (random.chance(faults.isDown ? 0.2 : 0.01)) {
      count('service');
      faults.isDown = !faults.isDown;
    }
  }
  function setOnline(client: Client, isOnline: boolean) {
    count(isOnline ? 'online' : 'offline');
    client.isOnline = isOnline;
    for (const tab of client.tabs) tab.setOnline(isOnline);
  }

  for (let n = 0; n < operations; n += 1) {
    const client = random.pick(clients);
    await actors.act(client);
    await disturb(client);
    await host.injectFault(n);
    await settle(2);
    if (random.chance(0.3)) await advanceTime(random.below(3_000));
    if (random.chance(0.02)) random.pick(clients).tabs[0]?.focusPage();
  }

  // ---- Afterwards ------------------------------------------------------------------------------------------------------

  faults.stop();
  await host.recover();
  for (const client of clients) setOnline(client, true);
  await advanceUntil(Promise.all(backgroundWork));
  const remainingOps = () => clients.map(({ tabs: [tab] }) => tab?.outbox.ops() ?? []);
  const changesOf = (ops: readonly Op[]) => ops.map((op) => JSON.stringify(op.change)).join('\n');
  /** Until only ops blocked by a parked one are left. */
  async function drain(): Promise<readonly Op[]> {
    for (let unchangedRounds = 0; unchangedRounds < 3;) {
      const before = JSON.stringify(remainingOps());
      for (const { tabs } of clients) tabs[0]?.engine.wake();
      await advanceTime(61_000);
      unchangedRounds = JSON.stringify(remainingOps()) === before ? unchangedRounds + 1 : 0;
    }
    return remainingOps().flat();
  }
  /** Every folder, group and task that the service has. */
  async function idsAtService(): Promise<ReadonlySet<string>> {
    const api = clients[0]?.tabs[0]?.deps.api;
    if (api === undefined) throw new Error('There is no tab');
    const folders = await api.folders('me');
    const tasks = await Promise.all(folders.map(({ id }) => api.tasks({ mailbox: 'me', id })));
    return new Set([...folders, ...(await api.groups('me')), ...tasks.flat()].map(({ id }) => id));
  }
  async function categoryIdsAtService(): Promise<ReadonlyMap<string, string>> {
    const categories = (await clients[0]?.tabs[0]?.deps.extras?.categories.list()) ?? [];
    return new Map(categories.map(({ name, id }) => [name, id]));
  }
  const stuck: string[] = [];
  const unjustified: string[] = [];
  for (let ops = await drain(); ops.length > 0; ops = await drain()) {
    for (const op of ops) conflicts.add(changesOf([op]));
    let isAny = false;
    const there = await idsAtService();
    const categoryIds = await categoryIdsAtService();
    const evidence = {
      removals: faults.removals,
      isThere: (id: string) => there.has(id),
      categoryNamed: (name: string) => categoryIds.get(name),
    };
    for (const { tabs } of clients) {
      const [tab] = tabs;
      for (const op of tab?.outbox.ops().filter(({ parked }) => parked !== null) ?? []) {
        isAny = true;
        const reason = parkedReason(op, evidence);
        count(`parked ${reason ?? ''}`);
        if (reason === null) unjustified.push(`${op.change.kind} ${JSON.stringify(op)}`);
        await tab?.outbox.discard(op.id);
      }
    }
    if (isAny) continue;
    stuck.push(...ops.map((op) => changesOf([op])));
    break;
  }

  const [first] = clients;
  const { api, extras } = first?.tabs[0]?.deps ?? {};
  if (api === undefined || extras === null || extras === undefined) throw new Error('There is no tab');
  const folders = await api.folders('me');
  const service = new Map<string, readonly Task[]>();
  for (const { id } of folders) service.set(id, byId(await api.tasks({ mailbox: 'me', id })));
  const shown: ReadonlyMap<string, readonly Task[]>[] = [];
  const names: (readonly string[])[] = [];
  for (const { tabs } of clients) {
    for (const tab of tabs) {
      await advanceUntil(tab.engine.pullAnew());
      const view = viewOf(tab);
      names.push(linesOf(view.groups(), view.folders(), tab.engine.categories.own.current().all));
      shown.push(new Map(folders.map(({ id }) => [id, byId(view.tasks(id))])));
    }
  }

  const accepted = faults.accepted.join('\n');
  const parkedWords = [...conflicts].join('\n');
  /** Replaced by a later text of the same person in the same field before sending, or deleted with its task. */
  const isSuperseded = ({ client, task, field }: WrittenWord, from: number) =>
    marks.slice(from + 1).some((later) => later.client === client && later.task === task && later.field === field);
  const gone = new Set([...removed.values()].flat());
  const lost = marks.filter(
    (one, at) =>
      !undone.has(one.word) &&
      !accepted.includes(`"${one.word}"`) &&
      !parkedWords.includes(`"${one.word}"`) &&
      !isSuperseded(one, at) &&
      !gone.has(`${one.client} ${one.task}`),
  );
  const seen = new Map<string, number>();
  for (const rows of service.values())
    for (const { categories } of rows)
      for (const one of categories) if (one.startsWith('once')) seen.set(one, (seen.get(one) ?? 0) + 1);
  const duplicated = [...seen].flatMap(([one, times]) => (times > 1 ? [one] : []));
  return {
    clients: shown,
    service,
    places: { clients: names, service: linesOf(await api.groups('me'), folders, await extras.categories.list()) },
    lost,
    duplicated,
    stuck,
    unjustified,
    counts,
  };
}

/** All devices agree with the service, and nothing is lost, duplicated or stuck. */
export function expectAgreement({
  clients,
  service,
  places,
  lost,
  duplicated,
  stuck,
  unjustified,
}: ChaosOutcome): void {
  expect(stuck).toEqual([]);
  expect(unjustified).toEqual([]);
  expect(lost).toEqual([]);
  expect(duplicated).toEqual([]);
  for (const lines of places.clients) expect(lines).toEqual(places.service);
  for (const shown of clients) expect(shown).toEqual(service);
}

function linesOf(
  groups: readonly TaskGroup[],
  folders: readonly TaskFolder[],
  categories: readonly Category[],
): readonly string[] {
  return [
    ...groups.map(({ name, groupKey }) => `group ${name} ${groupKey}`),
    ...folders.map(({ name, groupKey }) => `folder ${name} in ${groupKey}`),
    ...categories.map(({ name, colour }) => `category ${name} ${colour}`),
  ].toSorted();
}

const byId = (tasks: readonly Task[]) => tasks.toSorted((a, b) => (a.id < b.id ? -1 : 1));
