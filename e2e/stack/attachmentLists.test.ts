import { afterEach, beforeEach, expect, it } from 'vitest';
import { attachmentListQuery, loadAttachmentList } from '../../src/data/attachments/attachmentListQuery.ts';
import { attachmentQueries } from '../../src/data/queries.ts';
import type { Task } from '../../src/domain/task/task.ts';
import { createTestSession } from './testSession.ts';
import type { TestSession } from './testSession.ts';
import type { Device } from './testBed.ts';

/** Attachment lists stay on this device once they have been read (docs/architecture.md#local-replica). */

let desk: TestSession;
let task: Task;
beforeEach(async () => {
  desk = await createTestSession();
  task = await desk.add('Renew passport');
});
afterEach(() => desk.house.close());

const file = (name: string) => ({ kind: 'file', name, content: new Blob([name]) }) as const;

async function attach(name: string) {
  await desk.actions.addAttachment('me', { task, draft: file(name) });
  await desk.tab.sent();
}

/** As the editor does when it opens. */
async function look(tab: Device, { id, folderId }: Task) {
  return tab.engine.client.fetchQuery(attachmentListQuery(tab, { mailbox: 'me', id }, folderId));
}

/** The names that a tab shows when it starts with no network. */
async function namesOffline(): Promise<readonly string[] | undefined> {
  const tab = await desk.house.device(desk.key, { browser: desk.tab.browser });
  tab.setOnline(false);
  tab.start();
  const place = { mailbox: 'me', id: task.id } as const;
  await loadAttachmentList(tab, place);
  const shown = tab.engine.client.getQueryData(attachmentQueries.list(tab.deps.attachmentClient, place).queryKey);
  tab.close();
  // React Query knows one network for all tabs of this process.
  desk.tab.setOnline(true);
  return shown?.map(({ name }) => name);
}

it('it is there with no network after the next start, and not before anybody looked', async () => {
  await attach('a.txt');
  expect(await namesOffline()).toBeUndefined();
  await look(desk.tab, task);
  expect(await namesOffline()).toEqual(['a.txt']);
});

it('what was attached or removed since is in it, though nobody looked again', async () => {
  await look(desk.tab, task);
  desk.tab.engine.client.clear();
  await attach('a.txt');
  await attach('b.txt');
  expect(await namesOffline()).toEqual(['a.txt', 'b.txt']);
  const [first] = await look(desk.tab, task);
  desk.tab.engine.client.clear();
  await desk.actions.removeAttachment('me', { task, id: first?.id ?? '', name: 'a.txt' });
  desk.house.time.advance(8_000);
  await desk.tab.sent();
  expect(await namesOffline()).toEqual(['b.txt']);
});

it('it moves with its task, and goes with it', async () => {
  await attach('a.txt');
  await look(desk.tab, task);
  await desk.actions.createFolder('me', { name: 'Papers' });
  await desk.tab.sent();
  await desk.actions.moveTask('me', { task, toFolderId: desk.screen.folder('Papers') });
  await desk.tab.sent();
  expect(await namesOffline()).toEqual(['a.txt']);
  await desk.actions.deleteTask('me', { task: desk.screen.task(desk.screen.folder('Papers'), task.subject) });
  desk.house.time.advance(8_000);
  await desk.tab.sent();
  expect(await namesOffline()).toBeUndefined();
});

it('it leaves this device with its folder, and with a task deleted elsewhere', async () => {
  const other = await desk.add('Insure the car');
  await attach('a.txt');
  for (const one of [task, other]) await look(desk.tab, one);
  await desk.tab.api.deleteTask({ mailbox: 'me', id: task.id });
  await desk.tab.engine.client.invalidateQueries({ refetchType: 'none' });
  await desk.tab.engine.pullAll();
  expect(await namesOffline()).toBeUndefined();
  const { replicaStore } = desk.tab.deps;
  expect(await replicaStore.attachments({ mailbox: 'me', id: other.id })).toMatchObject({ items: [] });
  await desk.tab.engine.forgetFolder({ mailbox: 'me', id: desk.folderId });
  expect(await replicaStore.attachments({ mailbox: 'me', id: other.id })).toBeUndefined();
});
