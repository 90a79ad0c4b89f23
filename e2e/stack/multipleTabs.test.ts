import { expect } from 'vitest';
import { it } from './stackTest.ts';
import { viewOf } from './tabView.ts';
import { createTestBrowser } from './testBed.ts';
import type { Device, TestBed } from './testBed.ts';

/** Two tabs of one browser, and two accounts in one browser. */

async function open(testBed: TestBed, key: string, browser: ReturnType<typeof createTestBrowser>): Promise<Device> {
  const tab = await testBed.device(key, { browser });
  tab.start();
  await tab.engine.pullAll();
  await tab.sent();
  return tab;
}

it('a change in one tab shows in the other, is sent once and settles in both', async ({ testBed }) => {
  const key = await testBed.account();
  const browser = createTestBrowser();
  const [one, two] = [await open(testBed, key, browser), await open(testBed, key, browser)];
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

it('unsent changes of a closed tab are sent by the next tab', async ({ testBed }) => {
  const key = await testBed.account();
  const browser = createTestBrowser();
  const one = await open(testBed, key, browser);
  const folderId = viewOf(one).folder('Tasks');
  one.setOnline(false);
  await one.engine.commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
  one.close();
  const two = await open(testBed, key, browser);
  expect(viewOf(two).subjects(folderId)).toEqual(['Milk']);
  expect(await two.api.tasks({ mailbox: 'me', id: folderId })).toHaveLength(1);
});

it('two accounts in one browser do not see each other', async ({ testBed }) => {
  const browser = createTestBrowser();
  const [ada, bob] = [await testBed.account('Ada'), await testBed.account('Bob')];
  const [hers, his] = [await open(testBed, ada, browser), await open(testBed, bob, browser)];
  const folderId = viewOf(hers).folder('Tasks');
  await hers.engine.commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
  await hers.sent();
  expect(viewOf(his).view('all')).toEqual([]);
  await expect(his.api.tasks({ mailbox: 'me', id: folderId })).rejects.toMatchObject({ kind: 'missing' });
  expect(his.outbox.ops()).toEqual([]);
});
