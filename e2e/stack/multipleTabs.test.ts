import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestBrowser, createTestBed } from './testBed.ts';
import type { Device, TestBed } from './testBed.ts';
import { viewOf } from './tabView.ts';

/** Two tabs of one browser, and two accounts in one browser. */

let house: TestBed;
beforeEach(async () => {
  house = await createTestBed();
});
afterEach(() => house.close());

async function open(key: string, browser: ReturnType<typeof createTestBrowser>): Promise<Device> {
  const tab = await house.device(key, { browser });
  tab.start();
  await tab.engine.pullAll();
  await tab.sent();
  return tab;
}

it('a change in one tab is seen in the other, sent once, and settles in both', async () => {
  const key = await house.account();
  const browser = createTestBrowser();
  const [one, two] = [await open(key, browser), await open(key, browser)];
  const [seenInOne, seenInTwo] = [viewOf(one), viewOf(two)];
  const folderId = seenInOne.folder('Tasks');
  const release = one.network.hold(/POST/);
  await one.engine.commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
  two.outbox.state.show(await two.outbox.state.read());
  expect(seenInTwo.subjects(folderId)).toEqual(['Milk']);
  release();
  await Promise.all([one.sent(), two.sent()]);
  two.outbox.state.show(await two.outbox.state.read());
  const stored = await one.api.tasks({ mailbox: 'me', id: folderId });
  expect(stored).toHaveLength(1);
  expect(seenInOne.tasks(folderId)).toEqual(stored);
  expect(seenInTwo.tasks(folderId)).toEqual(stored);
  expect(two.outbox.ops()).toEqual([]);
  expect(two.network.requests.filter((line) => line.startsWith('POST'))).toEqual([]);
});

it('what a closed tab left is sent by the next one', async () => {
  const key = await house.account();
  const browser = createTestBrowser();
  const one = await open(key, browser);
  const folderId = viewOf(one).folder('Tasks');
  one.setOnline(false);
  await one.engine.commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
  one.close();
  const two = await open(key, browser);
  expect(viewOf(two).subjects(folderId)).toEqual(['Milk']);
  expect(await two.api.tasks({ mailbox: 'me', id: folderId })).toHaveLength(1);
});

it('two accounts in one browser never meet', async () => {
  const browser = createTestBrowser();
  const [ada, bob] = [await house.account('Ada'), await house.account('Bob')];
  const [hers, his] = [await open(ada, browser), await open(bob, browser)];
  const folderId = viewOf(hers).folder('Tasks');
  await hers.engine.commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
  await hers.sent();
  expect(viewOf(his).view('all')).toEqual([]);
  await expect(his.api.tasks({ mailbox: 'me', id: folderId })).rejects.toMatchObject({ kind: 'missing' });
  expect(his.outbox.ops()).toEqual([]);
});
