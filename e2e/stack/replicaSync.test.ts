import { describe, expect, vi } from 'vitest';
import { StorageError } from '../../src/sync/storage/accountStore.ts';
import { it } from './stackTest.ts';
import { openTab, viewOf } from './tabView.ts';
import type { Device, TestBed } from './testBed.ts';

/** The replica on this device against the real service (docs/architecture.md#local-replica). */

async function openOffline(testBed: TestBed, key: string, browser: Device['browser']): Promise<Device> {
  const tab = await testBed.device(key, { browser });
  tab.network.isOnline = false;
  tab.start();
  await tab.engine.loaded();
  return tab;
}
async function add(tab: Device, folderId: string, ...subjects: string[]) {
  for (const subject of subjects) await tab.engine.commands.createTask('me', { folderId, patch: { subject } });
  await tab.sent();
}
/** Another device of the account, whose changes are not announced here. */
const elsewhere = async (testBed: TestBed, key: string) => (await testBed.device(key)).api;
const readsOfTasks = (tab: Device) => tab.network.requests.filter((line) => /GET .*\/tasks/i.test(line));
const pullAgain = (tab: Device) => tab.engine.pullAnew();
/** What an opened folder shows of its tasks. */
const listIn = ({ engine }: Device, id: string) =>
  engine.views
    .tasks({ mailbox: 'me', id }, { order: 'due', today: engine.today.current(), zone: engine.zone.current() })
    .current();
/** The order does not matter here. */
const sorted = (subjects: readonly string[]) => subjects.toSorted();

describe('starting the app', () => {
  it('shows the stored replica without a network', async ({ testBed, key, browser }) => {
    const first = await openTab(testBed, key, browser);
    const folderId = viewOf(first).folder('Tasks');
    await add(first, folderId, 'Milk', 'Bread');
    first.close();
    const second = await openOffline(testBed, key, browser);
    const seen = viewOf(second);
    expect(seen.folder('Tasks')).toBe(folderId);
    expect(sorted(seen.subjects(folderId))).toEqual(['Bread', 'Milk']);
    expect(seen.counts()).toMatchObject({ isComplete: true, views: { all: 2 } });
    expect(listIn(second, folderId)).toMatchObject({ isComplete: true, isPending: false, failure: null });
  });

  it('reads an unchanged folder with one request and less than 1 kB', async ({ testBed, key, browser }) => {
    const first = await openTab(testBed, key, browser);
    await add(first, viewOf(first).folder('Tasks'), 'Milk', 'Bread');
    await pullAgain(first);
    first.close();
    const second = await openTab(testBed, key, browser);
    expect(readsOfTasks(second)).toHaveLength(1);
    expect(readsOfTasks(second)[0]).toMatch(/deltatoken/i);
    expect(second.network.received.at(-1)).toBeLessThan(1_000);
  });

  it('shows what was changed, added and removed elsewhere', async ({ testBed, key, browser }) => {
    const first = await openTab(testBed, key, browser);
    const folderId = viewOf(first).folder('Tasks');
    await add(first, folderId, 'Milk', 'Bread', 'Salt');
    const ids = new Map(
      viewOf(first)
        .tasks(folderId)
        .map(({ subject, id }) => [subject, id]),
    );
    first.close();
    const other = await elsewhere(testBed, key);
    await other.updateTask({ mailbox: 'me', id: ids.get('Milk') ?? '' }, { subject: 'Oat milk' });
    await other.deleteTask({ mailbox: 'me', id: ids.get('Bread') ?? '' });
    await other.createTask({ mailbox: 'me', id: folderId }, { subject: 'Eggs' });
    const second = await openTab(testBed, key, browser);
    expect(sorted(viewOf(second).subjects(folderId))).toEqual(['Eggs', 'Oat milk', 'Salt']);
    second.close();
    expect(sorted(viewOf(await openOffline(testBed, key, browser)).subjects(folderId))).toEqual([
      'Eggs',
      'Oat milk',
      'Salt',
    ]);
  });

  it('stores the answer before it removes the op', async ({ testBed, key, browser }) => {
    const first = await openTab(testBed, key, browser);
    const folderId = viewOf(first).folder('Tasks');
    await add(first, folderId, 'Milk');
    // The page closes before any pull.
    first.close();
    const second = await openOffline(testBed, key, browser);
    expect(second.outbox.ops()).toEqual([]);
    expect(viewOf(second).subjects(folderId)).toEqual(['Milk']);
  });

  it('shows a task once while its lost create is repeated', async ({ testBed, key, browser }) => {
    const first = await openTab(testBed, key, browser);
    const folderId = viewOf(first).folder('Tasks');
    first.network.loseAnswer(/POST/);
    await first.engine.commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await first.sent();
    first.close();
    const second = await testBed.device(key, { browser });
    const shown: (readonly string[])[] = [];
    const release = second.network.hold(/POST/);
    second.start();
    const stop = second.engine.views.subscribe(() => shown.push(viewOf(second).subjects(folderId)));
    const pulled = second.engine.pullAll();
    await second.network.whenSent(/GET .*deltatoken/i);
    release();
    await second.sent();
    await pulled;
    stop();
    expect(second.outbox.ops()).toEqual([]);
    expect(shown.filter((subjects) => subjects.length !== 1)).toEqual([]);
    expect(viewOf(second).subjects(folderId)).toEqual(['Milk']);
  });
});

describe('pulling', () => {
  it('shows the first page at once, and resumes after an interruption until it is complete', async ({
    testBed,
    key,
    browser,
  }) => {
    const other = await elsewhere(testBed, key);
    const [folder] = await other.folders('me');
    const place = { mailbox: 'me' as const, id: folder?.id ?? '' };
    const many = 25;
    await testBed.fill(key, place.id, many);
    const first = await testBed.device(key, { browser, pageSize: 10 });
    const release = first.network.hold(/skiptoken/i);
    first.start();
    await first.network.whenSent(/skiptoken/i);
    const [some] = viewOf(first).tasks(place.id);
    expect(viewOf(first).tasks(place.id)).toHaveLength(10);
    expect(listIn(first, place.id)).toMatchObject({ isPartial: true, isComplete: false });
    expect(viewOf(first).counts().isComplete).toBe(false);
    first.close();
    release();
    await other.deleteTask({ mailbox: 'me', id: some?.id ?? '' });
    const second = await openTab(testBed, key, browser);
    expect(readsOfTasks(second).filter((line) => !/token/i.test(line))).toEqual([]);
    expect(viewOf(second).tasks(place.id)).toHaveLength(many - 1);
    expect(viewOf(second).counts().isComplete).toBe(true);
  });

  it('starts over without a message when the cursor is stale', async ({ testBed, key, browser }) => {
    const tab = await openTab(testBed, key, browser);
    const folderId = viewOf(tab).folder('Tasks');
    await add(tab, folderId, 'Milk', 'Bread');
    await pullAgain(tab);
    const other = await elsewhere(testBed, key);
    const [milk] = viewOf(tab).tasks(folderId);
    await other.deleteTask({ mailbox: 'me', id: milk?.id ?? '' });
    tab.network.answer(
      /\/tasks.*deltatoken/i,
      () => new Response('{"error":{"code":"SyncStateNotFound","message":"Gone"}}', { status: 410 }),
    );
    await pullAgain(tab);
    expect(viewOf(tab).subjects(folderId)).toHaveLength(1);
    expect(tab.engine.views.coverage.current().failure).toBeNull();
    tab.close();
    expect(viewOf(await openOffline(testBed, key, browser)).subjects(folderId)).toHaveLength(1);
  });

  it('reads everything from a server without change tracking', async ({ testBed, key, browser }) => {
    const tab = await testBed.device(key, { browser });
    tab.network.hidesTracking = true;
    tab.start();
    await tab.engine.pullAll();
    const folderId = viewOf(tab).folder('Tasks');
    await add(tab, folderId, 'Milk', 'Bread');
    const other = await elsewhere(testBed, key);
    const [milk] = viewOf(tab).tasks(folderId);
    await other.deleteTask({ mailbox: 'me', id: milk?.id ?? '' });
    await pullAgain(tab);
    expect(viewOf(tab).subjects(folderId)).toHaveLength(1);
    expect(readsOfTasks(tab).filter((line) => /token/i.test(line))).toEqual([]);
  });

  it('removes a folder that was deleted elsewhere', async ({ testBed, key, browser }) => {
    const tab = await openTab(testBed, key, browser);
    await tab.engine.commands.createFolder('me', { name: 'Garden' });
    await tab.sent();
    const folderId = viewOf(tab).folder('Garden');
    await add(tab, folderId, 'Rake');
    await (await elsewhere(testBed, key)).deleteFolder({ mailbox: 'me', id: folderId });
    await pullAgain(tab);
    expect(viewOf(tab).view('all')).toEqual([]);
    tab.close();
    const after = await openOffline(testBed, key, browser);
    expect(await after.deps.replicaStore.knownFolders('me')).toEqual([viewOf(after).folder('Tasks')]);
  });

  it('reads the other folders when one is deleted during the pull', async ({ testBed, key, browser }) => {
    const tab = await openTab(testBed, key, browser);
    for (const name of ['Garden', 'House']) await tab.engine.commands.createFolder('me', { name });
    await tab.sent();
    const [garden, house_] = [viewOf(tab).folder('Garden'), viewOf(tab).folder('House')];
    const other = await elsewhere(testBed, key);
    await other.createTask({ mailbox: 'me', id: house_ }, { subject: 'Paint' });
    // Once because the server reports it, once because another tab has removed it from this device.
    const reading = new RegExp(`GET .*${garden}.*/tasks`);
    tab.network.before(reading, () => other.deleteFolder({ mailbox: 'me', id: garden }));
    expect(await tab.engine.pullAnew()).toBe(true);
    expect(viewOf(tab).subjects(house_)).toEqual(['Paint']);

    await other.createTask({ mailbox: 'me', id: viewOf(tab).folder('Tasks') }, { subject: 'Milk' });
    tab.network.before(new RegExp(`GET .*${house_}.*/tasks`), () =>
      tab.engine.forgetFolder({ mailbox: 'me', id: house_ }),
    );
    expect(await tab.engine.pullAnew()).toBe(true);
    expect(viewOf(tab).subjects(viewOf(tab).folder('Tasks'))).toEqual(['Milk']);
    expect(tab.engine.status.current()).toMatchObject({ isOnline: true, parked: 0 });
  });
});

describe('tabs', () => {
  it('rows pulled by one tab show in the other without a request', async ({ testBed, key, browser }) => {
    const [one, two] = [await openTab(testBed, key, browser), await openTab(testBed, key, browser)];
    const folderId = viewOf(one).folder('Tasks');
    await (await elsewhere(testBed, key)).createTask({ mailbox: 'me', id: folderId }, { subject: 'Milk' });
    const readCount = readsOfTasks(two).length;
    await pullAgain(one);
    await two.engine.broadcastsApplied();
    expect(viewOf(two).subjects(folderId)).toEqual(['Milk']);
    expect(readsOfTasks(two)).toHaveLength(readCount);
  });

  it('a change from another device shows in both tabs and is requested by one', async ({ testBed, key, browser }) => {
    const [one, two] = [
      await openTab(testBed, key, browser, { hearsEvents: true }),
      await openTab(testBed, key, browser, { hearsEvents: true }),
    ];
    const folderId = viewOf(one).folder('Tasks');
    // The number of the last event whose changes are all stored.
    const storedNumber = () => Number(one.outbox.preferences.get('events') ?? 0);
    await testBed.until(() => storedNumber() > 0);
    const from = storedNumber();
    const readCount = readsOfTasks(two).length;
    await (await elsewhere(testBed, key)).createTask({ mailbox: 'me', id: folderId }, { subject: 'Milk' });
    await testBed.until(
      () => viewOf(one).subjects(folderId).length === 1 && viewOf(two).subjects(folderId).length === 1,
    );
    await testBed.until(() => storedNumber() > from);
    expect(readsOfTasks(two)).toHaveLength(readCount);
    expect(two.network.requests.filter((line) => line.endsWith('/events'))).toEqual([]);
    // With change events a second pull sends nothing, except for categories.
    const before = one.network.requests.length;
    one.focusPage();
    await one.engine.pullAll();
    expect(one.network.requests.slice(before).filter((line) => !line.endsWith('/categories'))).toEqual([]);
  });

  it('a restart pulls only folders that changed since the last event', async ({ testBed, key, browser }) => {
    const first = await openTab(testBed, key, browser, { hearsEvents: true });
    await testBed.until(() => first.engine.isLive.current());
    await first.engine.commands.createFolder('me', { name: 'Garden' });
    await first.sent();
    const [tasks, garden] = [viewOf(first).folder('Tasks'), viewOf(first).folder('Garden')];
    await testBed.until(() => first.outbox.preferences.get('events') !== undefined);
    await add(first, garden, 'Rake');
    await first.engine.broadcastsApplied();
    first.close();
    await (await elsewhere(testBed, key)).createTask({ mailbox: 'me', id: garden }, { subject: 'Spade' });
    const second = await testBed.device(key, { browser, hearsEvents: true });
    second.start();
    await testBed.until(() => viewOf(second).subjects(garden).length === 2);
    expect(readsOfTasks(second).filter((line) => line.includes(tasks))).toEqual([]);
  });
});

describe('a device with full storage', () => {
  it('works from memory, reports it, and stores everything once there is space', async ({ testBed, key, browser }) => {
    const tab = await openTab(testBed, key, browser);
    const folderId = viewOf(tab).folder('Tasks');
    await add(tab, folderId, 'Milk', 'Bread');
    const other = await elsewhere(testBed, key);
    const full = vi.spyOn(tab.deps.replicaStore, 'save').mockRejectedValue(new StorageError('full', undefined));
    await other.createTask({ mailbox: 'me', id: folderId }, { subject: 'Salt' });
    await pullAgain(tab);
    expect(tab.engine.status.current().storage).toBe('full');
    expect(sorted(viewOf(tab).subjects(folderId))).toEqual(['Bread', 'Milk', 'Salt']);

    // While storage is full, the older replica stays as it was.
    const milk = viewOf(tab).task(folderId, 'Milk');
    await other.deleteTask({ mailbox: 'me', id: milk.id });
    await other.createTask({ mailbox: 'me', id: folderId }, { subject: 'Milk' });
    await pullAgain(tab);
    const folder = { mailbox: 'me', id: folderId };
    const onDisk = async () => (await tab.deps.replicaStore.rows(folder, null, 10)).rows.map(({ subject }) => subject);
    expect(sorted(await onDisk())).toEqual(['Bread', 'Milk']);
    expect(await tab.deps.replicaStore.place(folder)).toMatchObject({ isComplete: true });

    full.mockRestore();
    await other.createTask({ mailbox: 'me', id: folderId }, { subject: 'Oil' });
    await pullAgain(tab);
    expect(tab.engine.status.current().storage).toBeNull();
    expect(sorted(await onDisk())).toEqual(['Bread', 'Milk', 'Oil', 'Salt']);
    tab.close();
    const again = await openOffline(testBed, key, browser);
    expect(sorted(viewOf(again).subjects(folderId))).toEqual(['Bread', 'Milk', 'Oil', 'Salt']);
  });
});
