import { expect } from 'vitest';
import { QueryObserver } from '@tanstack/react-query';
import { attachmentListQuery } from '../../../src/data/attachments/attachmentListQuery.ts';
import type { Task } from '../../../src/domain/task/task.ts';
import { it as stackTest } from '../stackTest.ts';
import type { Device } from '../testBed.ts';
import type { TestSession } from '../testSession.ts';

/** Attachment lists stay on this device once they have been read (docs/architecture.md#local-replica). */

const it = stackTest.extend('passport', ({ session }) => session.add('Renew passport'));

const file = (name: string) => ({ kind: 'file', name, content: new Blob([name]) }) as const;

async function attach(session: TestSession, passport: Task, name: string) {
  await session.commands.addAttachment('me', { task: passport, draft: file(name) });
  await session.tab.sent();
}

/** As the editor does when it opens. */
async function readAttachments(tab: Device, { id, folderId }: Task) {
  return tab.client.fetchQuery(attachmentListQuery(tab, { mailbox: 'me', id }, folderId));
}

/** The attachment names of a tab that starts offline. */
async function namesOffline(session: TestSession, passport: Task): Promise<readonly string[] | undefined> {
  const tab = await session.testBed.device(session.key, { browser: session.tab.browser });
  tab.setOnline(false);
  tab.start();
  const options = attachmentListQuery(tab, { mailbox: 'me', id: passport.id }, passport.folderId);
  const shown = new QueryObserver(tab.client, options);
  const leave = shown.subscribe(() => {});
  await session.testBed.until(() => shown.getCurrentResult().fetchStatus === 'idle');
  await tab.engine.loaded();
  const names = shown.getCurrentResult().data?.map(({ name }) => name);
  leave();
  tab.close();
  return names;
}

it('an attachment list is available offline after a restart, but only once it has been opened', async ({
  session,
  passport,
}) => {
  await attach(session, passport, 'a.txt');
  expect(await namesOffline(session, passport)).toBeUndefined();
  await readAttachments(session.tab, passport);
  expect(await namesOffline(session, passport)).toEqual(['a.txt']);
});

it('an attachment list includes later additions and removals without being opened again', async ({
  session,
  passport,
}) => {
  await readAttachments(session.tab, passport);
  session.tab.client.clear();
  await attach(session, passport, 'a.txt');
  await attach(session, passport, 'b.txt');
  expect(await namesOffline(session, passport)).toEqual(['a.txt', 'b.txt']);
  const [first] = await readAttachments(session.tab, passport);
  session.tab.client.clear();
  await session.commands.removeAttachment('me', { task: passport, id: first?.id ?? '', name: 'a.txt' });
  session.testBed.time.advance(8_000);
  await session.tab.sent();
  expect(await namesOffline(session, passport)).toEqual(['b.txt']);
});

it('an attachment list moves with its task and is deleted with it', async ({ session, passport }) => {
  await attach(session, passport, 'a.txt');
  await readAttachments(session.tab, passport);
  await session.commands.createFolder('me', { name: 'Papers' });
  await session.tab.sent();
  await session.commands.moveTask('me', { task: passport, toFolderId: session.view.folder('Papers') });
  await session.tab.sent();
  expect(await namesOffline(session, passport)).toEqual(['a.txt']);
  await session.commands.deleteTask('me', { task: session.view.task(session.view.folder('Papers'), passport.subject) });
  session.testBed.time.advance(8_000);
  await session.tab.sent();
  expect(await namesOffline(session, passport)).toBeUndefined();
});

it('an attachment list is removed from the device with its folder, or when the task is deleted elsewhere', async ({
  session,
  passport,
}) => {
  const other = await session.add('Insure the car');
  await attach(session, passport, 'a.txt');
  for (const one of [passport, other]) await readAttachments(session.tab, one);
  await session.tab.api.deleteTask({ mailbox: 'me', id: passport.id });
  await session.tab.engine.pullAnew();
  expect(await namesOffline(session, passport)).toBeUndefined();
  const { replicaStore } = session.tab.deps;
  expect(await replicaStore.attachments({ mailbox: 'me', id: other.id })).toMatchObject({ items: [] });
  await session.tab.engine.forgetFolder({ mailbox: 'me', id: session.folderId });
  expect(await replicaStore.attachments({ mailbox: 'me', id: other.id })).toBeUndefined();
});
